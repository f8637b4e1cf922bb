from datetime import timedelta

from icalendar import Calendar

from ideenlab.core.clock import now
from ideenlab.core.db import transaction
from ideenlab.events.actions import (
    end_calendar_link,
    forget_plan,
    make_calendar_link,
    plan_event,
    unplan_event,
)
from ideenlab.events.queries import (
    clashes_in,
    clashes_with,
    find_calendar_link,
    find_person_by_calendar,
    plan_calendar,
    plan_of,
)
from tests.factories import a_hackathon, a_person, a_registration, a_sign_up, an_event

HOUR = timedelta(hours=1)


def test_a_plan_holds_what_somebody_noted_where_they_signed_up_and_their_hackathons(app, count_queries):
    person, begin = a_person(), now().replace(microsecond=0) + timedelta(days=1)
    noted = an_event(starts_at=begin, ends_at=begin + 2 * HOUR)
    both = an_event(starts_at=begin + HOUR, ends_at=begin + 3 * HOUR, online_url="https://example.org/raum")
    waits = an_event(starts_at=begin + 3 * HOUR, ends_at=begin + 4 * HOUR)
    gone = an_event(state="cancelled", cancelled_reason="Krank", starts_at=begin, ends_at=begin + 9 * HOUR)
    withdrawn, strange = an_event(state="withdrawn"), an_event()
    show = an_event(format="exhibition", starts_at=begin - timedelta(days=2), ends_at=begin + timedelta(days=2))
    hackathon = a_hackathon(starts_at=begin + timedelta(days=5), ends_at=begin + timedelta(days=6))
    a_registration(hackathon, person)
    a_sign_up(both, person)
    a_sign_up(waits, person, state="waiting")
    a_sign_up(gone, person, state="cancelled")
    a_sign_up(strange, a_person())
    with transaction():
        for event in (noted, both, noted, show):
            plan_event(person, event=event)
    with transaction():
        withdrawn.state = "published"
        plan_event(person, event=withdrawn)
        withdrawn.state = "withdrawn"
    plan = plan_of(person)
    assert [(one.thing.id, one.part) for one in plan if one.event] == [
        (show.id, "planned"), *sorted([(noted.id, "planned"), (gone.id, "cancelled")], key=lambda pair: pair[0]),
        (both.id, "registered"), (waits.id, "waiting"),
    ]  # fmt: skip
    assert [one.hackathon for one in plan if one.hackathon] == [hackathon]
    assert count_queries(lambda: plan_of(person)) == 3
    clashes = {one.thing.id: [other.thing.id for other in others] for one, others in clashes_in(plan).items()}
    assert clashes == {noted.id: [both.id], both.id: [noted.id]}
    assert [one.thing for one in clashes_with(waits, plan)] == []
    assert [one.thing for one in clashes_with(an_event(starts_at=begin, ends_at=begin + 2 * HOUR), plan)] == [
        noted,
        both,
    ]

    book = {
        str(event["uid"]).split("@")[0]: event
        for event in Calendar.from_ical(plan_calendar(plan, name="Plan")).walk("VEVENT")
    }
    assert book[f"event-{gone.id}"]["status"] == "CANCELLED"
    assert "Krank" in book[f"event-{gone.id}"]["description"]
    assert book[f"event-{waits.id}"]["status"] == "TENTATIVE"
    assert "https://example.org/raum" in book[f"event-{both.id}"]["description"]
    assert book[f"event-{show.id}"]["dtstart"].params["VALUE"] == "DATE"
    assert len(book) == 6
    with transaction():
        unplan_event(person, event=noted)
    assert noted not in [one.event for one in plan_of(person)]


def test_a_calendar_is_read_at_its_newest_address_only(app):
    person = a_person()
    with transaction():
        first = make_calendar_link(person)
    assert find_person_by_calendar(first) == person
    with transaction():
        second = make_calendar_link(person)
    assert (find_person_by_calendar(first), find_person_by_calendar(second)) == (None, person)
    assert second not in find_calendar_link(person).secret_hash
    with transaction():
        end_calendar_link(person)
    assert find_person_by_calendar(second) is None
    with transaction():
        plan_event(person, event=an_event())
        third = make_calendar_link(person)
        forget_plan(person)
    assert (plan_of(person), find_person_by_calendar(third)) == ([], None)
