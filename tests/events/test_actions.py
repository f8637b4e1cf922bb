"""Places at events: with an account, with an address only, by telephone; moved, cancelled, reminded, forgotten."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.core.i18n import moment
from ideenlab.core.jobs import JOBS
from ideenlab.events import actions
from ideenlab.events.models import Event, SignUp
from ideenlab.events.queries import find_sign_up_by_secret, further_partners_of, link_secret, published_events
from ideenlab.mail.models import Mail
from ideenlab.programme.models import Edition
from tests.factories import DAY, a_partner, a_person, a_sign_up, an_edition, an_event

LONG_AGO = timedelta(days=3)


def subjects(address):
    return list(db.session.scalars(select(Mail.subject).where(Mail.recipient == address).order_by(Mail.id)))


def guest(event, email="anna@example.org", **values):
    with transaction():
        return actions.sign_up_guest(event=event, name="Anna", email=email, sequence=event.sequence, **values)


def plan(event, **values):
    given = {
        "title": event.title, "edition": event.edition, "starts_at": event.starts_at, "ends_at": event.ends_at,
        "sign_up": event.sign_up, "places": event.places,
    }  # fmt: skip
    return actions.EventPlan(**{**given, **values})


def told():
    """What the worker writes, which is not done in a request."""
    JOBS["events.tell"].work()


def test_with_an_account_one_press_is_enough_and_the_next_ones_wait(app):
    event, first, second = an_event(places=1), a_person(), a_person()
    with transaction():
        states = [actions.sign_up(person, event=event, sequence=0).state for person in (first, second)]
    assert (states, event.registered_count) == (["registered", "waiting"], 1)
    assert [*map(subjects, (first.email, second.email))] == [
        [f"Sie haben einen Platz: {event.title}"], [f"Sie stehen auf der Warteliste: {event.title}"],
    ]  # fmt: skip
    mail = db.session.scalars(select(Mail).where(Mail.recipient == first.email)).one()
    code = db.session.scalars(select(SignUp.ticket_code).where(SignUp.person_id == first.id)).one()
    assert code in mail.text
    assert mail.qr_text.endswith(f"/organisation/programm/{event.id}/einlass#code={code}")
    with pytest.raises(NotAllowed), transaction():
        actions.sign_up(first, event=event, sequence=0)
    with transaction():
        actions.give_back(db.session.scalars(select(SignUp).where(SignUp.person_id == first.id)).one())
    waiting = db.session.scalars(select(SignUp).where(SignUp.person_id == second.id)).one()
    assert (waiting.state, event.registered_count) == ("offered", 1)
    with transaction():
        actions.take_place(waiting)
    assert (waiting.state, event.registered_count) == ("registered", 1)


def test_an_editor_writes_to_all_five_times_a_day_at_most(app):
    editor, organiser = a_person(), a_person("organiser")
    event = an_event(partner=a_partner(editor))
    with transaction():
        for number in range(4):
            actions.write_to_all(editor, event=event, title=f"Bus {number}", text="Linie 7")
        actions.edit_event(
            editor, event=event, plan=plan(event, partner=event.partner, places=9), revision=event.revision
        )
        later = plan(event, partner=event.partner, starts_at=event.starts_at + DAY, ends_at=event.ends_at + DAY)
        actions.edit_event(editor, event=event, plan=later, revision=event.revision)
    for again in (
        lambda: actions.write_to_all(editor, event=event, title="Bus 9", text="Linie 7"),
        lambda: actions.edit_event(
            editor, event=event, plan=plan(event, partner=event.partner, room="9"), revision=event.revision
        ),
    ):
        with pytest.raises(NotAllowed), transaction():
            again()
    with transaction():
        actions.write_to_all(organiser, event=event, title="Bus 9", text="Linie 7")


def test_made_up_addresses_hold_half_of_the_places_at_most(app):
    event = an_event(places=4)
    states = [guest(event, f"robot{number}@example.org").state for number in range(4)]
    assert (states, event.registered_count) == (["offered", "offered", "requested", "requested"], 2)
    with transaction():
        assert actions.sign_up(a_person(), event=event, sequence=0).state == "registered"


def test_without_an_account_the_place_is_certain_when_the_link_was_pressed(app):
    event = an_event(places=2)
    row = guest(event, email="anna@example.org")
    assert (row.state, row.confirmed_at, event.registered_count) == ("offered", None, 1)
    secret = link_secret(row.ticket_code)
    mail = db.session.scalars(select(Mail).where(Mail.recipient == "anna@example.org")).one()
    assert f"/anmeldung/{secret}" in mail.text
    assert f"Wir halten den Platz bis {moment(row.offered_until)} frei." in mail.text
    assert secret not in (row.link_hash, row.ticket_code)
    again = guest(event, email="anna@example.org")
    assert (again.id, event.registered_count) == (row.id, 1)
    with transaction():
        actions.take_place(find_sign_up_by_secret(secret))
    assert (row.state, row.confirmed_at is not None) == ("registered", True)
    guest(event, email="anna@example.org")
    assert subjects("anna@example.org") == [
        f"Bitte bestätigen: {event.title}", f"Bitte bestätigen: {event.title}",
        f"Sie haben einen Platz: {event.title}", f"Sie haben einen Platz: {event.title}",
    ]  # fmt: skip
    with transaction():
        actions.give_back(row)
    assert (row.state, event.registered_count) == ("cancelled", 0)
    with transaction():
        actions.sign_up_again(row)
    assert (row.state, event.registered_count) == ("registered", 1)


def test_nobody_opened_the_mail_nothing_is_kept_and_the_place_goes_on(app):
    event = an_event(places=1)
    first = guest(event, email="erste@example.org")
    second = guest(event, email="zweite@example.org")
    assert (first.state, second.state) == ("offered", "requested")
    with transaction():
        actions.take_place(second)
    assert second.state == "waiting"
    with transaction():
        first.offered_until = now() - timedelta(minutes=1)
    with transaction():
        actions.move_up(event)
    left = list(db.session.scalars(select(SignUp).order_by(SignUp.id)))
    assert [(row.email, row.state) for row in left] == [("zweite@example.org", "offered")]
    assert len(subjects("erste@example.org")) == 1
    third = guest(event, email="dritte@example.org")
    with transaction():
        third.created_at = now() - 2 * DAY
        assert actions.drop_unproved() == 1
    assert event.registered_count == 1


def test_an_account_takes_over_what_its_address_signed_up_for(app):
    event, person = an_event(places=5), a_person()
    row = guest(event, email=person.email)
    with transaction():
        mine = actions.sign_up(person, event=event, sequence=0)
    assert (mine.id, mine.state, mine.person, mine.email, event.registered_count) == (
        row.id, "registered", person, None, 1,
    )  # fmt: skip


def test_who_saw_the_old_time_sees_the_new_one_before_it_counts(app):
    event = an_event()
    with transaction():
        event.sequence = 3
    for act in (
        lambda: actions.sign_up(a_person(), event=event, sequence=2),
        lambda: actions.sign_up_guest(event=event, name="A", email="a@example.org", sequence=2),
    ):
        with pytest.raises(actions.Moved), transaction():
            act()
    assert db.session.scalars(select(SignUp)).all() == []


def test_a_move_is_told_once_to_everybody_with_a_place(app):
    organiser, event, person = a_person("organiser"), an_event(), a_person()
    with transaction():
        actions.sign_up(person, event=event, sequence=0)
        actions.enter_sign_up(organiser, event=event, guest=actions.Guest("Herr Telefon", phone="0541 1"))
    guest(event, email="offen@example.org")  # never confirmed: hears nothing more
    later = plan(event, partner=event.partner, starts_at=event.starts_at + DAY, ends_at=event.ends_at + DAY)
    with transaction():
        actions.edit_event(organiser, event=event, plan=later, revision=1)
    assert len(subjects(person.email)) == 1
    told()
    assert (event.sequence, event.revision, event.moved_at is not None) == (1, 2, True)
    assert subjects(person.email)[1:] == [f"Verschoben: {event.title}"]
    assert len(subjects("offen@example.org")) == 1
    with transaction():
        actions.edit_event(organiser, event=event, plan=plan(event, summary="Neu"), revision=2)
    told()
    assert len(subjects(person.email)) == 2
    with pytest.raises(Conflict), transaction():
        actions.edit_event(organiser, event=event, plan=plan(event), revision=2)


def test_a_cancelled_event_tells_everybody_and_ends_all_places(app):
    organiser, event, person = a_person("organiser"), an_event(places=1), a_person()
    with transaction():
        actions.sign_up(person, event=event, sequence=0)
        actions.enter_sign_up(organiser, event=event, guest=actions.Guest("Berta", email="berta@example.org"))
    gone = a_sign_up(event, a_person(), state="cancelled", confirmed_at=now())  # gave it back: hears nothing more
    with pytest.raises(Invalid), transaction():
        actions.cancel_event(organiser, event=event, reason=" ")
    with pytest.raises(NotAllowed), transaction():
        actions.withdraw_event(organiser, event=event)
    with transaction():
        assert actions.cancel_event(organiser, event=event, reason="Sturm") == 2
    told()
    states = set(db.session.scalars(select(SignUp.state).where(SignUp.event_id == event.id)))
    assert (event.state, event.registered_count, states) == ("cancelled", 0, {"cancelled"})
    assert subjects("berta@example.org")[-1] == subjects(person.email)[-1] == f"Abgesagt: {event.title}"
    assert subjects(gone.person.email) == []
    with transaction():
        assert actions.move_up(event) == 0


def test_the_day_before_everybody_is_reminded_once(app):
    event = an_event(starts_at=now() + timedelta(hours=20), ends_at=now() + timedelta(hours=22))
    early = a_sign_up(event, a_person(), created_at=now() - LONG_AGO, confirmed_at=now())
    late = a_sign_up(event, a_person(), confirmed_at=now())
    for _time in range(2):
        with transaction():
            actions.remind_some()
    assert subjects(early.person.email) == [f"Bald: {event.title}"]
    assert subjects(late.person.email) == []


def test_at_the_door_a_code_counts_once_and_who_is_unknown_is_told_so(app):
    organiser, event = a_person("organiser"), an_event(places=2)
    row = a_sign_up(event, confirmed_at=now())
    with transaction():
        found, first = actions.check_in_by_code(organiser, event=event, code=row.ticket_code.lower())
        _found, again = actions.check_in_by_code(organiser, event=event, code=row.ticket_code)
    assert (found, first, again) == (row, True, False)
    with pytest.raises(Invalid), transaction():
        actions.check_in_by_code(organiser, event=an_event(), code=row.ticket_code)
    with transaction():
        actions.take_back_check_in(organiser, sign_up=row)
        actions.note_absence(organiser, sign_up=row, absent=True)
        walked = actions.enter_sign_up(organiser, event=event, guest=actions.Guest("Zufall"), is_here=True)
    assert (row.checked_in_at, row.no_show_at is not None, walked.checked_in_at is not None) == (None, True, True)
    with pytest.raises(Conflict), transaction():
        actions.enter_sign_up(organiser, event=event, guest=actions.Guest("Noch wer"), is_here=True)
    with transaction():
        actions.cancel_for(organiser, sign_up=walked)
    assert event.registered_count == 1


def test_a_letter_reaches_who_has_a_place_and_a_second_click_nobody(app):
    organiser, event = a_person("organiser"), an_event(places=1)
    row, _wait = a_sign_up(event, confirmed_at=now()), a_sign_up(event, state="waiting", confirmed_at=now())
    with transaction():
        sent = [actions.write_to_all(organiser, event=event, title="Bus", text="Linie 7") for _time in range(2)]
        actions.cancel_event(organiser, event=event, reason="Sturm")  # before the worker came to the letter
    told()
    assert (sent, subjects(row.email)) == ([1, 0], ["Bus", f"Abgesagt: {event.title}"])


def test_many_are_told_a_few_at_a_time_and_a_worker_that_falls_goes_on_where_it_was(app):
    organiser, event = a_person("organiser"), an_event(places=9)
    rows = [a_sign_up(event, confirmed_at=now()) for _number in range(3)]
    later = plan(event, starts_at=event.starts_at + DAY, ends_at=event.ends_at + DAY)
    with transaction():
        actions.edit_event(organiser, event=event, plan=later, revision=1)
        actions.write_to_all(organiser, event=event, title="Bus", text="Linie 7")
    with transaction():
        assert (actions.tell_some(most=2), actions.send_some(most=2)) == (2, 2)
    with pytest.raises(RuntimeError), transaction():
        assert (actions.tell_some(most=2), actions.send_some(most=2)) == (1, 1)
        raise RuntimeError
    told()
    assert [sorted(subjects(row.email)) for row in rows] == [["Bus", f"Verschoben: {event.title}"]] * 3


def test_a_closed_account_and_time_leave_only_numbers(app):
    event, person, other = an_event(places=1), a_person(), a_person()
    with transaction():
        actions.sign_up(person, event=event, sequence=0)
        waiting = actions.sign_up(other, event=event, sequence=0)
    with transaction():
        actions.leave_events(person)
    assert waiting.state == "offered"
    over = an_event(starts_at=now() - 40 * DAY, ends_at=now() - 39 * DAY)
    old = a_sign_up(over, a_person(), phone="0541", note="Rollstuhl", confirmed_at=now())
    with transaction():
        counted = [actions.forget_sign_ups(days=30) for _time in range(2)]
    assert (counted, old.name, old.email, old.phone, old.note, old.person_id, old.link_hash) == (
        [1, 0], "", None, "", "", None, None,
    )  # fmt: skip
    assert over.registered_count == 1


def test_places_are_locked_also_where_place_and_partner_were_read_along(app):
    event, person = an_event(), a_person()
    a_sign_up(event, person, confirmed_at=now())
    number, mine = event.edition_id, person.id
    db.session.expunge_all()
    with transaction():
        (event,) = published_events(db.session.get(Edition, number))
        assert actions.move_up(event) == 0
    db.session.expunge_all()
    with transaction():
        actions.leave_events(db.session.get(Person, mine))
    assert db.session.scalars(select(SignUp.state)).all() == ["cancelled"]


def test_an_event_is_planned_copied_published_and_taken_back(app):
    organiser, edition = a_person("organiser"), an_edition()
    wanted = {"title": "Drohnen", "edition": edition, "starts_at": now() + DAY, "ends_at": now() + 2 * DAY}
    with transaction():
        hall = actions.create_venue(organiser, title="Halle", address="Hafen 1", is_accessible=True)
        event = actions.create_event(organiser, plan=actions.EventPlan(**wanted, series="Technik", venue=hall))
        copy = actions.duplicate_event(organiser, event=event)
        actions.publish_event(organiser, event=event)
    assert (event.state, copy.state, copy.series_id == event.series_id, copy.venue) == (
        "published",
        "draft",
        True,
        hall,
    )
    assert list(further_partners_of(copy)) == []
    with transaction():
        actions.withdraw_event(organiser, event=event)
        actions.edit_venue(
            organiser, venue=hall, title="Hafenhalle", address="", access_notes="Rampe", is_accessible=True, revision=1
        )
    assert (event.state, hall.title, hall.revision) == ("withdrawn", "Hafenhalle", 2)
    bad = [
        {"ends_at": wanted["starts_at"]}, {"title": " "}, {"places": 0},
        {"sign_up": "elsewhere"}, {"sign_up": "elsewhere", "sign_up_url": "http://example.org"},
        {"online_url": "javascript:alert(1)"}, {"online_url": "https://127.0.0.1/x"},
    ]  # fmt: skip
    for values in bad:
        with pytest.raises(Invalid), transaction():
            actions.create_event(organiser, plan=actions.EventPlan(**{**wanted, **values}))
    assert len(db.session.scalars(select(Event)).all()) == 2
