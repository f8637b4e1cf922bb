from datetime import date

from ideenlab.core.db import db, transaction
from ideenlab.ideas.actions.appearances import store_appearances
from ideenlab.ideas.models import IdeaAppearance
from tests.factories import a_call, an_idea

MONDAY, TUESDAY = date(2027, 6, 21), date(2027, 6, 22)


def stored():
    return {(row.idea_id, row.day): row.times for row in db.session.scalars(db.select(IdeaAppearance))}


def test_pages_become_numbers_by_idea_and_day(app):
    one, other = an_idea(a_call()).id, an_idea().id
    with transaction():
        store_appearances({(MONDAY, (one, other)): 3, (MONDAY, (other,)): 2, (TUESDAY, (one,)): 1})
    with transaction():
        store_appearances({(TUESDAY, (one, other)): 4})
    assert stored() == {(one, MONDAY): 3, (other, MONDAY): 5, (one, TUESDAY): 5, (other, TUESDAY): 4}


def test_an_idea_that_is_gone_stops_nothing(app):
    one = an_idea().id
    with transaction():
        store_appearances({(MONDAY, (one, one + 999)): 1, (MONDAY, (one + 998,)): 1})
    assert stored() == {(one, MONDAY): 1}


def test_the_order_on_the_page_does_not_matter(app):
    ideas = [an_idea().id for _number in range(3)]
    for order in (ideas, ideas[::-1]):
        with transaction():
            store_appearances({(MONDAY, tuple(order)): 2})
    assert stored() == {(idea, MONDAY): 4 for idea in ideas}
