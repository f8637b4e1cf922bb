from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from ideenlab.comments.models import Thread
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.paging import write_cursor
from ideenlab.core.search import Document, put_documents
from ideenlab.ideas import maths
from ideenlab.ideas.models import Idea
from ideenlab.ideas.queries import Wanted, count_ideas, filters, list_ideas
from ideenlab.ideas.queries.listing import position_of
from tests.factories import a_call, a_topic, an_idea

ORDERS = ("newest", "supported", "discussed", "random")


def some_ideas(call, number, *, topic=None, lots=None, **values):
    """Many published ideas at once, the first the oldest, all with lots that differ."""
    if not number:
        return []
    begin = now() - timedelta(days=3)
    with transaction():
        threads = [Thread() for _ in range(number)]
        db.session.add_all(threads)
        db.session.flush()
        rows = [
            {
                "call_id": call.id, "thread_id": thread.id, "title": f"Idee {place}", "text": "Text", "text_html": "",
                "state": "published", "published_at": begin + timedelta(seconds=place // 2),
                "support_count": place % 7, "lot": lots[place] if lots else (place * 7_919_993 + 17) % maths.LOTS,
                "topic_id": topic.id if topic else None, **values,
            }
            for place, thread in enumerate(threads)
        ]  # fmt: skip
        return list(db.session.scalars(insert(Idea).returning(Idea.id, sort_by_parameter_order=True), rows))


def pages(call, *, between=lambda: None, **how):
    """The numbers of all ideas, page by page."""
    cursor, seen = None, []
    while True:
        page = list_ideas(call, cursor=cursor, **how)
        seen.append([card.id for card in page.rows])
        cursor = page.next
        if not cursor:
            return seen
        between()


def everything(call, **how):
    return [idea for page in pages(call, **how) for idea in page]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("number", [0, 1, 20, 21, 60])
def test_every_idea_comes_once(app, order, number):
    call = a_call()
    ideas = some_ideas(call, number)
    seen = pages(call, order=order, seed=7)
    assert sorted(idea for page in seen for idea in page) == ideas
    assert all(len(page) == 20 for page in seen[:-1])
    assert len(seen) == max(1, -(-number // 20))


@pytest.mark.parametrize("order", ORDERS)
def test_only_published_ideas_of_this_call_are_listed(app, order):
    call, topic = a_call(), a_topic()
    shown = an_idea(call, topic=topic)
    for state in ("draft", "hidden", "withdrawn"):
        an_idea(call, topic=topic, state=state)
    an_idea(topic=topic)
    other = an_idea(call)
    assert sorted(everything(call, order=order)) == [shown.id, other.id]
    assert pages(call, order=order, wanted=Wanted(topic=topic.id)) == [[shown.id]]
    assert count_ideas(call) == 2
    assert count_ideas(call, Wanted(topic=topic.id)) == 1


def test_the_newest_come_first(app):
    call = a_call()
    ideas = some_ideas(call, 45)
    assert everything(call, order="newest") == ideas[::-1]


def test_the_most_supported_come_first(app):
    call = a_call()
    ideas = some_ideas(call, 45)
    expected = sorted(range(45), key=lambda place: (place % 7, ideas[place]), reverse=True)
    assert everything(call, order="supported") == [ideas[place] for place in expected]


@pytest.mark.parametrize("order", ORDERS)
def test_nothing_comes_twice_or_is_left_out_while_ideas_arrive(app, order):
    call = a_call()
    ideas = some_ideas(call, 90)
    seen = everything(call, order=order, seed=3, between=lambda: some_ideas(call, 15))
    assert len(seen) == len(set(seen))
    assert set(ideas) <= set(seen)


def test_support_while_somebody_pages_repeats_nothing_that_did_not_change(app):
    call = a_call()
    ideas = some_ideas(call, 60)

    def support_the_last():
        with transaction():
            db.session.execute(update(Idea).where(Idea.id == ideas[0]).values(support_count=99))

    seen = everything(call, order="supported", between=support_the_last)
    assert len(seen) == len(set(seen))
    assert set(ideas) == set(seen)  # nor is the one that overtook missed


def test_a_seed_is_an_order_and_the_same_on_both_databases(app):
    call = a_call()
    ideas = some_ideas(call, 60)
    shuffle = maths.Shuffle(2027, 1)
    expected = sorted(ideas, key=lambda idea: (shuffle.key(db.session.get(Idea, idea).lot), idea))
    assert everything(call, order="random", seed=2027) == expected
    assert everything(call, order="random", seed=2028) != expected


def test_the_largest_lot_and_factor_are_calculated_exactly(app):
    call = a_call()
    seed = max(range(300), key=lambda seed: maths.Shuffle(seed, 1).factor)
    lots = [maths.LOTS - 1 - place for place in range(30)]
    ideas = some_ideas(call, 30, lots=lots)
    expected = sorted(range(30), key=lambda place: maths.Shuffle(seed, 1).key(lots[place]))
    assert everything(call, order="random", seed=seed) == [ideas[place] for place in expected]


@pytest.fixture
def cut_early(monkeypatch):
    """Ranges of about four ideas from the fortieth idea on, so that the way of large calls is gone with few."""
    monkeypatch.setattr(maths, "SORTED_WHOLE", 40)
    monkeypatch.setattr(maths, "RANGE", 4)
    monkeypatch.setattr(filters, "SORTED_WHOLE", 40)
    monkeypatch.setattr(filters, "_counted", {})


def test_large_calls_come_range_by_range_each_idea_once(app, cut_early):
    call, topic = a_call(), a_topic()
    ideas = some_ideas(call, 60)
    of_topic = some_ideas(call, 90, topic=topic)
    seen = everything(call, order="random", seed=5, between=lambda: some_ideas(call, 25))
    assert len(seen) == len(set(seen))
    assert {*ideas, *of_topic} <= set(seen)
    seen = everything(call, order="random", seed=5, wanted=Wanted(topic=topic.id))
    assert sorted(seen) == of_topic
    lots = dict(db.session.execute(db.select(Idea.id, Idea.lot)).all())
    ranges = maths.ranges_for(len(of_topic))
    shuffle = maths.Shuffle(5, ranges)
    bounds = [shuffle.lots_of(place) for place in range(ranges)]
    places = [next(p for p, (first, end) in enumerate(bounds) if first <= lots[idea] < end) for idea in seen]
    assert ranges > 8
    assert places == sorted(places)


@pytest.mark.parametrize(
    "cursor",
    ["x", "=" * 50, "ä", write_cursor("newest", 2**61, 5), write_cursor("newest", -(2**61), 5),
     write_cursor("supported", 2**61, 2**61), write_cursor(1, 2**40, 3, 4, 5), write_cursor(1, 3, 0, 4, 5),
     write_cursor(-1, 1, 0, 4, 5), write_cursor(1, 1, 1, 0, 0), write_cursor(1, 2**30, 0, 0, 0),
     write_cursor("found", 2**61, 2**61), write_cursor("similar", -(2**61), 0)],
)  # fmt: skip
def test_a_made_up_cursor_does_no_harm(app, cursor, count_queries):
    call = a_call()
    ideas = some_ideas(call, 3)
    for order in ORDERS:
        for text in ("", "idee"):
            how = {"order": order, "text": text, "cursor": cursor, "seed": 1}
            assert count_queries(lambda how=how: list_ideas(call, **how)) <= 16
            assert {card.id for card in list_ideas(call, **how).rows} <= set(ideas)


def index(*ideas):
    with transaction():
        put_documents(
            [Document(i.id, i.call_id, position_of(i.published_at), f"{i.title} {i.text}") for i in ideas]
        )  # fmt: skip


def test_search_stays_in_its_call_and_topic_and_shows_only_what_is_published(app):
    call, topic = a_call(), a_topic()
    ideas = [an_idea(call, title="Straßenbeleuchtung", topic=topic), an_idea(call, title="Kluge Beleuchtung")]
    elsewhere = an_idea(title="Beleuchtung")
    gone = [an_idea(call, title="Beleuchtung", state=state) for state in ("draft", "hidden", "withdrawn")]
    index(*ideas, elsewhere, *gone)
    assert pages(call, text="beleuchtung") == [[ideas[1].id, ideas[0].id]]
    assert pages(call, text="beleuchtung klug") == [[ideas[1].id]]
    assert pages(call, text="beleuchtung", wanted=Wanted(topic=topic.id)) == [[ideas[0].id]]
    assert pages(call, text="bleuchtung", order="random") == [[ideas[1].id]]


def test_search_is_paged_by_publication_not_by_number(app):
    call = a_call()
    start = now() - timedelta(days=50)
    ideas = [an_idea(call, title="Ampel", published_at=start + timedelta(days=(place * 7) % 45)) for place in range(45)]
    index(*ideas)
    expected = [idea.id for idea in sorted(ideas, key=lambda idea: idea.published_at, reverse=True)]
    assert everything(call, text="ampel") == expected


@pytest.mark.parametrize("order", [*ORDERS, "search"])
def test_a_list_costs_the_same_queries_for_one_three_and_thirty(app, order, count_queries):
    costs = []
    for number in (1, 3, 30):
        call = a_call()
        some_ideas(call, number, title="Ampel")
        index(*db.session.scalars(db.select(Idea).where(Idea.call_id == call.id)))
        how = {"text": "ampel"} if order == "search" else {"order": order, "seed": 1}
        call_id = call.id
        assert call_id
        costs.append(count_queries(lambda call=call, how=how: list_ideas(call, **how)))
    assert costs[0] == costs[1] == costs[2] <= 6


def test_a_card_says_topic_author_and_counts(app):
    topic = a_topic(title="Mobilität")
    idea = an_idea(topic=topic, support_count=3, comment_count=2)
    [card] = list_ideas(idea.call).rows
    assert (card.id, card.topic_title, card.author) == (idea.id, "Mobilität", idea.author.pseudonym)
    assert (card.support_count, card.comment_count, card.published_at) == (3, 2, idea.published_at)
