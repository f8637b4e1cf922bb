"""A partner proposes an event, a citizen subscribes the calendar, and the event moves past the clock change."""

import re
from datetime import UTC, date, timedelta

import pyotp
import pytest
from icalendar import Calendar

from ideenlab.core.clock import now
from ideenlab.core.jobs import JOBS
from ideenlab.core.passwords import hash_password
from tests.factories import a_partner, a_person, an_edition
from tests.journeys.conftest import latest_mail

pytestmark = pytest.mark.journey
PASSWORD = "Mond-und-Hase-7"


def last_sunday_of_october():
    """Of the next year: when the clock goes back."""
    last = date(now().year + 1, 10, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def at(day, hour):
    return f"{day.isoformat()}T{hour:02}:00"


def propose(editor, saturday):
    editor.open("/partner/zoo/veranstaltungen")
    editor.press("Neue Veranstaltung")
    editor.fill("Titel", "Nachts im Zoo")
    editor.fill("In ein bis zwei Sätzen", "Mit Taschenlampe zu den Eulen.")
    editor.fill("Beginn", at(saturday, 18))
    editor.fill("Ende", at(saturday, 20))
    editor.press("Entwurf speichern")
    editor.says("Noch sieht sie niemand sonst")
    editor.press("Vorschlagen")
    editor.says("Die Organisation sieht sie sich an")


def publish(head):
    head.open("/organisation/programm/vorschlaege")
    head.press("Nachts im Zoo")
    head.press("Im Programm veröffentlichen")
    head.says("„Nachts im Zoo“ steht im Programm")


def subscribe(citizen):
    """Signs up, and gets the address of a calendar."""
    citizen.open("/programm")
    citizen.press("Nachts im Zoo")
    citizen.press("Anmelden")
    citizen.says("Sie haben einen Platz")
    citizen.open("/programm/mein-plan")
    citizen.says("Nachts im Zoo")
    citizen.press("Adresse für meinen Kalender machen")
    citizen.says("nur dieses eine Mal")
    return re.search(r"/programm/kalender/[\w-]+\.ics", citizen.page.inner_text(".il-address"))[0]


def entry_at(app, address):
    """What a calendar program reads there, without signing in."""
    book = Calendar.from_ical(app.test_client().get(address).data)
    (event,) = book.walk("VEVENT")
    return event


def move(head, sunday):
    head.open("/organisation/programm")
    head.press("Nachts im Zoo")
    head.press("Veranstaltung ändern")
    head.fill("Beginn", at(sunday, 18))
    head.fill("Ende", at(sunday, 20))
    head.press("Speichern")
    head.says("ist verschoben")


def test_from_a_proposal_into_the_calendar_of_a_citizen(app, guest):
    sunday = last_sunday_of_october()
    saturday = sunday - timedelta(days=1)
    kept = {"password_hash": hash_password(PASSWORD)}
    writer = a_person(pseudonym="Zoe", email="zoe@example.org", **kept)
    visitor = a_person(pseudonym="Bo", email="bo@example.org", **kept)
    app_code = {"totp_secret": pyotp.random_base32(), "totp_confirmed_at": now()}
    organiser = a_person("organiser", email="leitung@example.org", **kept, **app_code)
    edition = an_edition(starts_on=saturday, ends_on=sunday + timedelta(days=3))
    a_partner(writer, slug="zoo", title="Zoo", edition=edition)

    editor = guest(scripts=False, size="phone")
    editor.sign_in(writer.email, PASSWORD)
    propose(editor, saturday)
    head = guest()
    head.sign_in(organiser.email, PASSWORD)
    head.fill("Code", pyotp.TOTP(organiser.totp_secret).now())
    head.press("Weiter")
    publish(head)
    assert "Nachts im Zoo" in latest_mail(writer.email)

    citizen = guest(size="phone", dark=True)
    citizen.sign_in(visitor.email, PASSWORD)
    address = subscribe(citizen)
    before = entry_at(app, address)
    assert (before.start.astimezone(UTC).hour, before.start.utcoffset(), before["sequence"]) == (
        16, timedelta(hours=2), 0
    )  # fmt: skip
    move(head, sunday)
    JOBS["events.tell"].work()  # the worker does this all the time
    after = entry_at(app, address)
    assert after["uid"] == before["uid"]
    assert (after.start.astimezone(UTC).hour, after.start.utcoffset(), after["sequence"]) == (17, timedelta(hours=1), 1)
    assert "18:00" in latest_mail(visitor.email)
    citizen.open("/programm/mein-plan")
    citizen.says("Verschoben")
