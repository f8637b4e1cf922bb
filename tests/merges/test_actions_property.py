"""Whatever is joined, separated, supported and taken back in whatever order: nobody counts twice, no vote is lost.

A plain model keeps who voted for what and which ideas are joined, and works out every number by itself. The same
sequences run on both databases.
"""

from datetime import timedelta
from itertools import count

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.ideas.actions import support_idea, undo_support
from ideenlab.ideas.models import Budget, Idea
from ideenlab.merges.actions import propose_merge, separate_merge
from ideenlab.merges.models import Merge
from tests.factories import a_call, a_person, an_idea
from tests.merges.world import REASON, votes

IDEAS, PEOPLE, EACH, MOST = 3, 3, 6, 4
KEPT = (
    "call_id", "author_id", "thread_id", "topic_id", "title", "text", "text_html", "excerpt", "origin", "lot",
    "comment_count", "revision", "created_at", "published_at", "changed_at",
)  # fmt: skip
VALUES = {"yes": st.just(1), "for_against": st.sampled_from([-1, 0, 1]), "points": st.integers(1, MOST)}


def deeds_of(mode: str) -> st.SearchStrategy:
    """First some votes, then everything mixed; mostly allowed, sometimes not."""
    number, person = st.integers(0, IDEAS - 1), st.integers(0, PEOPLE - 1)
    vote = st.tuples(st.just("vote"), person, number, VALUES[mode])
    mixed = st.one_of(
        vote,
        st.tuples(st.just("vote"), person, number, st.integers(-2, MOST + 1)),
        st.tuples(st.just("vote"), person, st.just(0), VALUES[mode]),
        st.tuples(st.just("undo"), person, number),
        st.tuples(st.just("undo"), person, st.just(0)),
        st.tuples(st.just("join"), number, st.sets(number, min_size=1, max_size=2)),
        st.tuples(st.just("join"), st.just(0), st.just({1, 2})),
        st.tuples(st.just("separate"), st.integers(0, 2)),
    )
    return st.tuples(
        st.lists(vote, min_size=6, max_size=9), st.lists(mixed, min_size=5, max_size=12)
    ).map(lambda lists: [*lists[0], *lists[1]])  # fmt: skip


class Model:
    """What ought to be: votes with the order in which they came, and which idea is part of which."""

    def __init__(self, mode: str) -> None:
        self.mode, self.order = mode, count()
        self.votes: dict[tuple[int, int], tuple[int, int]] = {}  # (idea, person) -> (value, order)
        self.into: dict[int, int] = {}
        self.merges: list[tuple[int, set[int]]] = []

    def parts(self, idea: int) -> list[int]:
        return [part for part, target in self.into.items() if target == idea]

    def value(self, idea: int, who: int) -> int | None:
        return self.votes.get((idea, who), (None, 0))[0]

    def spent(self, who: int) -> int:
        return sum(value for (_idea, owner), (value, _order) in self.votes.items() if owner == who)

    def vote(self, who: int, idea: int, value: int) -> bool:
        allowed = {"yes": {1}, "for_against": {-1, 0, 1}, "points": set(range(1, MOST + 1))}[self.mode]
        if idea in self.into or value not in allowed:
            return False
        own, on_parts = self.value(idea, who), [self.value(part, who) for part in self.parts(idea)]
        given = [vote for vote in on_parts if vote is not None]
        if self.mode == "points":
            value -= sum(given)
            if value < 0 or value > EACH - self.spent(who) + (own or 0):
                return False
        if self.mode == "yes" and given:
            return True  # counts already
        if self.mode == "points" and not value:
            self.votes.pop((idea, who), None)
        elif value != own:
            self.votes[idea, who] = value, next(self.order)
        return True

    def undo(self, who: int, idea: int) -> bool:
        if idea in self.into:
            return False
        for one in (idea, *self.parts(idea)):
            self.votes.pop((one, who), None)
        return True

    def join(self, target: int, parts: set[int]) -> bool:
        if target in parts or target in self.into or any(part in self.into or self.parts(part) for part in parts):
            return False
        self.into |= dict.fromkeys(parts, target)
        self.merges.append((target, parts))
        return True

    def separate(self, place: int) -> bool:
        if place >= len(self.merges) or not self.merges[place][1]:
            return False
        target, parts = self.merges[place]
        for part in parts:
            del self.into[part]
        self.merges[place] = target, set()
        return True

    def numbers(self, idea: int) -> tuple[int, int, int]:
        counted = []
        for who in range(PEOPLE):
            own = self.value(idea, who)
            others = sorted((self.votes[part, who][1], self.votes[part, who][0]) for part in self.parts(idea)
                            if (part, who) in self.votes)  # fmt: skip
            if self.mode == "points":
                counted.append(min(MOST, (own or 0) + sum(value for _order, value in others)))
            elif own is not None:
                counted.append(own)
            elif others:
                counted.append(others[-1][1])
        if self.mode == "for_against":
            return counted.count(1), counted.count(-1), counted.count(0)
        return sum(counted), 0, 0


