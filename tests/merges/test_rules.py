"""Who may join, answer, take back and separate, and when."""

from datetime import timedelta

import pytest

from ideenlab.core.clock import now
from ideenlab.core.db import transaction
from ideenlab.merges.models import Merge
from ideenlab.merges.rules import (
    DAYS_TO_SEPARATE,
    MOST_IDEAS,
    may_answer_merge,
    may_cancel_merge,
    may_join,
    may_propose_merge,
    may_see_merge,
    may_see_merges,
    may_separate_merge,
)
from tests.factories import a_call, a_person, an_idea
from tests.merges.world import alike

ROLES = [((), False), (("juror",), False), (("moderator",), True), (("organiser",), True), (("administrator",), True)]


def merge_of(idea, state="proposed", **values):
    given = {"answer_until": now() + timedelta(days=1), "reason": "Gleich", "target": idea, **values}
    return Merge(state=state, **given)


@pytest.mark.parametrize(("roles", "allowed"), ROLES)
def test_only_the_moderation_joins_ideas(app, roles, allowed):
    idea, person = an_idea(), a_person(*roles)
    assert bool(may_see_merges(person)) is allowed
    assert bool(may_propose_merge(person, idea, now())) is allowed
    assert bool(may_cancel_merge(person, merge_of(idea))) is allowed
    assert bool(may_see_merge(person, merge_of(idea), [])) is allowed


def test_visitors_and_strangers_see_no_proposal_and_authors_do(app):
    idea, stranger = an_idea(), a_person()
    assert not may_see_merge(None, merge_of(idea), [idea.author_id])
    assert not may_see_merge(stranger, merge_of(idea), [idea.author_id])
    assert may_see_merge(idea.author, merge_of(idea), [idea.author_id])
    assert not may_see_merges(None)


STATES = [
    ("published", ""), ("draft", "ist nicht veröffentlicht"), ("waiting", "ist nicht veröffentlicht"),
    ("withdrawn", "ist nicht veröffentlicht"), ("hidden", "ist nicht veröffentlicht"),
    ("merged", "wurde schon mit einer anderen Idee zusammengeführt"),
]  # fmt: skip


@pytest.mark.parametrize(("state", "says"), STATES)
def test_only_published_ideas_are_joined(app, state, says):
    one, other = alike()
    with transaction():
        other.state = state
    verdicts = [may_propose_merge(a_person("moderator"), other, now()), may_join(one, [other])]
    for verdict in verdicts:
        assert (says in verdict.reason, bool(verdict)) == (True, not says)


def test_what_fits_together(app):
    target, part, third = alike(3)
    assert may_join(target, [part, third])
    assert "mindestens zwei Ideen" in may_join(target, []).reason
    assert "mindestens zwei Ideen" in may_join(target, [target]).reason
    assert "eines Aufrufs" in may_join(target, [an_idea()]).reason
    assert f"höchstens {MOST_IDEAS} Ideen" in may_join(target, alike(MOST_IDEAS)).reason


def test_an_idea_that_holds_others_can_only_be_the_target(app):
    holding, other = alike()
    with transaction():
        holding.part_count = 1
    assert may_join(holding, [other])
    assert "kann nur das Ziel sein" in may_join(other, [holding]).reason


@pytest.mark.parametrize(("results", "allowed"), [(None, True), (1, True), (0, False), (-1, False)])
def test_when_results_are_public_nothing_is_joined_or_separated(app, results, allowed):
    at = now()
    begin = None if results is None else at + timedelta(hours=results)
    idea = an_idea(a_call(results_from=begin))
    moderator = a_person("moderator")
    merge = merge_of(idea, "merged", merged_at=at - timedelta(days=1))
    verdicts = [may_propose_merge(moderator, idea, at), may_separate_merge(moderator, merge, [], at)]
    assert [bool(verdict) for verdict in verdicts] == [allowed] * 2
    assert all("Ergebnisse dieses Aufrufs" in verdict.reason for verdict in verdicts if not verdict)


ENDED = {
    "merged": "sind schon zusammengeführt", "declined": "wurde abgelehnt", "expired": "ist abgelaufen",
    "cancelled": "wurde zurückgenommen", "separated": "dann wieder getrennt",
}  # fmt: skip


@pytest.mark.parametrize("state", ENDED)
def test_what_has_ended_is_not_answered_or_taken_back(app, state):
    idea, merge = an_idea(), None
    merge = merge_of(idea, state)
    assert ENDED[state] in may_answer_merge(idea.author, merge, idea, now()).reason
    assert ENDED[state] in may_cancel_merge(a_person("moderator"), merge).reason


@pytest.mark.parametrize(("seconds", "allowed"), [(-1, True), (0, False), (1, False)])
def test_the_time_to_answer_ends_at_its_second(app, seconds, allowed):
    idea, at = an_idea(), now()
    merge = merge_of(idea, answer_until=at)
    assert bool(may_answer_merge(idea.author, merge, idea, at + timedelta(seconds=seconds))) is allowed
    assert not may_answer_merge(a_person("moderator"), merge, idea, at - timedelta(days=1))


@pytest.mark.parametrize(
    ("who", "seconds", "allowed"),
    [("author", -1, True), ("author", 0, False), ("moderator", 99, True), ("stranger", -1, False)],
)
def test_an_author_separates_for_two_weeks_and_the_moderation_longer(app, who, seconds, allowed):
    idea, at = an_idea(a_call(results_from=None)), now()
    person = {"author": idea.author, "moderator": a_person("moderator"), "stranger": a_person()}[who]
    merge = merge_of(idea, "merged", merged_at=at)
    moment = at + timedelta(days=DAYS_TO_SEPARATE, seconds=seconds)
    assert bool(may_separate_merge(person, merge, [idea.author_id], moment)) is allowed


@pytest.mark.parametrize("state", ["proposed", "declined", "expired", "cancelled", "separated"])
def test_only_joined_ideas_are_separated(app, state):
    idea = an_idea()
    verdict = may_separate_merge(a_person("moderator"), merge_of(idea, state), [], now())
    assert "sind nicht zusammengeführt" in verdict.reason
