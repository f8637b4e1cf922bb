import pytest

from ideenlab.core.i18n import speaking
from tests.factories import a_hackathon, a_person, a_team


@pytest.fixture
def in_english(app):
    """Reasons and mails as they are written in the code."""
    with app.test_request_context(), speaking("en"):
        yield


@pytest.fixture
def person(app):
    return a_person()


@pytest.fixture
def team(person):
    """Of somebody in a hackathon in which everything is open."""
    return a_team(a_hackathon(), person)
