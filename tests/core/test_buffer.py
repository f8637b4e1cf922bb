from ideenlab.core.buffer import MOST, Buffer, Tally
from ideenlab.core.db import db
from tests.factories import a_person


def test_many_notes_become_one_write_with_the_latest_values(app):
    written = []
    buffer = Buffer(written.append)
    for moment in range(5):
        buffer.note("one", moment)
    buffer.note("two", 7)
    buffer.write_if_due()
    buffer.write_if_due(at_once=True)
    assert written == [{"one": 4, "two": 7}]


def test_the_next_write_waits_its_time(app):
    written = []
    buffer = Buffer(written.append, seconds=60)
    buffer.note("one", 1)
    buffer.write_if_due()
    buffer.note("one", 2)
    buffer.write_if_due()
    assert written == [{"one": 1}]
    buffer.write_if_due(at_once=True)
    assert written == [{"one": 1}, {"one": 2}]


def test_what_could_not_be_written_is_kept_and_newer_values_win(app):
    person, written = a_person(), []

    def fail(values):
        buffer.note("one", 2)
        db.session.execute(db.text("SELECT nothing FROM nowhere"))

    buffer = Buffer(fail)
    buffer.note("one", 1)
    buffer.note("other", person.id)
    buffer.write_if_due()
    buffer._write = written.append
    buffer.write_if_due(at_once=True)
    assert written == [{"one": 2, "other": person.id}]


def test_a_flood_does_not_fill_the_memory(app):
    buffer = Buffer(lambda values: None)
    for number in range(MOST + 5):
        buffer.note(number, 1)
    assert len(buffer._values) == MOST


def test_a_tally_counts_and_loses_nothing_when_writing_fails(app):
    written = []

    def fail(values):
        tally.count("one")
        db.session.execute(db.text("SELECT nothing FROM nowhere"))

    tally = Tally(fail)
    for key in ("one", "one", "other"):
        tally.count(key)
    tally.write_if_due()
    assert tally._values == {"one": 2, "other": 1}  # the first waits its time
    tally.write_if_due(at_once=True)
    tally._write = written.append
    tally.write_if_due(at_once=True)
    assert written == [{"one": 3, "other": 1}]
