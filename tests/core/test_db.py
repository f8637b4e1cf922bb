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


def test_no_page_breaks_where_the_database_refuses_a_text(app, client):
    """PostgreSQL takes no NUL; SQLite does, and finds nothing."""
    for address in ("/programm?ausgabe=%00", "/programm.ics?ausgabe=a%00b", "/partner/%00", "/feeds/ideen/%00.atom"):
        assert client.get(address).status_code == 404
    assert client.get("/api/v1/calls/a%00b").mimetype == "application/problem+json"
    client.sign_in(a_person("administrator"))
    log = client.get("/administration/protokoll.csv?deed=%00accounts.made")
    assert (log.status_code, log.text.count("\n")) == (200, 1)
