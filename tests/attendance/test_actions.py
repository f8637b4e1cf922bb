"""Whatever happens in whatever order: the counter is the number of rows, and never more than the places."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ideenlab.attendance.actions import (
    accept_offer,
    check_in,
    enter,
    enter_together,
    give_up,
    lapse_offers,
    lock_places,
    mark_no_show,
    offer_free_places,
    offer_place,
    undo_check_in,
)
from ideenlab.attendance.models import LIVING
from ideenlab.attendance.queries import (
    count_by_state,
    count_holding,
    find_by_ticket,
    ids_with_work,
    place_in_queue,
    waiting_rows,
)
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, NotAllowed
from ideenlab.hackathons.models import PLACES, Hackathon, Registration
from tests.factories import DAY, a_hackathon, a_person, a_registration


def entered(hackathon, person=None, **values):
    with transaction():
        row = Registration(hackathon=hackathon, person=person or a_person(), state="cancelled")
        db.session.add(row)
        lock_places(hackathon)
        enter(PLACES, row, **values)
    return row


def run(action, *args, **values):
    with transaction():
        return action(*args, **values)


def leave(row):
    lock_places(row.hackathon)
    give_up(PLACES, row)


def test_places_go_in_order_and_a_free_one_is_offered_to_who_waits_longest(app):
    hackathon = a_hackathon(places=1, starts_at=now() + DAY, ends_at=now() + 2 * DAY)
    first, second, third = (entered(hackathon) for _number in range(3))
    assert [row.state for row in (first, second, third)] == ["registered", "waiting", "waiting"]
    assert [place_in_queue(PLACES, row) for row in (second, third)] == [1, 2]
    assert first.ticket_code
    assert find_by_ticket(PLACES, hackathon, first.ticket_code.lower()) is first
    assert second.ticket_code is None
    run(leave, first)
    assert ids_with_work(PLACES, now()) == [hackathon.id]
    assert run(offer_free_places, PLACES, hackathon) == [second]
    assert (second.state, third.state, hackathon.registered_count) == ("offered", "waiting", 1)
    assert entered(hackathon).state == "waiting"  # nobody passes those who wait
    run(accept_offer, PLACES, second)
    assert (second.state, second.offered_until, hackathon.registered_count) == ("registered", None, 1)
    assert second.ticket_code
    assert ids_with_work(PLACES, now()) == []


def test_an_offer_that_nobody_takes_lapses_and_goes_to_the_next(app):
    hackathon = a_hackathon(places=1)
    first, second, third = (entered(hackathon) for _number in range(3))
    run(leave, first)
    run(offer_free_places, PLACES, hackathon)
    with transaction():
        second.offered_until = now() - timedelta(seconds=1)
    with pytest.raises(NotAllowed):
        run(accept_offer, PLACES, second)
    assert ids_with_work(PLACES, now()) == [hackathon.id]
    assert run(lapse_offers, PLACES, hackathon) == [second]
    assert run(lapse_offers, PLACES, hackathon) == []
    assert run(offer_free_places, PLACES, hackathon) == [third]
    assert count_by_state(PLACES, hackathon) == {"cancelled": 2, "offered": 1}


def test_a_group_has_all_its_places_or_none(app):
    hackathon = a_hackathon(places=3)
    rows = [entered(hackathon, asks_first=True) for _number in range(4)]
    with pytest.raises(Conflict):
        run(enter_together, PLACES, hackathon, rows)
    assert (hackathon.registered_count, {row.state for row in rows}) == (0, {"requested"})
    run(enter_together, PLACES, hackathon, rows[:3])
    assert (hackathon.registered_count, [row.state for row in rows]) == (3, ["registered"] * 3 + ["requested"])


def test_a_ticket_lets_in_once_and_says_since_when(app):
    row = a_registration(a_hackathon(), ticket_code="ABCDE23456")
    run(mark_no_show, row, absent=True)
    earlier = now() - timedelta(minutes=5)
    assert run(check_in, PLACES, row, by=row.person, at=earlier)
    assert not run(check_in, PLACES, row, by=None)
    assert (row.checked_in_at, row.checked_in_by_id, row.no_show_at) == (earlier, row.person_id, None)
    run(undo_check_in, row)
    assert run(check_in, PLACES, row, by=None)


def test_after_the_end_nothing_is_offered(app):
    hackathon = a_hackathon(places=1, ends_at=now() - timedelta(hours=2), starts_at=now() - DAY)
    first, _second = entered(hackathon), entered(hackathon)
    run(leave, first)
    assert run(offer_free_places, PLACES, hackathon) == []
    assert ids_with_work(PLACES, now()) == []


def come(hackathon, row, **values):
    if row.state not in LIVING:
        lock_places(hackathon)
        enter(PLACES, row, **values)


def resize(hackathon, by):
    hackathon.places = max(hackathon.places + by, hackathon.registered_count, 1)


DEEDS = {
    "enter": come,
    "ask": lambda hackathon, row: come(hackathon, row, asks_first=True),
    "give_up": lambda _hackathon, row: leave(row) if row.state in LIVING else None,
    "accept": lambda _hackathon, row: accept_offer(PLACES, row),
    "offer": lambda hackathon, _row: offer_free_places(PLACES, hackathon),
    "lapse": lambda hackathon, _row: lapse_offers(PLACES, hackathon),
    "by_hand": lambda _hackathon, row: offer_place(PLACES, row) if row.state == "waiting" else None,
    "more": lambda hackathon, _row: resize(hackathon, 1),
    "fewer": lambda hackathon, _row: resize(hackathon, -1),
}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(st.tuples(st.sampled_from(sorted(DEEDS)), st.integers(0, 4)), min_size=5, max_size=25))
def test_the_counter_is_always_the_number_of_rows(app, deeds):
    hackathon = a_hackathon(places=2)
    with transaction():
        rows = [Registration(hackathon=hackathon, person=a_person(), state="cancelled") for _number in range(5)]
        db.session.add_all(rows)
    for deed, number in deeds:
        with suppress(Conflict, NotAllowed):
            run(DEEDS[deed], hackathon, rows[number])
        kept = db.session.get(Hackathon, hackathon.id)
        assert kept.registered_count == count_holding(PLACES, kept) <= kept.places
        assert all(row.ticket_code for row in rows if row.state == "registered")
        assert [place_in_queue(PLACES, row) for row in waiting_rows(PLACES, kept)] == [
            number + 1 for number in range(len(waiting_rows(PLACES, kept)))
        ]
