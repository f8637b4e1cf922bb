"""The deadline is one instant, by the rule that is shown; a late permit moves it for one team."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.history.models import Entry
from ideenlab.mail.models import Mail
from ideenlab.prototypes.actions import DraftText, end_late_permit, give_late_permit, hand_in, save_draft
from ideenlab.prototypes.models import HandIn
from ideenlab.prototypes.queries import handed_in_of, latest_hand_in
from ideenlab.prototypes.rules import deadline_of
from tests.factories import a_hackathon, a_person, a_prototype, a_team

pytestmark = pytest.mark.usefixtures("in_english")
MOMENT = timedelta(microseconds=1)
ZERO, SECOND, HOUR = timedelta(0), timedelta(seconds=1), timedelta(hours=1)


@pytest.fixture
def person():
    return a_person(language="en")


@pytest.fixture
def team(person):
    deadline = now().replace(microsecond=0) + HOUR
    hackathon = a_hackathon(submission_until=deadline, scoring_from=None, scoring_until=deadline + 9 * HOUR)
    team = a_team(hackathon, person, a_person(language="en"))
    a_prototype(team)
    return team


def give(organiser, team, until, reason="Der Strom fiel aus"):
    with transaction():
        return give_late_permit(organiser, team=team, until=until, reason=reason)


def test_the_rule_says_which_instant_counts(person, team):
    deadline = team.hackathon.submission_until
    rows = [
        ("written", -SECOND, -SECOND, True), ("written", -SECOND, -MOMENT, True), ("written", -SECOND, ZERO, False),
        ("written", -SECOND, SECOND, False), ("begun", -SECOND, SECOND, True), ("begun", -MOMENT, HOUR, True),
        ("begun", ZERO, SECOND, False), ("begun", SECOND, 2 * SECOND, False), ("begun", None, -MOMENT, True),
        ("begun", None, SECOND, False), ("begun", 9 * HOUR, -SECOND, True),
    ]  # fmt: skip
    for number, (rule, begun, written, accepted) in enumerate(rows):
        with time_machine.travel(deadline - HOUR, tick=False), transaction():
            team.hackathon.deadline_rule = rule
            save_draft(person, team=team, text=DraftText(f"Titel {number}", "Satz", "Text"), revision=number + 1)
        begun_at = None if begun is None else deadline + begun
        stored = len(db.session.scalars(select(HandIn.id)).all())
        with time_machine.travel(deadline + written, tick=False):
            if accepted:
                with transaction():
                    version = hand_in(person, team=team, revision=number + 2, begun_at=begun_at)
                assert (version.handed_in_at, version.begun_at) == (deadline + written, begun_at)
                assert version.late_permit is None
            else:
                with pytest.raises(NotAllowed, match="This closed on"), transaction():
                    hand_in(person, team=team, revision=number + 2, begun_at=begun_at)
        assert len(db.session.scalars(select(HandIn.id)).all()) == stored + accepted, (rule, begun, written)


def test_with_a_late_permit_one_team_goes_on_and_the_version_says_so(person, team):
    organiser, deadline = a_person("organiser"), team.hackathon.submission_until
    other_person = a_person()
    other = a_team(team.hackathon, other_person)
    a_prototype(other)
    with time_machine.travel(deadline + SECOND, tick=False):
        permit = give(organiser, team, deadline + HOUR)
        assert (deadline_of(team, now()), deadline_of(other, now())) == (deadline + HOUR, deadline)
        with transaction():
            save_draft(person, team=team, text=DraftText("Spät", "Satz", "Text"), revision=1)
            version = hand_in(person, team=team, revision=2, begun_at=now())
        assert (version.late_permit, version.title) == (permit, "Spät")
        assert handed_in_of(team.hackathon)[0][1] == version, "what the jury sees"
        with pytest.raises(NotAllowed, match="This closed on"), transaction():
            hand_in(other_person, team=other, revision=1)
    for moment in (deadline + HOUR, deadline + 2 * HOUR):
        with (
            time_machine.travel(moment, tick=False),
            pytest.raises(NotAllowed, match="This closed on"),
            transaction(),
        ):
            save_draft(person, team=team, text=DraftText("Zu spät"), revision=2)
    notes = db.session.scalars(select(Entry.note).where(Entry.deed == "prototypes.late_permit_given")).all()
    assert notes == [f"{(deadline + HOUR).isoformat()} Der Strom fiel aus"]
    mails = db.session.scalars(select(Mail).where(Mail.subject.contains("more time"))).all()
    assert len(mails) == 2
    assert all("Der Strom fiel aus" in mail.text for mail in mails)


def test_a_late_permit_can_be_taken_back_and_what_came_stays(person, team):
    organiser, deadline = a_person("organiser"), team.hackathon.submission_until
    with time_machine.travel(deadline + SECOND, tick=False):
        first = give(organiser, team, deadline + HOUR)
        permit = give(organiser, team, deadline + 2 * HOUR)
        assert first.ended_at == now(), "a later one takes the place of an earlier one"
        with transaction():
            version = hand_in(person, team=team, revision=1)
        with transaction():
            end_late_permit(organiser, permit=permit)
        with pytest.raises(NotAllowed, match="This closed on"), transaction():
            save_draft(person, team=team, text=DraftText("Danach"), revision=1)
        with pytest.raises(Conflict, match="ended already"), transaction():
            end_late_permit(organiser, permit=permit)
    assert latest_hand_in(version.prototype) == version
    assert version.late_permit == permit
    assert len(db.session.scalars(select(Mail).where(Mail.subject.contains("has ended"))).all()) == 2


def test_a_late_permit_has_limits_and_only_organisers_give_it(person, team):
    organiser, deadline = a_person("organiser"), team.hackathon.submission_until
    for until, reason, field in (
        (now() - SECOND, "x", "until"), (deadline, "x", "until"), (deadline + 10 * HOUR, "x", "until"),
        (deadline + HOUR, " \u200b ", "reason"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            give(organiser, team, until, reason)
        assert refused.value.field == field
    for stranger in (person, a_person("juror"), a_person("moderator")):
        with pytest.raises(NotAllowed, match="Only organisers"):
            give(stranger, team, deadline + HOUR)
    with transaction():
        team.hackathon.archived_at = now()
    with pytest.raises(NotAllowed, match="archived"):
        give(organiser, team, deadline + HOUR)
