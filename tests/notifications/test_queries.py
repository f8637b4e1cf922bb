from ideenlab.core.db import transaction
from ideenlab.notifications.actions import follow
from ideenlab.notifications.queries import MOST_COUNTED, followed_among, followed_numbers, notices_of, unread_number
from tests.factories import a_person, an_idea
from tests.notifications.test_actions import several_notices


def test_what_somebody_follows_is_known_by_table(app):
    person, other, first, second = a_person(), a_person(), an_idea(), an_idea()
    with transaction():
        follow(person, first)
        follow(person, second.call)
        follow(other, second)
    assert followed_among(person, "ideas", {first.id, second.id}) == {first.id}
    assert followed_among(person, "calls", {second.call.id}) == {second.call.id}
    assert followed_among(None, "ideas", {first.id}) == followed_among(person, "ideas", set()) == set()
    assert followed_numbers(person, "ideas") == [first.id]


def test_unread_notices_are_counted_up_to_a_hundred(app):
    person = a_person()
    assert unread_number(person) == 0
    several_notices(person, "Bänke", number=3)
    assert unread_number(person) == 3
    several_notices(person, "Bänke", number=MOST_COUNTED)
    assert unread_number(person) == MOST_COUNTED


def test_the_latest_notices_come_first_and_each_once(app):
    person = a_person()
    several_notices(person, "Bänke", number=45)
    several_notices(a_person(), "Bäume", number=1)
    seen, cursor = [], None
    while cursor != "":
        page = notices_of(person, cursor)
        seen += [notice.id for notice in page.rows]
        cursor = page.next
    assert len(seen) == 45
    assert seen == sorted(seen, reverse=True)
