"""What is kept long enough goes: counted and done by the same condition, in the words of the notice."""

import json
from datetime import timedelta

import pytest

from ideenlab.accounts.models import ApiToken, Person
from ideenlab.barriers.models import Barrier
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.i18n import speaking
from ideenlab.core.jobs import JOBS, run_job
from ideenlab.core.security import city
from ideenlab.events.models import SignUp
from ideenlab.history.models import Entry
from ideenlab.ideas.models import Idea
from ideenlab.notifications.models import Notice
from ideenlab.operating.rules.going_live import _erased
from ideenlab.privacy.actions import erase_person
from ideenlab.privacy.rules import PURPOSES, TERMS
from tests.factories import a_person, a_sign_up, an_event, an_idea, saved

LONG_AGO = timedelta(days=400)
PURPOSE_OF = {column: purpose for _section, purposes in PURPOSES for purpose in purposes for column in purpose.columns}


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.name)
def test_the_notice_promises_what_is_done(app, term):
    with speaking("en"):
        assert [column for column in term.columns if term.said not in str(PURPOSE_OF[column].kept)] == []


def old_and_new():
    """Two of each: one is due, the other is not."""
    at, person = now(), a_person()
    for age in (LONG_AGO, timedelta(days=1)):
        number = age.days
        saved(Notice(person_id=person.id, kind="important", text="Amsel", created_at=at - age))
        saved(ApiToken(person=person, name="Amsel", secret_hash=str(number), expires_at=at + LONG_AGO / 2 - age))
        event = an_event(starts_at=at - age - timedelta(hours=2), ends_at=at - age)
        a_sign_up(event, name="Amsel", email=f"amsel{number}@example.org")
        saved(Barrier(code_hash=str(number), text="Amsel", email="amsel@example.org", state="answered",
                      due_at=at, answered_at=at - age))  # fmt: skip
        a_person(state="unconfirmed", created_at=at - age * 8)


def test_a_dry_run_says_what_the_run_does_and_a_second_run_finds_nothing(app):
    old_and_new()
    run = app.test_cli_runner()
    promised = json.loads(run.invoke(args=["privacy", "retain", "--dry-run", "--json"]).output)
    due = {name: number for name, number in promised.items() if number}
    assert due == {
        "messages": 1, "keys of programs": 1, "sign-ups": 1, "addresses of barriers": 1, "unconfirmed accounts": 2,
    }  # fmt: skip
    done = json.loads(run.invoke(args=["privacy", "retain", "--json"]).output)
    assert done == promised
    db.session.rollback()
    assert [row.email for row in db.session.query(Barrier).order_by(Barrier.id)] == [None, "amsel@example.org"]
    assert [row.name for row in db.session.query(SignUp).order_by(SignUp.id)] == ["", "Amsel"]
    entry = db.session.query(Entry).filter_by(deed="privacy.retained").one()
    assert json.loads(entry.note) == due
    again = json.loads(run.invoke(args=["privacy", "retain", "--json"]).output)
    assert sum(again.values()) == 0


def test_who_asks_by_letter_is_erased_by_command_and_again_after_a_restore(app):
    person, run = a_person(pseudonym="Amselweibchen", email="amsel@example.org"), app.test_cli_runner()
    a_person(pseudonym="Birke")
    number, began = person.id, person.created_at
    args = ["privacy", "erase", "amsel@example.org", "--way", "everything"]
    assert "--yes" in run.invoke(args=args).output
    assert "Amselweibchen is erased" in run.invoke(args=[*args, "--yes"]).output
    assert run.invoke(args=[*args, "--yes"]).exit_code == 1
    assert "amsel" not in (city().instance / "erased.csv").read_text()
    db.session.rollback()
    assert "erased again" not in run.invoke(args=["privacy", "erase-again"]).output
    a_person(id=number, created_at=began, pseudonym="Amselweibchen", email="amsel@example.org")  # a backup came back
    assert f"number {number} is erased again" in run.invoke(args=["privacy", "erase-again"]).output
    db.session.rollback()
    assert db.session.query(Person).filter_by(email="amsel@example.org").count() == 0
    a_person(
        id=number, created_at=began + timedelta(seconds=1), pseudonym="Somebody else"
    )  # another one who got the number
    assert "erased again" not in run.invoke(args=["privacy", "erase-again"]).output


def test_a_list_that_could_not_be_written_is_seen_and_completed_later(app):
    person, file = a_person(), city().instance / "erased.csv"
    file.unlink(missing_ok=True)
    file.mkdir()  # nobody can write into it
    number = person.id
    with transaction():
        erase_person(None, person=person, way="nameless")
    assert "1 fehlt in erased.csv" in _erased().sentence
    assert run_job(app, JOBS["privacy.retain"]) is False
    file.rmdir()
    assert run_job(app, JOBS["privacy.retain"]) is True
    assert _erased().is_fine
    [row] = file.read_text().splitlines()
    assert (row.split(",")[0], row.split(",")[2]) == (str(number), "nameless")


def test_who_is_erased_is_named_in_the_language_of_the_reader(app):
    person, row = a_person(pseudonym="Gelöscht 00000001", state="closed"), a_person(pseudonym="Gelöscht")
    numbers = [person.id, row.id]
    idea_id = an_idea(title="Gelöschte Idee", state="withdrawn").id
    for spoken, words in (
        ("en", ["Erased 00000001", "Gelöscht", "Deleted idea"]),
        ("de", ["Gelöscht 00000001", "Gelöscht", "Gelöschte Idee"]),
    ):
        db.session.expunge_all()
        with speaking(spoken):
            names = [db.session.get(Person, number).pseudonym for number in numbers]
            assert [*names, db.session.get(Idea, idea_id).title] == words
        assert not db.session.dirty


def test_what_was_not_kept_is_not_written_down(app):
    person, file = a_person(), city().instance / "erased.csv"
    before = file.read_text() if file.exists() else ""
    with pytest.raises(ZeroDivisionError), transaction():
        erase_person(None, person=person, way="everything")
        _ = 1 / 0
    assert (file.read_text() if file.exists() else "") == before
