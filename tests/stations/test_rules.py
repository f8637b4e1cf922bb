"""Who may do what at a station, as a table."""

import pytest

from ideenlab.core.clock import now
from ideenlab.stations.models import Card, DotCount
from ideenlab.stations.rules import (
    may_check_card,
    may_check_count,
    may_count_dots,
    may_give_idea_at,
    may_help_at,
    may_manage_stations,
    may_open_kiosk,
    may_steer_wall,
)
from tests.factories import DAY, a_call, a_person, a_station, an_idea


@pytest.mark.parametrize(
    ("role", "manages", "helps", "steers"),
    [
        (None, False, False, False), ("juror", False, False, False), ("moderator", False, True, True),
        ("organiser", True, True, True), ("administrator", True, True, True),
    ],
)  # fmt: skip
def test_roles(app, role, manages, helps, steers):
    person = a_person(*[role] if role else [])
    verdicts = may_manage_stations(person), may_help_at(person, a_station(), now()), may_steer_wall(person)
    assert tuple(map(bool, verdicts)) == (manages, helps, steers)
    assert all(verdict or verdict.reason for verdict in verdicts)


def test_nobody_signed_in_steers_nothing(app):
    assert not may_steer_wall(None)


def test_the_kiosk_is_open_as_long_as_station_and_call_are(app):
    over = a_station(active_until=now() - DAY)
    assert "offen" in may_open_kiosk(over, now()).reason
    assert not may_give_idea_at(over, now())
    assert "konnten bis" in may_give_idea_at(a_station(a_call(open_phases=())), now()).reason
    assert may_give_idea_at(a_station(), now())


def test_paper_is_typed_in_after_the_hall_has_closed(app):
    assert may_help_at(a_person("moderator"), a_station(active_until=now() - DAY), now())


def test_whoever_is_suspended_does_not_help(app):
    person = a_person("moderator", suspended_until=now() + DAY, suspended_reason="Grund")
    assert "Grund" in may_help_at(person, a_station(), now()).reason


@pytest.mark.parametrize(
    ("state", "own", "alone", "allowed"),
    [
        ("entered", False, False, True), ("entered", True, False, False), ("entered", True, True, True),
        ("checked", False, True, False), ("dropped", False, True, False),
    ],
)  # fmt: skip
def test_four_eyes_for_cards(app, state, own, alone, allowed):
    person, station = a_person("moderator"), a_station()
    card = Card(station=station, state=state, entered_by_id=person.id if own else a_person().id)
    assert bool(may_check_card(person, card, now(), alone=alone)) == allowed


@pytest.mark.parametrize(
    ("checked", "own", "alone", "allowed"),
    [(False, False, False, True), (False, True, False, False), (False, True, True, True), (True, False, True, False)],
)
def test_four_eyes_for_dots(app, checked, own, alone, allowed):
    person, station = a_person("moderator"), a_station()
    count = DotCount(
        station=station, entered_by_id=person.id if own else a_person().id, checked_by_id=1 if checked else None
    )
    assert bool(may_check_count(person, count, now(), alone=alone)) == allowed


def test_dots_are_for_published_ideas_of_the_call(app):
    call = a_call()
    person, station = a_person("moderator"), a_station(call)
    assert may_count_dots(person, station, an_idea(call), now())
    for idea in (None, an_idea(), an_idea(call, state="hidden"), an_idea(call, state="draft")):
        assert "gibt es in diesem Ideenaufruf nicht" in may_count_dots(person, station, idea, now()).reason
