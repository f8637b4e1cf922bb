"""Taking one's data is written down, and bounded."""

import pytest

from ideenlab.core.db import db, transaction
from ideenlab.core.errors import NotAllowed
from ideenlab.history.models import Entry
from ideenlab.privacy.actions import take_data
from tests.factories import a_person


def test_that_somebody_took_their_data_is_written_down_and_a_sixth_time_refused(app):
    person = a_person()
    for _time in range(5):
        with transaction():
            assert take_data(person).tables["people"][0]["email"] == person.email
    with pytest.raises(NotAllowed), transaction():
        take_data(person)
    with pytest.raises(NotAllowed), transaction():
        take_data(None)
    entries = db.session.query(Entry).order_by(Entry.id).all()
    assert [(entry.deed, entry.actor_id, entry.thing, entry.note) for entry in entries] == [
        ("privacy.data_taken", person.id, "people", "")
    ] * 5
