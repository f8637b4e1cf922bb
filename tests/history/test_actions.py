from ideenlab.core.db import db, transaction
from ideenlab.history.actions import record
from ideenlab.history.models import Entry
from tests.factories import a_person, an_idea


def entries():
    db.session.rollback()
    return db.session.query(Entry).order_by(Entry.id).all()


def test_who_did_what_to_which_thing_is_written_down(app):
    person, idea = a_person(), an_idea()
    with transaction():
        record(person, "ideas.published", idea, note="x" * 600)
    [entry] = entries()
    assert (entry.actor_id, entry.deed, entry.thing, entry.thing_id) == (person.id, "ideas.published", "ideas", idea.id)
    assert entry.note == "x" * 500


def test_a_command_has_no_name(app):
    person = a_person()
    with transaction():
        record(None, "accounts.role_given", person)
    assert [(entry.actor_id, entry.thing) for entry in entries()] == [(None, "people")]


def test_what_is_refused_leaves_no_entry(app):
    person = a_person()
    try:
        with transaction():
            record(person, "ideas.published", person)
            raise ValueError
    except ValueError:
        assert entries() == []
