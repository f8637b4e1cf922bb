import pytest

from ideenlab.core.errors import NotFound
from ideenlab.mentors.queries import get_help_request, get_mentor, mentors_of
from tests.factories import a_hackathon, a_person
from tests.mentors.world import a_mentor


def test_mentors_stand_by_name_and_closed_accounts_are_none(app):
    hackathon = a_hackathon()
    names = ("zebra", "Äpfel", "Birne")
    for name in names:
        a_mentor(hackathon, a_person(pseudonym=name))
    a_mentor(hackathon, a_person(pseudonym="Weg", state="closed"))
    assert [mentor.person.pseudonym for mentor in mentors_of(hackathon)] == ["Äpfel", "Birne", "zebra"]


@pytest.mark.parametrize("number", [0, -1, 2**31])
def test_a_number_nobody_has_is_not_found(app, number):
    for get in (get_help_request, get_mentor):
        with pytest.raises(NotFound):
            get(number)
