"""The plan of the pitches: drawn, swapped, followed."""

from datetime import timedelta

import pytest

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.pitches import actions
from ideenlab.pitches.actions import Timing
from ideenlab.pitches.maths import draw
from ideenlab.pitches.queries import find_plan, is_as_drawn, pitches_of, stages_of, times_drawn
from ideenlab.prototypes.actions import order_gallery
from ideenlab.prototypes.queries import gallery_of
from tests.audience.worlds import a_stage
from tests.factories import a_person


def timing(*rooms, minutes=3):
    return Timing(starts_at=now().replace(microsecond=0), minutes=minutes, change_minutes=2, rooms=rooms)


def a_plan(organiser, hackathon, *rooms, seed="Ziehung 4, 8, 15"):
    with transaction():
        actions.plan_pitches(organiser, hackathon=hackathon, timing=timing(*rooms), revision=0)
        return actions.draw_order(organiser, hackathon=hackathon, seed=seed, revision=1)


def order(hackathon):
    db.session.rollback()
    return [(pitch.room, pitch.position, pitch.prototype_id) for pitch in pitches_of(hackathon)]


def test_the_order_comes_from_the_seed_and_keeps_when_rooms_and_times_change(app):
    hackathon, prototypes = a_stage(5)
    organiser = a_person("organiser")
    plan = a_plan(organiser, hackathon, " Aula ", "", "Aula", "Labor")
    by_team = {prototype.team_id: prototype.id for prototype in prototypes}
    drawn = [by_team[team] for team in draw("Ziehung 4, 8, 15", by_team)]
    assert [number for _room, _position, number in order(hackathon)] == drawn
    assert [room for room, _position, _number in order(hackathon)] == ["Aula", "Labor", "Aula", "Labor", "Aula"]
    assert pitches_of(hackathon)[4].starts_at == plan.starts_at + timedelta(minutes=10)
    with transaction():
        actions.plan_pitches(organiser, hackathon=hackathon, timing=timing(minutes=5), revision=2)
    assert order(hackathon) == [("", place, number) for place, number in enumerate(drawn, 1)]
    plan = find_plan(hackathon)
    assert pitches_of(hackathon)[4].starts_at == plan.starts_at + timedelta(minutes=28)
    assert (is_as_drawn(plan), times_drawn(plan)) == (True, 1)


def test_two_teams_swap_and_an_older_page_is_refused(app):
    hackathon, _prototypes = a_stage(3)
    organiser = a_person("organiser")
    a_plan(organiser, hackathon)
    first, second, third = [number for _room, _position, number in order(hackathon)]
    one, _two, three = pitches_of(hackathon)
    with transaction():
        actions.swap_pitches(organiser, hackathon=hackathon, first=one, second=three, revision=2)
    assert [number for _room, _position, number in order(hackathon)] == [third, second, first]
    assert not is_as_drawn(find_plan(hackathon))
    for change in (
        lambda: actions.swap_pitches(organiser, hackathon=hackathon, first=one, second=three, revision=2),
        lambda: actions.draw_order(organiser, hackathon=hackathon, seed="", revision=2),
        lambda: actions.plan_pitches(organiser, hackathon=hackathon, timing=timing(), revision=0),
    ):
        with pytest.raises(Conflict), transaction():
            change()
    with pytest.raises(Invalid), transaction():
        actions.swap_pitches(organiser, hackathon=hackathon, first=one, second=one, revision=3)


def test_now_next_and_after_that(app):
    hackathon, _prototypes = a_stage(4)
    organiser = a_person("organiser")
    plan = a_plan(organiser, hackathon)
    one, two, three, four = pitches_of(hackathon)
    with transaction():
        actions.set_pitch_state(organiser, pitch=one, state="running")
    with transaction():
        actions.set_pitch_state(organiser, pitch=two, state="absent")
        actions.set_pitch_state(organiser, pitch=three, state="running")
    (stage,) = stages_of(plan)
    assert (one.state, stage.running.id, [each.id for each in stage.coming]) == ("done", three.id, [four.id])
    assert one.ended_at
    with pytest.raises(NotAllowed), transaction():
        actions.draw_order(organiser, hackathon=hackathon, seed="noch einmal", revision=2)
    with pytest.raises(Invalid), transaction():
        actions.swap_pitches(organiser, hackathon=hackathon, first=four, second=three, revision=2)
    with transaction():
        actions.set_pitch_state(organiser, pitch=two, state="planned")
    (stage,) = stages_of(plan)
    assert [each.id for each in stage.coming] == [two.id, four.id]


def test_late_teams_come_last_and_hidden_ones_are_left_out(app):
    hackathon, prototypes = a_stage(3)
    organiser = a_person("organiser")
    with transaction():
        prototypes[0].hidden_at = now()
    a_plan(organiser, hackathon)
    with transaction():
        prototypes[0].hidden_at = None
        actions.add_late_teams(organiser, hackathon=hackathon, revision=2)
    assert order(hackathon)[2] == ("", 3, prototypes[0].id)
    with transaction():
        prototypes[1].hidden_at = now()
    assert prototypes[1].id not in [number for _room, _position, number in order(hackathon)]


def test_the_order_waits_for_the_deadline(app):
    hackathon, _prototypes = a_stage(1)
    organiser = a_person("organiser")
    with transaction():
        hackathon.submission_until = now() + timedelta(hours=1)
    with pytest.raises(NotAllowed) as refused:
        a_plan(organiser, hackathon)
    assert "Reihenfolge gelost werden" in str(refused.value)
    with pytest.raises(NotAllowed), transaction():
        actions.plan_pitches(a_person("moderator"), hackathon=hackathon, timing=timing(), revision=0)


MOVES = [
    ({2: 1}, [1, 0, 2, 3]), ({1: 4}, [1, 2, 3, 0]), ({4: 2}, [0, 3, 1, 2]), ({1: 3, 3: 1}, [2, 1, 0, 3]),
    ({}, [0, 1, 2, 3]),
]  # fmt: skip


def test_the_gallery_is_put_in_order_by_numbers(app):
    hackathon, _prototypes = a_stage(4)
    organiser = a_person("organiser")
    for moves, expected in MOVES:
        with transaction():
            for prototype, _hand_in in gallery_of(hackathon):
                prototype.gallery_position = None
        standing = [prototype.id for prototype, _hand_in in gallery_of(hackathon)]
        places = {standing[old - 1]: new for old, new in moves.items()}
        with transaction():
            order_gallery(organiser, hackathon=hackathon, places=places, seen=standing)
        assert [standing.index(prototype.id) for prototype, _ in gallery_of(hackathon)] == expected, moves
    with pytest.raises(Conflict), transaction():
        order_gallery(organiser, hackathon=hackathon, places={}, seen=standing[::-1])
