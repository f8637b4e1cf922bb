"""Every figure is what counting by hand gives."""

from datetime import UTC, datetime, timedelta

import pytest

from ideenlab.core.clock import now
from ideenlab.core.db import transaction
from ideenlab.events.models import Event
from ideenlab.ideas.models import Support
from ideenlab.insights.queries import (
    figures_of_edition,
    fingerprint_of,
    hand_ins_by_hours,
    programme_of,
    promises_of,
    supports_by_call,
    supports_by_topic,
    teams_by_hackathon,
    votes_of,
)
from ideenlab.prototypes.models import HandIn
from tests.factories import (
    DAY,
    a_call,
    a_comment,
    a_hackathon,
    a_person,
    a_prototype,
    a_team,
    a_topic,
    an_edition,
    an_idea,
    saved,
)


def an_event(edition, **values):
    begin = values.pop("starts_at", now())
    given = {"title": "Führung", "format": "tour", "state": "published", "sign_up": "here", "registered_count": 0}
    return saved(Event(edition=edition, starts_at=begin, ends_at=begin + timedelta(hours=2), **{**given, **values}))


def test_ideas_support_comments_and_answers_of_an_edition(app):
    edition = an_edition()
    topic, other = a_topic(edition), a_topic(edition)
    call = a_call(edition=edition, answer_until=now() - DAY)
    points = a_call(edition=edition, support_mode="points", answer_until=now() + DAY)
    asked = now() - 9 * DAY
    first = an_idea(call, topic=topic, support_count=4, published_at=asked, answered_at=asked + 2 * DAY)
    an_idea(call, topic=topic, support_count=2, published_at=asked, answered_at=now())
    an_idea(call, topic=other, support_count=1, published_at=asked)
    an_idea(points, topic=other, support_count=7)
    an_idea(call, topic=other, support_count=9, state="hidden")
    an_idea(support_count=50)
    for stance, number in (("pro", 3), ("contra", 2), ("neutral", 1)):
        for _comment in range(number):
            a_comment(first, stance=stance)
    a_comment(first, stance="pro", state="hidden")
    found = figures_of_edition(edition)
    assert (found.ideas, found.answered) == (4, 2)
    assert found.days_to_answer == pytest.approx(5.5, abs=0.001)
    assert found.by_topic == [(topic.title, 2), (other.title, 2)]
    assert found.comments_by_stance == {"pro": 3, "contra": 2, "neutral": 1}
    assert supports_by_topic(edition) == [(topic.title, 6), (other.title, 1)]
    assert [(each.id, number) for each, number in supports_by_call(edition)] == [(call.id, 7), (points.id, 7)]
    promises = promises_of(edition)
    assert (promises.in_time, promises.late, promises.still_time) == (1, 2, 1)
    assert round(promises.share) == 33


def test_events_and_places_of_an_edition(app):
    edition = an_edition()
    late = datetime(2026, 6, 27, 22, 30, tzinfo=UTC)  # in the city it is the 28th
    an_event(edition, registered_count=7, starts_at=late)
    an_event(edition, registered_count=4, format="workshop", starts_at=late + DAY)
    an_event(edition, sign_up="none", format="workshop", starts_at=late + DAY)
    an_event(edition, registered_count=9, state="cancelled")
    an_event(an_edition(), registered_count=3)
    found = programme_of(edition)
    assert (found.events, found.people) == (3, 11)
    assert found.events_by_format == [("workshop", 2), ("tour", 1)]
    assert found.people_by_format == [("tour", 7), ("workshop", 4)]
    assert sorted((day.isoformat(), number) for day, number in found.events_by_day.items()) == [
        ("2026-06-28", 1), ("2026-06-29", 2),
    ]  # fmt: skip


def test_teams_and_when_they_handed_in_once_the_deadline_is_over(app):
    edition = an_edition()
    hackathon = a_hackathon(edition=edition, open_windows=())
    running = a_hackathon(edition=edition)
    trial = a_hackathon(edition=edition, open_windows=(), rehearsal_of_id=hackathon.id)
    for held in (hackathon, running, trial):
        prototype = a_prototype(a_team(held, a_person()))
        for number, hours in enumerate((30, 1.5, 0.2, 0.1, -1), 1):
            at = (held.submission_until or now()) - timedelta(hours=hours)
            saved(HandIn(prototype=prototype, number=number, handed_in_at=at, title="P", content="{}",
                         description_html="", sha256=""))  # fmt: skip
    a_team(hackathon, a_person())
    gone = a_team(hackathon, a_person())
    with transaction():
        gone.dissolved_at = now()
    assert hand_ins_by_hours(edition) == [(24, 1), (8, 0), (4, 0), (2, 0), (1, 1), (0, 2), (None, 1)]
    assert teams_by_hackathon(edition) == [(hackathon.title, 2), (running.title, 1)]


def test_votes_of_a_call_know_nobody_and_a_vote_on_a_joined_idea_counts_for_its_target(app):
    call = a_call(support_mode="for_against", shows_opinion_map=True)
    target, hidden = an_idea(call), an_idea(call, state="hidden")
    part = an_idea(call, state="merged", merged_into_id=target.id)
    one, two = a_person(), a_person()
    saved(Support(idea_id=part.id, person_id=one.id, value=-1))
    saved(Support(idea_id=part.id, person_id=two.id, value=-1))
    before = fingerprint_of(call)
    saved(Support(idea_id=target.id, person_id=two.id, value=1))
    saved(Support(idea_id=hidden.id, person_id=two.id, value=1))
    assert sorted(votes[target.id] for votes in votes_of(call)) == [-1, 1]
    assert all(list(votes) == [target.id] for votes in votes_of(call))
    assert fingerprint_of(call) != before
