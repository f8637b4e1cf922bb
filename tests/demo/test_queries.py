"""What the demo city's doors ask about people."""

import pytest

from ideenlab.accounts.queries import demo_people, is_anybody_here
from tests.factories import a_person

pytestmark = pytest.mark.usefixtures("app")


def test_only_demo_people_with_a_password_may_be_played() -> None:
    first = a_person(is_demo=True, password_hash="kept")
    a_person(is_demo=True)
    a_person(password_hash="kept")
    second = a_person(is_demo=True, password_hash="kept")
    assert demo_people() == [first, second]


def test_one_person_makes_a_city_inhabited() -> None:
    assert not is_anybody_here()
    a_person()
    assert is_anybody_here()
