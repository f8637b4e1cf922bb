from ideenlab.core.db import transaction
from ideenlab.history.actions import record
from ideenlab.history.queries import entries_of
from tests.factories import a_hackathon, a_person


def test_what_happened_to_a_thing_is_read_newest_first(app):
    person, one, other = a_person(), a_hackathon(), a_hackathon()
    with transaction():
        for deed, thing in (("a.b", one), ("c.d", one), ("a.b", other), ("a.b", one)):
            record(person, deed, thing)
    assert [entry.deed for entry in entries_of(one)] == ["a.b", "c.d", "a.b"]
    assert [entry.thing_id for entry in entries_of(one, deed="a.b", most=1)] == [one.id]
