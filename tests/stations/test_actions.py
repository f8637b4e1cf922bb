"""Stations: what comes in at the kiosk, on cards and with dots, and what of it counts."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.core.passwords import is_password
from ideenlab.history.models import Entry
from ideenlab.ideas.models import Claim, Idea
from ideenlab.ideas.queries import find_idea_by_code
from ideenlab.stations import actions
from ideenlab.stations.models import Card, Kiosk, Station
from ideenlab.stations.queries import (
    call_totals,
    cards_to_check,
    find_kiosk,
    find_station_by_link,
    station_totals_of,
    wall_of,
)
from tests.factories import DAY, a_call, a_person, a_station, an_idea

TEXT = "Mehr Bänke an der Hase, damit alle sich ausruhen können."
CODE = "ABCD-EFGH-2345"


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def enter(helper, station, **values):
    given = {
        "origin": "workshop", "title": "Bänke an der Hase", "text": TEXT, "topic": None, "code": "", "address": None,
        **values,
    }  # fmt: skip
    with transaction():
        return actions.enter_card(helper, station=station, **given)


def check(helper, card, *, alone=False, **values):
    given = {"title": card.title, "text": card.text, "topic": None, "agrees_to_licence": True, **values}
    with transaction():
        return actions.check_card(helper, card=card, alone=alone, **given)


def test_an_organiser_sets_a_station_up(app):
    organiser, call = a_person("organiser"), a_call()
    pin, pin_hash = actions.new_pin()
    with transaction():
        station, link = actions.make_station(
            organiser, call=call, name="  Rathaus ", active_until=now() + DAY, pin_hash=pin_hash
        )
    assert (station.name, find_station_by_link(link).id, len(pin), pin.isdigit()) == ("Rathaus", station.id, 6, True)
    assert is_password(pin, station.pin_hash)
    stored = repr([station.link_hash, station.pin_hash, [entry.note for entry in db.session.scalars(select(Entry))]])
    assert link not in stored
    assert pin not in stored
    assert find_station_by_link("") is None


@pytest.mark.parametrize(("values", "field"), [
    ({"name": "  "}, "name"), ({"name": "x" * 81}, "name"), ({"active_until": None}, "active_until"),
    ({"active_until": now() - DAY}, "active_until"),
])  # fmt: skip
def test_a_station_has_a_name_and_an_end(app, values, field):
    given = {"name": "Rathaus", "active_until": now() + DAY, **values}
    with pytest.raises(Invalid) as refused, transaction():
        actions.make_station(a_person("organiser"), call=a_call(), pin_hash="x", **given)
    assert refused.value.field == field
    db.session.rollback()
    assert count(Station) == 0


def opened(station):
    with transaction():
        return actions.open_kiosk(station)


def test_a_new_pin_a_new_link_or_the_end_closes_every_device(app):
    organiser, station = a_person("organiser"), a_station()
    for change in (
        lambda: actions.renew_pin(organiser, station=station, pin_hash="x"),
        lambda: actions.renew_link(organiser, station=station),
        lambda: actions.close_station(organiser, station=station),
    ):
        secret = opened(station)
        assert find_kiosk(secret).station_id == station.id
        with transaction():
            change()
        assert find_kiosk(secret) is None
    assert find_station_by_link(station.link) is None
    with pytest.raises(NotAllowed):
        opened(station)


def test_a_kiosk_ends_with_its_station(app):
    station = a_station()
    secret = opened(station)
    with transaction():
        station.active_until = now() - DAY
    assert find_kiosk(secret) is None
    for nothing in ("", "x" * 43):
        assert find_kiosk(nothing) is None


def give(station, **values):
    given = {"title": "Bänke an der Hase", "text": TEXT, "topic": None, "agrees_to_licence": True, **values}
    with transaction():
        return actions.give_idea_at(station, **given)


def test_an_idea_of_the_kiosk_has_no_author_and_a_code(app):
    station = a_station()
    idea, code = give(station)
    assert (idea.state, idea.origin, idea.author_id, idea.entered_by_id) == ("published", "workshop", None, None)
    assert find_idea_by_code(code).id == idea.id
    assert call_totals(station.call).ideas_kiosk == 1


def test_a_double_press_at_the_kiosk_gives_one_idea(app):
    station = a_station()
    first, old = give(station)
    second, code = give(station)
    assert (first.id, count(Idea), count(Card)) == (second.id, 1, 1)
    assert find_idea_by_code(code).id == first.id
    assert find_idea_by_code(old) is None


def test_pre_moderation_holds_for_the_kiosk_and_for_cards(app):
    station, helper = a_station(a_call(is_premoderated=True)), a_person("moderator")
    assert give(station)[0].state == "waiting"
    assert check(helper, enter(helper, station), alone=True).state == "waiting"
    assert wall_of(station.call).ideas == []


def test_three_hundred_ideas_of_one_hall_are_all_kept(app):
    station = a_station()
    for number in range(300):
        give(station, title=f"Idee Nummer {number}")
    assert call_totals(station.call).ideas_kiosk == 300


def test_a_card_is_nobodys_before_it_is_checked(app):
    station, first, second = a_station(), a_person("moderator"), a_person("moderator")
    card = enter(first, station, code=CODE)
    assert count(Idea) == 0
    assert find_idea_by_code(CODE) is None
    assert [one.id for one in cards_to_check(station)] == [card.id]
    idea = check(second, card, title="Bänke an der Hase!")
    assert (idea.title, idea.state, idea.origin, idea.entered_by_id) == (
        "Bänke an der Hase!", "published", "workshop", first.id
    )  # fmt: skip
    assert find_idea_by_code(CODE).id == idea.id
    assert (card.title, card.text, card.address, card.code_hash, card.by_one) == ("", "", None, None, False)
    assert cards_to_check(station) == []
    assert call_totals(station.call).ideas_paper == 1


def test_who_typed_it_in_checks_it_only_when_alone(app):
    station, helper = a_station(), a_person("moderator")
    card = enter(helper, station)
    with pytest.raises(NotAllowed, match="selbst eingetippt"):
        check(helper, card)
    db.session.rollback()
    check(helper, card, alone=True)
    assert card.by_one
    assert db.session.scalar(select(func.count()).where(Entry.note == "von einer Person geprüft")) == 1


def test_a_card_is_published_once(app):
    station, helper = a_station(), a_person("moderator")
    card = enter(helper, station)
    check(helper, card, alone=True)
    with pytest.raises(NotAllowed):
        check(helper, card, alone=True, title="Noch einmal", text=TEXT)
    db.session.rollback()
    assert count(Idea) == 1


def test_a_dropped_card_leaves_no_words(app):
    station, helper = a_station(), a_person("moderator")
    card = enter(helper, station, address="neu@example.org", code=CODE)
    with transaction():
        actions.drop_card(helper, card=card)
    assert (card.state, card.title, card.text, card.address, card.code_hash) == ("dropped", "", "", None, None)
    assert (count(Idea), count(Claim)) == (0, 0)


def test_the_address_on_a_card_gets_the_mail_when_it_is_checked(app):
    station, helper = a_station(), a_person("moderator")
    card = enter(helper, station, address="neu@example.org")
    assert count(Claim) == 0
    check(helper, card, alone=True)
    assert db.session.scalars(select(Claim.address)).all() == ["neu@example.org"]
    assert card.address is None


def test_a_code_is_on_one_card(app):
    station, helper = a_station(), a_person("moderator")
    card = enter(helper, station, code=CODE)
    for wrong in (CODE.lower(), "kurz"):
        with pytest.raises(Invalid):
            enter(helper, station, code=wrong)
        db.session.rollback()
    check(helper, card, alone=True)
    with pytest.raises(Invalid):
        enter(helper, station, code=CODE)


def test_a_helper_helps_at_their_station_only(app):
    organiser, helper, here, there = a_person("organiser"), a_person(), a_station(), a_station()
    with transaction():
        actions.add_helper(organiser, station=here, person=helper)
        actions.add_helper(organiser, station=here, person=helper)
    enter(helper, here)
    with pytest.raises(NotAllowed):
        enter(helper, there)
    db.session.rollback()
    with transaction():
        actions.remove_helper(organiser, station=here, person_id=helper.id)
    with pytest.raises(NotAllowed):
        enter(helper, here)
    with pytest.raises(Invalid):
        actions.add_helper(organiser, station=here, person=None)


def dots(helper, station, idea, number, *, checked_by=None, seen=None):
    with transaction():
        count = actions.count_dots(helper, station=station, idea=idea, dots=number)
    if checked_by:
        with transaction():
            actions.check_dots(checked_by, count=count, dots=number if seen is None else seen, alone=False)
    return count


def test_dots_count_with_two_signatures(app):
    one, two = a_person("moderator"), a_person("moderator")
    call = a_call()
    idea, station = an_idea(call, support_count=12), a_station(call, name="Rathaus")
    assert station_totals_of(idea) is None
    count = dots(one, station, idea, 20)
    assert station_totals_of(idea) is None
    with pytest.raises(NotAllowed), transaction():
        actions.check_dots(one, count=count, dots=20, alone=False)
    with pytest.raises(Invalid, match="20"), transaction():
        actions.check_dots(two, count=count, dots=21, alone=False)
    db.session.rollback()
    with transaction():
        actions.check_dots(two, count=count, dots=20, alone=False)
    totals = station_totals_of(idea)
    assert (totals.online, totals.by_station, totals.on_paper, totals.together) == (12, [("Rathaus", 20)], 20, 32)
    with pytest.raises((NotAllowed, Conflict)), transaction():
        actions.check_dots(two, count=count, dots=20, alone=False)


def test_a_correction_is_a_new_row_and_the_last_checked_one_counts(app):
    one, two = a_person("moderator"), a_person("moderator")
    call = a_call()
    idea, here, there = an_idea(call), a_station(call, name="A"), a_station(call, name="B")
    dots(one, here, idea, 20, checked_by=two)
    dots(one, there, idea, 5, checked_by=two)
    dots(two, here, idea, 18, checked_by=one)
    dots(one, here, idea, 99)
    assert station_totals_of(idea).by_station == [("A", 18), ("B", 5)]
    assert call_totals(call).dots == 23


@pytest.mark.parametrize("number", [-1, 100_001])
def test_a_count_has_limits(app, number):
    call = a_call()
    with pytest.raises(Invalid), transaction():
        actions.count_dots(a_person("moderator"), station=a_station(call), idea=an_idea(call), dots=number)


def test_dots_of_other_calls_hidden_ideas_and_nothing_are_refused(app):
    call = a_call()
    station, helper = a_station(call), a_person("moderator")
    for idea in (None, an_idea(), an_idea(call, state="hidden")):
        with pytest.raises(NotAllowed), transaction():
            actions.count_dots(helper, station=station, idea=idea, dots=1)
        db.session.rollback()


LEDGER = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 2), st.integers(0, 300), st.booleans()), max_size=12)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LEDGER)
def test_the_sum_is_that_of_the_last_checked_sheets(app, rows):
    one, two = a_person("moderator"), a_person("moderator")
    call = a_call()
    stations, ideas = [a_station(call), a_station(call)], [an_idea(call) for _ in range(3)]
    valid = {}
    for place, which, number, is_checked in rows:
        dots(one, stations[place], ideas[which], number, checked_by=two if is_checked else None)
        if is_checked:
            valid[place, which] = number
    assert call_totals(call).dots == sum(valid.values())
    for which, idea in enumerate(ideas):
        expected = [valid[place, which] for place in (0, 1) if (place, which) in valid]
        totals = station_totals_of(idea)
        assert (totals.on_paper if totals else None) == (sum(expected) if expected else None)


def test_the_wall_shows_released_ideas_and_what_moderators_leave_on_it(app):
    call, moderator = a_call(), a_person("moderator")
    for state in ("draft", "waiting", "hidden", "withdrawn"):
        an_idea(call, state=state)
    an_idea()
    first, second = an_idea(call, support_count=2), an_idea(call)
    assert [idea.id for idea in wall_of(call).ideas] == [second.id, first.id]
    before = wall_of(call).version
    with transaction():
        actions.take_off_wall(moderator, idea=second)
        actions.take_off_wall(moderator, idea=second)
    assert [idea.id for idea in wall_of(call).ideas] == [first.id]
    assert wall_of(call).version != before
    with transaction():
        actions.put_on_wall(moderator, idea=second)
    assert wall_of(call).version == before
    with transaction():
        actions.blank_wall(moderator, call=call)
    assert (wall_of(call).ideas, wall_of(call).is_blank, wall_of(call).idea_count) == ([], True, 2)
    with transaction():
        actions.show_wall(moderator, call=call)
    assert wall_of(call).version == before


def test_citizens_do_not_steer_the_wall(app):
    idea = an_idea()
    for act in (lambda p: actions.take_off_wall(p, idea=idea), lambda p: actions.blank_wall(p, call=idea.call)):
        with pytest.raises(NotAllowed), transaction():
            act(a_person())


def test_devices_whose_time_is_over_go(app):
    station = a_station()
    opened(station)
    secret = opened(station)
    with transaction():
        db.session.scalars(select(Kiosk).order_by(Kiosk.id)).first().expires_at = now() - DAY
    with transaction():
        actions.clean_up_kiosks()
    assert count(Kiosk) == 1
    assert find_kiosk(secret) is not None
