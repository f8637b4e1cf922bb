"""Seven jurors on their phones: one without network for a while, one with a conflict of interest, one too late."""

import pytest
from playwright.sync_api import Error as PlaywrightError

from ideenlab.jury.models import Recusal
from ideenlab.jury.queries import criteria_of
from tests.factories import a_person, saved
from tests.jury.world import a_juror, ballot_of, close_scoring, handed_in, scored_hackathon

pytestmark = pytest.mark.journey
KEPT = (
    """async (text) => (await (await caches.match(location.href, {ignoreVary: true}))?.text() || '').includes(text)"""
)
NAMES = ("Ada", "Bo", "Cem", "Dora", "Emil", "Fee", "Gül")


def choose(juror, criterion, points):
    group = juror.page.get_by_role("group", name=criterion)
    group.get_by_role("radio", name=points, exact=True).check()


def waits_for(juror, state):
    juror.page.locator(f'[data-autosave-state][data-state="{state}"]').wait_for()


def left(juror, text):
    juror.page.locator("[data-ballot-left]", has_text=text).wait_for()


@pytest.fixture
def hall(guest, client):
    """The hackathon, its prototype, and everybody in front of the queue on a phone of their own."""
    hackathon = scored_hackathon("2", "1")
    prototype = handed_in(hackathon, team="Team Parkfinder")
    seats, phones = {}, {}
    for name in NAMES:
        seats[name] = a_juror(hackathon, a_person("juror"), name=name)
    saved(Recusal(juror=seats["Gül"], team_id=prototype.team_id, state="declared", reason="Verwandt"))
    for number, name in enumerate(NAMES):
        phones[name] = guest(size="phone", dark=number % 2 == 0)
        client.sign_in(seats[name].person)
        cookie = {"name": "session", "value": client.get_cookie("session").value, "url": phones[name].address}
        phones[name].context.add_cookies([cookie])
        phones[name].open("/jury")
    return hackathon, prototype, seats, phones


def is_offline_for_a_while(dora, seat, prototype, first, second):
    dora.page.context.set_offline(True)
    choose(dora, first, "2")
    waits_for(dora, "waiting")
    choose(dora, second, "1,5")
    left(dora, "Alle Kriterien sind ausgefüllt.")  # counted without network
    assert ballot_of(seat, prototype) is None
    dora.page.reload()
    waits_for(dora, "waiting")
    left(dora, "Alle Kriterien sind ausgefüllt.")  # loaded again without network: nothing is lost
    dora.page.goto(f"{dora.address}/jury/prototyp/{prototype.id + 1}")
    dora.says("war auf diesem Gerät noch nicht offen")
    dora.page.go_back()
    dora.page.context.set_offline(False)
    dora.page.locator("[data-autosave-left]", has_text="Alle Kriterien sind ausgefüllt.").wait_for(state="attached")
    assert dora.page.get_by_role("radio", checked=True).count() == 2


def signs_out_and_leaves_nothing(dora, prototype):
    waits_for(dora, "saved")
    dora.page.wait_for_function(KEPT, arg='value="2" checked=""')  # the kept page is as new as the last save
    dora.complaints.clear()  # that there was no network
    dora.open("/mein-bereich")
    dora.press("Abmelden")
    assert dora.page.evaluate("caches.has('ballot-pages')") is False
    dora.page.context.set_offline(True)
    with pytest.raises(PlaywrightError):
        dora.page.goto(f"{dora.address}/jury/prototyp/{prototype.id}")


def somebody_else_takes_the_phone(client, hackathon, ada, prototype):
    """Signed in over the one before, as a printed card does."""
    ada.page.goto(f"{ada.address}/jury/prototyp/{prototype.id}")
    ada.page.wait_for_function(KEPT, arg="Team Parkfinder")
    client.sign_in(a_juror(hackathon, a_person("juror"), name="Hedi").person)
    ada.context.add_cookies([{"name": "session", "value": client.get_cookie("session").value, "url": ada.address}])
    ada.open("/jury")
    ada.page.wait_for_function(
        f"async () => !await caches.match('/jury/prototyp/{prototype.id}', {{ignoreVary: true}})"
    )


def has_two_tabs(emil, first):
    other = emil.page.context.new_page()
    other.goto(emil.page.url)
    other.get_by_role("group", name=first).get_by_role("radio", name="1", exact=True).check()
    other.locator('[data-autosave-state][data-state="saved"]').wait_for()
    choose(emil, first, "5")
    waits_for(emil, "conflict")
    emil.page.get_by_role("button", name="Speichern, was auf diesem Gerät steht").click()
    waits_for(emil, "saved")
    emil.page.reload()
    assert emil.page.get_by_role("group", name=first).get_by_role("radio", name="5", exact=True).is_checked()


def is_too_late(fee, seat, prototype, first):
    choose(fee, first, "3")
    waits_for(fee, "saved")
    close_scoring(prototype.hackathon)
    fee.page.get_by_label("Was ist stark?").fill("Läuft ohne Netz.")
    waits_for(fee, "refused")
    assert fee.page.get_by_label("Was ist stark?").input_value() == "Läuft ohne Netz."
    assert ballot_of(seat, prototype).strength == ""


def test_seven_phones_in_a_dark_hall(hall, client):
    hackathon, prototype, seats, phones = hall
    first, second = (criterion.title for criterion in criteria_of(hackathon))
    for name in NAMES[:6]:
        phones[name].press("Team Parkfinder")
        left(phones[name], "2 Kriterien sind noch offen.")
    phones["Gül"].says("befangen")
    for name in ("Ada", "Bo", "Cem"):
        choose(phones[name], first, "4")
        choose(phones[name], second, "3,5")
        left(phones[name], "Alle Kriterien sind ausgefüllt.")
        phones[name].press("Bewertung abgeben")
        phones[name].says("1 von 1 Bewertungen abgegeben")
    is_offline_for_a_while(phones["Dora"], seats["Dora"], prototype, first, second)
    signs_out_and_leaves_nothing(phones["Dora"], prototype)
    has_two_tabs(phones["Emil"], first)
    somebody_else_takes_the_phone(client, hackathon, phones["Ada"], prototype)
    is_too_late(phones["Fee"], seats["Fee"], prototype, first)
    states = {name: ballot_of(seats[name], prototype).state for name in NAMES[:6]}
    assert states == dict.fromkeys(NAMES[:3], "submitted") | dict.fromkeys(NAMES[3:6], "open")
