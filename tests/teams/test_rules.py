"""Role × window × state, with the sentence."""

from datetime import UTC, datetime, timedelta

import pytest

from ideenlab.core.db import transaction
from ideenlab.teams.actions import mark_handed_in
from ideenlab.teams.rules import (
    may_change_team,
    may_found_team,
    may_join_team,
    may_leave_team,
    may_see_code,
    may_see_team,
)
from tests.factories import a_hackathon, a_person, a_registration, a_team

OPENS, CLOSES = datetime(2027, 6, 20, 8, tzinfo=UTC), datetime(2027, 6, 25, 16, tzinfo=UTC)
DEADLINE = datetime(2027, 6, 27, 16, tzinfo=UTC)
DURING, TICK = datetime(2027, 6, 22, tzinfo=UTC), timedelta(microseconds=1)
NOT_YET = "Teams können jetzt nicht gebildet werden. Das beginnt am So., 20. Juni 2027, 10:00 Uhr."
OVER = "Teams können jetzt nicht gebildet werden. Das endete am Fr., 25. Juni 2027, 18:00 Uhr."
REGISTER = "Bitte melden Sie sich zuerst zum Hackathon an."
IN_TEAM = "Sie sind schon im Team „Eins“. Jede Person kann in einem Team sein."
FULL = "Das Team „Zwei“ ist voll: Es hat 2 Mitglieder."
NOT_IN = "Sie sind nicht in diesem Team."
FIXED = "Seit dem Abgabeschluss am So., 27. Juni 2027, 18:00 Uhr stehen die Teams fest."
LAST = "Ihr Team hat einen Prototyp abgegeben, und Sie sind das letzte Mitglied. Jemand muss bleiben."


def a_world(state, *, others=1):
    """A person in this state, and the team “Zwei” of other people."""
    hackathon = a_hackathon(teams_from=OPENS, teams_until=CLOSES, submission_until=DEADLINE, team_size_max=2)
    person = a_person()
    if state == "registered":
        a_registration(hackathon, person)
    if state == "cancelled":
        a_registration(hackathon, person, state="cancelled")
    if state == "in_team":
        a_team(hackathon, person, name="Eins")
    return person, a_team(hackathon, *[a_person() for _number in range(others)], name="Zwei")


FOUNDING = [
    ("guest", DURING, REGISTER), ("guest", CLOSES, REGISTER), ("cancelled", DURING, REGISTER),
    ("registered", OPENS - TICK, NOT_YET), ("registered", OPENS, ""), ("registered", CLOSES - TICK, ""),
    ("registered", CLOSES, OVER), ("in_team", DURING, IN_TEAM), ("in_team", CLOSES, IN_TEAM),
]  # fmt: skip


@pytest.mark.parametrize(("state", "moment", "reason"), FOUNDING)
def test_who_may_found_or_join_a_team_when(app, state, moment, reason):
    person, team = a_world(state)
    assert may_found_team(person, team.hackathon, moment).reason == reason
    assert may_join_team(person, team, moment).reason == reason


def test_nobody_joins_a_full_team(app):
    person, team = a_world("registered", others=2)
    assert may_join_team(person, team, DURING).reason == FULL


LEAVING = [
    ("member", False, 2, DURING, ""), ("member", False, 1, DURING, ""), ("member", True, 2, DURING, ""),
    ("member", True, 1, DURING, LAST), ("member", False, 2, CLOSES, ""), ("member", False, 2, DEADLINE - TICK, ""),
    ("member", False, 2, DEADLINE, FIXED), ("member", True, 1, DEADLINE, FIXED), ("stranger", False, 2, DURING, NOT_IN),
    ("stranger", True, 1, DEADLINE, NOT_IN), ("organiser", False, 2, DURING, NOT_IN),
]  # fmt: skip


@pytest.mark.parametrize(("who", "handed_in", "size", "moment", "reason"), LEAVING)
def test_who_may_leave_when(app, who, handed_in, size, moment, reason):
    members = [a_person() for _number in range(size)]
    team = a_team(a_hackathon(submission_until=DEADLINE), *members)
    if handed_in:
        with transaction():
            mark_handed_in(team)
    person = {"member": members[0], "stranger": a_person(), "organiser": a_person("organiser")}[who]
    assert may_leave_team(person, team, moment).reason == reason


CHANGING = [
    ("member", DURING, ""), ("member", DEADLINE - TICK, ""), ("member", DEADLINE, FIXED), ("stranger", DURING, NOT_IN),
    ("organiser", DURING, NOT_IN),
]  # fmt: skip


@pytest.mark.parametrize(("who", "moment", "reason"), CHANGING)
def test_who_may_rename_a_team_when(app, who, moment, reason):
    member = a_person()
    team = a_team(a_hackathon(submission_until=DEADLINE), member)
    person = {"member": member, "stranger": a_person(), "organiser": a_person("organiser")}[who]
    assert may_change_team(person, team, moment).reason == reason


SEEING = [
    ("member", True, True), ("stranger", False, False), ("visitor", False, False), ("juror", False, False),
    ("moderator", False, False), ("organiser", True, False), ("administrator", True, False),
]  # fmt: skip


@pytest.mark.parametrize(("who", "members", "code"), SEEING)
def test_who_sees_the_members_and_the_code(app, who, members, code):
    member = a_person()
    team = a_team(None, member)
    people = {"member": lambda: member, "visitor": lambda: None, "stranger": a_person}
    person = people.get(who, lambda: a_person(who))()
    assert (bool(may_see_team(person, team)), bool(may_see_code(person, team))) == (members, code)
