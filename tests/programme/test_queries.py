from datetime import timedelta

import pytest

from ideenlab.core.errors import NotFound
from ideenlab.programme.queries import current_edition, editions, find_topic, get_edition, today, topics_of
from tests.factories import a_topic, an_edition


def week(days):
    return {"starts_on": today() + timedelta(days=days), "ends_on": today() + timedelta(days=days + 4)}


def test_the_current_edition_is_on_or_comes_next_else_it_is_the_last(app):
    assert current_edition() is None
    last, older = an_edition(**week(-100)), an_edition(**week(-400))
    assert current_edition() == last
    later, coming = an_edition(**week(400)), an_edition(**week(30))
    assert current_edition() == coming
    running = an_edition(**week(-4))  # its last day is today
    assert current_edition() == running
    assert editions() == [later, coming, running, last, older]


def test_topics_come_in_their_order(app):
    edition = an_edition()
    second, first = a_topic(edition, position=2), a_topic(edition, position=1)
    a_topic()
    assert topics_of(edition) == [first, second]
    assert find_topic(first.id) == first


@pytest.mark.parametrize("number", [0, -1, 2**31, 10**40])
def test_a_topic_that_cannot_be_is_none(app, number):
    assert find_topic(number) is None


def test_an_edition_that_is_not_there_is_not_found(app):
    with pytest.raises(NotFound):
        get_edition("gibt-es-nicht")
