"""Everything of a person is found, and nothing of anybody else: over all tables, by marks in every text."""

import io
import json
import zipfile

import pytest

from ideenlab.core.clock import now
from ideenlab.core.db import Model, db, transaction
from ideenlab.core.packing import packed
from ideenlab.mail.models import Mail
from ideenlab.privacy.actions import as_json, erase_person, stored_files, take_data
from ideenlab.privacy.queries import NOBODYS, WHOSE, own_data
from ideenlab.privacy.queries.own import SECRET, names_people
from ideenlab.privacy.queries.whose import By
from ideenlab.privacy.rules import PURPOSES, held_for
from tests.factories import a_person, saved
from tests.privacy.world import two_people_everywhere

NAMED = {column for _section, purposes in PURPOSES for purpose in purposes for column in purpose.columns}


@pytest.fixture
def world(app):
    first = a_person(pseudonym="Amsel 1", suspended_reason="Grund", guardian_email="eltern@example.org")
    return two_people_everywhere(first, a_person(pseudonym="Birke 2"))


def taken(person):
    with transaction():
        own = take_data(person)
        archive = zipfile.ZipFile(io.BytesIO(b"".join(packed(as_json(own), stored_files(own)))))
    assert archive.testzip() is None
    return own, {name: archive.read(name).decode() for name in archive.namelist()}


def test_everything_of_a_person_goes_with_them_and_nothing_of_another(world):
    first, second = world
    own, files = taken(first.person)
    everything = "\n".join(files.values())
    hidden = {name for name in first.texts if SECRET.search(name.partition(".")[2]) or ".guardian_" in name}
    assert everything.count("um eine andere Person") == 3
    assert "eltern@example.org" not in everything
    missing = [
        name for name, text in first.texts.items()
        if name in NAMED - hidden and name.partition(".")[0] in WHOSE and text not in everything
    ]  # fmt: skip
    assert missing == []
    assert [first.texts[name] for name in hidden & NAMED if first.texts[name] in everything] == []
    assert [text for name, text in second.texts.items() if name in NAMED and text in everything] == []
    assert second.person.email not in everything
    assert everything.count(second.person.pseudonym) == 1  # with whom `first` wants to work
    assert [files[name] for name in files if name.startswith("dateien/")] == ["Amsel"]
    assert set(own.tables) == set(WHOSE)


def test_what_somebody_only_handled_is_told_without_what_it_says(world):
    _own, files = taken(world[0].person)
    handled = json.loads(files["handled.json"])
    references = {f"{t.name}.{c.name}" for t in Model.metadata.sorted_tables for c in t.columns if names_people(c)}
    owning = {f"{name}.{way.column}" for name, ways in WHOSE.items() for way in ways if isinstance(way, By)}
    # registered by a teacher: nobody here
    assert set(handled) == {each for each in references - owning if each != "people.registered_by_id"}
    assert set(handled["registrations.decided_by_id"][0]) >= {"id", "state", "created_at"}
    assert "legal_name" not in handled["registrations.decided_by_id"][0]


def test_each_purpose_that_holds_something_is_shown(world):
    own, _files = taken(world[0].person)
    empty = {
        column.partition(".")[0] for _section, purposes in PURPOSES for purpose in purposes
        for column in purpose.columns if not held_for((purpose,), own)
    }  # fmt: skip
    assert empty - set(NOBODYS) == set()


def test_every_table_that_can_hold_something_of_a_person_says_whose_it_is():
    """A table with a personal column, or one that hangs on something of a person."""
    tables = Model.metadata.tables
    personal = {column.partition(".")[0] for column in NAMED}
    hanging = {
        name for name, table in tables.items()
        if any(key.column.table.name in {*WHOSE, "people"} for key in table.foreign_keys)
    }  # fmt: skip
    assert sorted((personal | hanging) - set(WHOSE) - set(NOBODYS)) == []
    assert sorted((set(WHOSE) | set(NOBODYS)) - set(tables)) == []
    assert set(WHOSE) & set(NOBODYS) == set()


def test_who_has_no_address_gets_no_mail_that_lost_its_own(app):
    person = a_person(email=None)
    saved(Mail(recipient="", subject="", text="", once_key="digest-1-2", sent_at=now()))
    assert "mails" not in own_data(person).tables
    with transaction():
        erase_person(None, person=person, way="everything")
    assert db.session.query(Mail).count() == 1
