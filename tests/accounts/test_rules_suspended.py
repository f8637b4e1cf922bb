"""Whoever is suspended reads, takes back and exports, and is told why and until when everything else waits."""

from datetime import UTC, datetime, timedelta

import pytest

from ideenlab.accounts.rules import is_suspended, may_sign_in, may_write
from ideenlab.core.clock import now
from ideenlab.hackathons.rules import may_cancel_registration, may_register
from ideenlab.ideas import rules as ideas
from ideenlab.prototypes.rules import may_change_prototype
from ideenlab.teams.rules import may_found_team, may_join_team, may_leave_team, may_rename_team
from tests.factories import a_call, a_hackathon, a_person, a_team, an_idea

UNTIL = datetime(2027, 3, 1, 11, tzinfo=UTC)
SENTENCE = (
    "Sie sind bis Mo., 1. März 2027, 12:00 Uhr gesperrt. Sie können lesen, aber nicht mitmachen. Grund: Beleidigungen"
)


@pytest.mark.parametrize(
    ("until", "moment", "expected"),
    [(None, UNTIL, False), (UNTIL, UNTIL - timedelta(seconds=1), True), (UNTIL, UNTIL, False)],
)
def test_a_suspension_ends_by_itself(app, until, moment, expected):
    person = a_person(suspended_until=until, suspended_reason="Beleidigungen")
    assert is_suspended(person, moment) == expected
    assert bool(may_write(person, moment)) != expected


def test_the_reason_and_the_end_are_said(app):
    person = a_person(suspended_until=UNTIL, suspended_reason="Beleidigungen")
    assert may_write(person, UNTIL - timedelta(days=1)).reason == SENTENCE


@pytest.fixture
def suspended(app):
    return a_person(suspended_until=now() + timedelta(days=9), suspended_reason="Beleidigungen")


def rules_of_writing(person):
    """Everything a citizen writes: with a thing of their own or of others, open to everybody else now."""
    draft, own, other = an_idea(author=person, state="draft"), an_idea(author=person), an_idea()
    hackathon = a_hackathon()
    team = a_team(hackathon, person)
    at = now()
    return {
        "give": ideas.may_give_idea(person, a_call(), at),
        "publish": ideas.may_publish_idea(person, draft, at),
        "edit": ideas.may_edit_idea(person, own, at),
        "comment": ideas.may_comment(person, other, at),
        "support": ideas.may_support(person, other, at),
        "register": may_register(person, a_hackathon(), at),
        "found": may_found_team(person, hackathon, at),
        "join": may_join_team(person, a_team(a_hackathon()), at),
        "rename": may_rename_team(person, team, at),
        "prototype": may_change_prototype(person, team, at),
    }


def test_nothing_is_written(suspended):
    said = may_write(suspended, now()).reason
    assert said
    assert {name: verdict.reason for name, verdict in rules_of_writing(suspended).items()} == dict.fromkeys(
        rules_of_writing(suspended), said
    )


def test_everybody_else_writes(app):
    """Otherwise the table above would prove nothing."""
    verdicts = rules_of_writing(a_person())
    refused = {name for name, verdict in verdicts.items() if not verdict}
    assert refused == {"found", "join"}, "who is in a team or not registered"


def test_what_is_ones_own_can_still_be_taken_back(suspended):
    own, other, at = an_idea(author=suspended), an_idea(), now()
    hackathon = a_hackathon()
    team = a_team(hackathon, suspended, a_person())
    verdicts = [
        may_sign_in(suspended), ideas.may_see_idea(suspended, other), ideas.may_withdraw_idea(suspended, own),
        ideas.may_undo_support(suspended, other, at), may_leave_team(suspended, team, at),
        may_cancel_registration(suspended, a_team(a_hackathon()).hackathon, at),
    ]  # fmt: skip
    assert [verdict.reason for verdict in verdicts] == ["", "", "", "", "", "Sie sind hier nicht angemeldet."]
