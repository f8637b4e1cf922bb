"""Every filter by itself, any of them together, every order, and which index each of them reads."""

import re
from datetime import timedelta
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, text, update

from ideenlab.city.models import District
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.ideas.models import CoAuthor, Idea, IdeaTag, Status, Tag
from ideenlab.ideas.queries import Wanted, count_ideas, count_without_each, list_ideas, listing, options_of
from ideenlab.notifications.models import Follow
from tests.factories import a_call, a_person, a_topic, an_edition, an_idea, saved
from tests.ideas.test_queries_listing import everything, pages, some_ideas


@pytest.fixture
def city(app):
    """Sixteen ideas: each filter holds of every second, fourth, eighth or sixteenth."""
    edition = an_edition()
    call, person = a_call(edition=edition), a_person()
    topic = a_topic(edition)
    district = saved(District(slug="wueste", title="Wüste"))
    saved(Status(slug="neu", title="Neu", position=0))  # what every idea begins with
    status = saved(Status(slug="geprueft", title="Geprüft", position=1))
    tag = saved(Tag(slug="rad", title="Rad"))
    ideas = []
    for number in range(16):
        idea = an_idea(
            call, topic=topic if number & 1 else None, district=district if number & 2 else None,
            status=status if number & 4 else None, origin="postcard" if number & 8 else "online",
            answered_at=now() if number % 3 else None, author=person if number % 5 == 0 else None,
        )  # fmt: skip
        if number % 7 in (1, 2, 3):
            saved(IdeaTag(idea_id=idea.id, tag_id=tag.id))
        if number % 4 > 1:
            saved(Follow(person_id=person.id, thing="ideas", thing_id=idea.id))
        ideas.append(idea.id)
    saved(Follow(person_id=person.id, thing="teams", thing_id=ideas[0]))
    saved(CoAuthor(idea_id=ideas[7], person_id=person.id, state="accepted"))
    saved(CoAuthor(idea_id=ideas[9], person_id=person.id, state="invited"))
    an_idea(topic=topic, district=district, status=status, author=person)  # in another call
    holds = {
        "topic": (topic.id, lambda n: n & 1), "district": (district.id, lambda n: n & 2),
        "status": (status.id, lambda n: n & 4), "origin": ("postcard", lambda n: n & 8),
        "answered": (True, lambda n: n % 3), "mine": (person.id, lambda n: n % 5 == 0 or n == 7),
        "tag": (tag.id, lambda n: n % 7 in (1, 2, 3)),
        "followed": (person.id, lambda n: n % 4 > 1),
    }  # fmt: skip
    return call, ideas, holds


FILTERS = [name for name in Wanted.__dataclass_fields__ if name != "among"]
UP_TO_THREE = [names for size in (1, 2, 3) for names in combinations(FILTERS, size)]


@pytest.mark.parametrize("few", [1_000, 0])  # by the numbers of a few, by the indexes
def test_filters_combine_freely(city, monkeypatch, few):
    monkeypatch.setattr(listing, "FEW", few)
    call, ideas, holds = city
    for names in UP_TO_THREE:
        wanted = Wanted(**{name: holds[name][0] for name in names})
        expected = [idea for number, idea in enumerate(ideas) if all(holds[name][1](number) for name in names)]
        for order in ("newest", "supported", "random"):
            assert (names, order, sorted(everything(call, order=order, wanted=wanted, seed=1))) == (
                names, order, expected,
            )  # fmt: skip
        assert (names, count_ideas(call, wanted)) == (names, len(expected))
    assert len(UP_TO_THREE) == 92


def test_an_empty_list_knows_what_each_filter_takes_away(city):
    call, _ideas, holds = city
    wanted = Wanted(topic=holds["topic"][0], origin="workshop", answered=True)
    assert count_ideas(call, wanted) == 0
    assert count_without_each(call, wanted) == {"topic": 0, "origin": 5, "answered": 0}
    assert count_without_each(call, Wanted()) == {}


def test_what_can_be_chosen_comes_in_one_statement(city, count_queries):
    call, _ideas, _holds = city
    saved(Tag(slug="unbenutzt", title="Unbenutzt"))
    assert call.edition_id
    assert count_queries(lambda: options_of(call)) == 1
    found = {kind: [option.slug for option in options] for kind, options in options_of(call).items()}
    assert (found["district"], found["status"], found["tag"]) == (["wueste"], ["neu", "geprueft"], ["rad"])
    assert len(found["topic"]) == 1


