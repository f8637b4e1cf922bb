import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import begin_reading, db, kept_on_refusal, this_moment, transaction
from tests.factories import a_person


def test_a_reading_transaction_cannot_write(app):
    person = a_person()
    begin_reading()
    db.session.get(Person, person.id).pseudonym = "other"
    with pytest.raises(DBAPIError):
        db.session.flush()


def test_a_failed_transaction_keeps_nothing(app):
    person = a_person(pseudonym="before")
    with pytest.raises(ValueError), transaction():
        db.session.get(Person, person.id).pseudonym = "after"
        db.session.flush()
        raise ValueError
    assert db.session.get(Person, person.id).pseudonym == "before"


def test_what_must_be_kept_on_refusal_never_runs_inside_the_transaction_that_is_refused(app):
    with transaction(), pytest.raises(RuntimeError), kept_on_refusal():
        pass


def test_times_come_back_aware_and_equal(app):
    person = a_person()
    before = person.created_at
    db.session.expire_all()
    assert db.session.get(Person, person.id).created_at == before


def test_a_connection_that_wrote_only_reads_again(app):
    for _turn in range(2):
        a_person()
        begin_reading()
        db.session.add(Person(pseudonym="Mia", pseudonym_folded="mia"))
        with pytest.raises(DBAPIError):
            db.session.flush()


def test_a_statement_that_is_put_together_once_asks_for_the_time_whenever_it_runs(app):
    asked = select(this_moment())
    before = now()
    first, second = (db.session.scalar(asked) for _time in range(2))
    assert before <= first < second <= now()
