"""Role × window × state, with the sentence."""

from datetime import UTC, datetime, timedelta

import pytest

from ideenlab.hackathons.rules import (
    may_cancel_registration,
    may_extend_deadline,
    may_manage_hackathons,
    may_register,
)
from tests.factories import a_hackathon, a_person, a_registration

OPENS, CLOSES = datetime(2027, 6, 20, 8, tzinfo=UTC), datetime(2027, 6, 25, 16, tzinfo=UTC)
DURING, TICK = datetime(2027, 6, 22, tzinfo=UTC), timedelta(microseconds=1)
NOT_YET = "Eine Anmeldung ist jetzt nicht möglich. Das beginnt am So., 20. Juni 2027, 10:00 Uhr."
OVER = "Eine Anmeldung ist jetzt nicht möglich. Das endete am Fr., 25. Juni 2027, 18:00 Uhr."
REGISTERED = "Sie sind schon angemeldet."


def a_planned_hackathon(**values):
    given = {"places": 2, "registration_from": OPENS, "registration_until": CLOSES, "starts_at": CLOSES}
    return a_hackathon(**{**given, "ends_at": CLOSES + timedelta(days=2), **values})


def the_person(hackathon, state):
    person = a_person()
    if state in ("registered", "in_team", "cancelled"):
        values = {"state": "cancelled"} if state == "cancelled" else {"in_team": state == "in_team"}
        a_registration(hackathon, person, **values)
    if state == "cancelled":
        from ideenlab.core.db import transaction

        with transaction():
            hackathon.registered_count -= 1
    if state == "full":
        for _number in range(2):
            a_registration(hackathon)
    return person


REGISTERING = [
    ("guest", OPENS - TICK, NOT_YET), ("guest", OPENS, ""), ("guest", DURING, ""), ("guest", CLOSES - TICK, ""),
    ("guest", CLOSES, OVER), ("cancelled", DURING, ""), ("cancelled", CLOSES, OVER),
    ("registered", OPENS - TICK, REGISTERED), ("registered", DURING, REGISTERED), ("registered", CLOSES, REGISTERED),
    ("in_team", DURING, REGISTERED), ("full", OPENS - TICK, NOT_YET), ("full", DURING, ""), ("full", CLOSES, OVER),
]  # fmt: skip


@pytest.mark.parametrize(("state", "moment", "reason"), REGISTERING)
def test_who_may_register_when(app, state, moment, reason):
    hackathon = a_planned_hackathon()
    person = the_person(hackathon, state)
    assert may_register(person, hackathon, moment).reason == reason


def test_where_no_registration_is_planned_nobody_registers(app):
    hackathon = a_planned_hackathon(registration_from=None, registration_until=None)
    reason = may_register(a_person(), hackathon, DURING).reason
    assert reason == "Eine Anmeldung ist jetzt nicht möglich. Das ist hier nicht vorgesehen."


ENDS = CLOSES + timedelta(days=2)
NOT_HERE = "Sie sind hier nicht angemeldet."
TEAM_FIRST = "Sie sind in einem Team. Bitte verlassen Sie zuerst Ihr Team, damit es Bescheid weiß."
ENDED = "Der Hackathon endete am So., 27. Juni 2027, 18:00 Uhr."
CANCELLING = [
    ("guest", DURING, NOT_HERE), ("cancelled", DURING, NOT_HERE), ("registered", OPENS - TICK, ""),
    ("registered", CLOSES + TICK, ""), ("registered", ENDS - TICK, ""), ("registered", ENDS, ENDED),
    ("in_team", DURING, TEAM_FIRST), ("in_team", ENDS, ENDED),
]  # fmt: skip


@pytest.mark.parametrize(("state", "moment", "reason"), CANCELLING)
def test_who_may_cancel_when(app, state, moment, reason):
    hackathon = a_planned_hackathon()
    person = the_person(hackathon, state)
    assert may_cancel_registration(person, hackathon, moment).reason == reason


ROLES = [((), False), (("juror",), False), (("moderator",), False), (("organiser",), True), (("administrator",), True)]


@pytest.mark.parametrize(("roles", "allowed"), ROLES)
def test_only_organisers_plan(app, roles, allowed):
    person, hackathon = a_person(*roles), a_planned_hackathon(submission_until=CLOSES, scoring_from=CLOSES)
    assert bool(may_manage_hackathons(person)) == allowed
    assert bool(may_extend_deadline(person, hackathon, 15, DURING)) == allowed


SCORING = "Die Jury bewertet seit Fr., 25. Juni 2027, 18:00 Uhr."
STILL_OVER = "Auch dann wäre der Abgabeschluss schon vorbei. Bitte setzen Sie ihn auf der Seite mit allen Terminen."
NO_DEADLINE = "Dieser Hackathon hat noch keinen Abgabeschluss."
MINUTE = timedelta(minutes=1)
EXTENDING = [
    (CLOSES, CLOSES, DURING, ""), (CLOSES, CLOSES, CLOSES - TICK, ""), (CLOSES, CLOSES, CLOSES, SCORING),
    (CLOSES, CLOSES + 60 * MINUTE, CLOSES + MINUTE, ""), (CLOSES, None, CLOSES + 15 * MINUTE - TICK, ""),
    (CLOSES, None, CLOSES + 15 * MINUTE, STILL_OVER), (None, None, DURING, NO_DEADLINE),
]  # fmt: skip


@pytest.mark.parametrize(("deadline", "scoring", "moment", "reason"), EXTENDING)
def test_when_the_deadline_may_be_moved(app, deadline, scoring, moment, reason):
    hackathon = a_planned_hackathon(submission_until=deadline, scoring_from=scoring, scoring_until=None)
    assert may_extend_deadline(a_person("organiser"), hackathon, 15, moment).reason == reason
