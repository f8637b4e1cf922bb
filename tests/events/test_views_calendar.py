"""Calendars, the plan and the page to print, as somebody opens them."""

import re
from datetime import UTC, datetime, timedelta

from icalendar import Calendar

from ideenlab.core.clock import now
from tests.factories import a_hackathon, a_partner, a_person, a_sign_up, a_topic, an_edition, an_event

HOUR = timedelta(hours=1)


def uids(response):
    assert (response.status_code, response.mimetype) == (200, "text/calendar")
    return {str(event["uid"]).partition("@")[0] for event in Calendar.from_ical(response.data).walk("VEVENT")}


def test_the_programme_is_a_calendar_with_the_filters_of_the_list(client):
    edition = an_edition()
    topic, other = a_topic(edition, title="Kultur"), a_topic(edition)
    begin = datetime.combine(edition.starts_on, datetime.min.time(), UTC) + 12 * HOUR
    times = {"starts_at": begin, "ends_at": begin + HOUR}
    shown = an_event(edition=edition, topic=topic, is_for_families=True, **times)
    called_off = an_event(edition=edition, topic=other, state="cancelled", **times)
    an_event(edition=edition, topic=topic, state="proposed", **times)
    hackathon = a_hackathon(edition=edition)
    whole = client.get("/programm.ics")
    assert uids(whole) == {f"event-{shown.id}", f"event-{called_off.id}", f"hackathon-{hackathon.id}"}
    for words in (f"thema={topic.slug}", "familien=ja", f"tag={edition.starts_on}&thema={topic.slug}"):
        assert uids(client.get(f"/programm.ics?{words}")) == {f"event-{shown.id}"}, words
    again = client.get("/programm.ics", headers={"If-None-Match": whole.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert uids(client.get(f"/veranstaltung/{shown.id}.ics")) == {f"event-{shown.id}"}
    assert b"/en/veranstaltung/" in client.get(f"/en/veranstaltung/{shown.id}.ics").data
    for gone in ("/veranstaltung/99999999999.ics", f"/veranstaltung/{an_event(state='draft').id}.ics"):
        assert client.get(gone).status_code == 404


def test_a_personal_calendar_is_shown_once_read_without_signing_in_and_ended(client):
    person = a_person()
    event = an_event(online_url="https://example.org/geheimer-raum")
    a_sign_up(event, person)
    client.sign_in(person)
    page = client.post("/programm/mein-plan/kalender").text
    (address,) = set(re.findall(r"http://localhost(/programm/kalender/[\w-]{43}\.ics)", page))
    assert address not in client.get("/programm/mein-plan").text
    client.sign_out()
    book = client.get(address)
    assert uids(book) == {f"event-{event.id}"}
    assert b"geheimer-raum" in book.data
    assert "private" in book.headers["Cache-Control"]
    assert b"geheimer-raum" not in client.get(f"/veranstaltung/{event.id}.ics").data
    client.sign_in(person)
    (newer,) = re.findall(
        r"http://localhost(/programm/kalender/[\w-]{43}\.ics)", client.post("/programm/mein-plan/kalender").text
    )[:1]
    assert [client.get(each).status_code for each in (address, newer)] == [404, 200]
    client.post("/programm/mein-plan/kalender/beenden")
    assert client.get(newer).status_code == 404
    assert client.get(f"/programm/kalender/{'x' * 43}.ics").status_code == 404


def test_a_plan_warns_of_what_is_at_the_same_time(client):
    person, begin = a_person(), now() + 30 * HOUR
    first = an_event(title="Löten", starts_at=begin, ends_at=begin + 2 * HOUR)
    second = an_event(title="Nähen", starts_at=begin + HOUR, ends_at=begin + 3 * HOUR)
    client.sign_in(person)
    assert "Ihr Plan ist leer" in client.get("/programm/mein-plan").text
    assert client.post(f"/veranstaltung/{first.id}/merken").location == f"/veranstaltung/{first.id}"
    page = client.get(f"/veranstaltung/{second.id}").text
    assert "Zu dieser Zeit haben Sie schon etwas vor" in page
    client.post(f"/veranstaltung/{second.id}/merken")
    plan = client.get("/programm/mein-plan").text
    assert plan.count("Zur selben Zeit") == 2
    client.post(f"/veranstaltung/{first.id}/streichen", data={"from": "plan"})
    plan = client.get("/programm/mein-plan").text
    assert ("Löten" in plan, "Nähen" in plan, "Zur selben Zeit" in plan) == (True, True, False)  # once in the message
    assert "Löten" not in client.get("/programm/mein-plan").text
    client.sign_out()
    assert client.post(f"/veranstaltung/{first.id}/merken").status_code == 401


def test_the_printed_programme_says_what_was_left_out(client, count_queries):
    edition, person = an_edition(), a_person()
    partner = a_partner(title="Zoo")
    begin = datetime.combine(edition.starts_on, datetime.min.time(), UTC) + 12 * HOUR
    for number in range(4):
        an_event(
            edition=edition, title=f"Nummer {number}", partner=partner if number else None, is_accessible=True,
            starts_at=begin + number * 24 * HOUR, ends_at=begin + number * 24 * HOUR + HOUR,
        )  # fmt: skip
    whole = client.get("/programm/druck").text
    assert (whole.count("il-print__entry"), whole.count('il-print__day"')) == (4, 4)
    some = client.get(f"/programm/druck?partner={partner.id}&barrierefrei=ja").text
    assert some.count("il-print__entry") == 3
    assert "Nur: Zoo, Barrierefrei" in some
    assert "/programm/druck?partner=" in client.get(f"/programm?partner={partner.id}").text
    few = count_queries(lambda: client.get("/programm.ics"))
    for _each in range(6):
        an_event(edition=edition, partner=a_partner(), starts_at=begin, ends_at=begin + HOUR)
    assert count_queries(lambda: client.get("/programm.ics")) == few
    assert person.id