class City:
    """The same in the database."""

    def __init__(self, mode: str) -> None:
        self.moderator = a_person("moderator").id
        self.people = [a_person().id for _number in range(PEOPLE)]
        call = a_call(support_mode=mode, points_each=EACH, points_most=MOST, results_from=None)
        ideas = [an_idea(call) for _number in range(IDEAS)]
        with transaction():
            for idea in ideas:
                idea.author_id = None  # nobody to be asked: proposals join at once
        self.ideas = [idea.id for idea in ideas]
        self.merges: list[int] = []
        self.before = self.rows()

    def rows(self):
        db.session.rollback()
        found = db.session.scalars(select(Idea).where(Idea.id.in_(self.ideas)).order_by(Idea.id))
        return [tuple(getattr(idea, name) for name in KEPT) for idea in found]

    def do(self, deed) -> bool:
        db.session.rollback()
        try:
            with transaction():
                getattr(self, deed[0])(*deed[1:])
        except (NotAllowed, Invalid, Conflict, IndexError):
            db.session.rollback()
            return False
        return True

    def vote(self, who, idea, value):
        support_idea(self._person(who), idea=self._idea(idea), value=value)

    def undo(self, who, idea):
        undo_support(self._person(who), idea=self._idea(idea))

    def join(self, target, parts):
        merge = propose_merge(
            self._moderator(), target=self._idea(target), parts=[self._idea(part) for part in sorted(parts)],
            reason=REASON,
        )  # fmt: skip
        assert merge.state == "merged"
        self.merges.append(merge.id)

    def separate(self, place):
        separate_merge(self._moderator(), merge=db.session.get_one(Merge, self.merges[place]), reason=REASON)

    def _person(self, who):
        from ideenlab.accounts.models import Person

        return db.session.get_one(Person, self.people[who])

    def _moderator(self):
        from ideenlab.accounts.models import Person

        return db.session.get_one(Person, self.moderator)

    def _idea(self, place):
        return db.session.get_one(Idea, self.ideas[place])


def compare(city: City, model: Model) -> None:
    stored = votes()
    wanted = {(city.ideas[idea], city.people[who]): value for (idea, who), (value, _order) in model.votes.items()}
    assert {key: value for key, value in stored.items() if key[0] in city.ideas} == wanted
    for place, idea_id in enumerate(city.ideas):
        idea = db.session.get_one(Idea, idea_id)
        into = model.into.get(place)
        shown = idea.state, idea.merged_into_id, idea.part_count
        assert shown == (
            ("published", None, len(model.parts(place))) if into is None else ("merged", city.ideas[into], 0)
        )
        assert (idea.support_count, idea.against_count, idea.unsure_count) == model.numbers(place), place
    if model.mode == "points":
        for place, who in enumerate(city.people):
            spent = db.session.scalar(select(Budget.spent).where(Budget.person_id == who)) or 0
            assert spent == model.spent(place)
    assert city.rows() == city.before


@pytest.mark.parametrize("mode", ["yes", "for_against", "points"])
@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_nobody_counts_twice_and_nothing_is_lost(app, mode, data):
    deeds = data.draw(deeds_of(mode))
    city, model, begun = City(mode), Model(mode), now()
    for step, deed in enumerate([*deeds, *(("separate", place) for place in range(4))]):
        with time_machine.travel(begun + timedelta(seconds=step + 1), tick=False):  # votes have an order
            expected = getattr(model, deed[0])(*deed[1:])
            assert city.do(deed) == expected, deed
            compare(city, model)