def test_the_last_answered_come_first_and_the_others_not_at_all(app):
    call = a_call()
    ideas = some_ideas(call, 50)
    with transaction():
        for place, idea in enumerate(ideas[:45]):
            at = now() - timedelta(hours=(place * 7) % 45)
            db.session.execute(update(Idea).where(Idea.id == idea).values(answered_at=at))
    expected = sorted(range(45), key=lambda place: (place * 7) % 45)
    assert everything(call, order="answered") == [ideas[place] for place in expected]
    assert count_ideas(call, order="answered") == 45


@pytest.mark.parametrize("order", ["certainty", "controversy"])
def test_orders_by_votes_show_what_has_votes_ties_by_number(app, order):
    call = a_call(support_mode="for_against")
    ideas = some_ideas(call, 50)
    with transaction():
        for place, idea in enumerate(ideas):
            db.session.execute(update(Idea).where(Idea.id == idea).values({order: place % 5 * 100}))
    expected = sorted((p for p in range(50) if p % 5), key=lambda p: (p % 5, ideas[p]), reverse=True)
    assert everything(call, order=order) == [ideas[place] for place in expected]
    assert count_ideas(call, order=order) == 40


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.lists(st.tuples(st.integers(0, 59), st.integers(0, 9)), max_size=30), max_size=4))
def test_whatever_is_supported_meanwhile_no_idea_comes_twice_or_is_missed(app, changes):
    call = a_call()
    ideas = some_ideas(call, 60)
    turns = iter(changes)

    def support():
        with transaction():
            for place, number in next(turns, []):
                db.session.execute(update(Idea).where(Idea.id == ideas[place]).values(support_count=number))

    seen = everything(call, order="supported", between=support)
    assert sorted(seen) == ideas


def test_beyond_what_an_address_can_hold_it_goes_by_the_number(app, monkeypatch):
    monkeypatch.setattr(listing, "MOST_SHOWN", 40)
    call = a_call()
    ideas = some_ideas(call, 130)
    seen = pages(call, order="supported")
    assert sorted(idea for page in seen for idea in page) == ideas
    expected = sorted(range(130), key=lambda place: (place % 7, ideas[place]), reverse=True)
    assert [idea for page in seen for idea in page] == [ideas[place] for place in expected]


DEFAULTS = [
    ("newest", (), "ix_ideas_newest"), ("newest", ("topic",), "ix_ideas_newest_of_topic"),
    ("newest", ("district",), "ix_ideas_newest_of_district"), ("newest", ("status",), "ix_ideas_newest_of_status"),
    ("supported", (), "ix_ideas_supported"), ("supported", ("topic",), "ix_ideas_supported_of_topic"),
    ("discussed", (), "ix_ideas_discussed"), ("answered", (), "ix_ideas_answered"),
    ("certainty", (), "ix_ideas_certainty"), ("controversy", (), "ix_ideas_controversy"),
]  # fmt: skip


def explained(call):
    """How the database finds the rows of the statements that a call sends."""
    seen = []

    def listen(_connection, _cursor, statement, values, *_more):
        if statement.startswith("SELECT"):
            seen.append((statement, values))

    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        call()
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)
    connection, plans = db.session.connection(), []
    word = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "
    for statement, values in seen:
        rows = connection.exec_driver_sql(word + statement, values)
        plans.append("\n".join(str(row[-1]) for row in rows))
    return "\n".join(plans)


@pytest.mark.parametrize(("order", "names", "index"), DEFAULTS, ids=lambda value: str(value))
def test_a_default_list_reads_its_index_in_order(app, order, names, index):
    call, topic = a_call(), a_topic()
    district = saved(District(slug="wueste", title="Wüste"))
    saved(Status(slug="neu", title="Neu", position=0))  # what every idea begins with
    status = saved(Status(slug="geprueft", title="Geprüft", position=1))
    some_ideas(call, 400)
    some_ideas(call, 20, topic=topic, district_id=district.id, status_id=status.id)
    with transaction():
        db.session.execute(text("ANALYZE"))
    ids = {"topic": topic.id, "district": district.id, "status": status.id}
    values = {name: ids[name] for name in names}
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SET LOCAL enable_seqscan = off"))
        db.session.execute(text("SET LOCAL enable_sort = off"))
        db.session.execute(text("SET LOCAL enable_bitmapscan = off"))
    plan = explained(lambda: list_ideas(call, order=order, wanted=Wanted(**values)))
    assert re.search(rf"\b{index}\b", plan), plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan
