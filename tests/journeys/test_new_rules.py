"""The rules change while the jury scores: one confirms, one is interrupted while typing, one does not come back."""

import pytest

from ideenlab.jury.queries import criteria_of, figures_of
from tests.factories import a_person
from tests.journeys.test_ballots import choose, left, waits_for
from tests.jury.world import a_juror, ballot_of, handed_in, scored_hackathon, submitted

pytestmark = pytest.mark.journey
ROOM = "/organisation/hackathons/hase-hackathon/jury"


@pytest.fixture
def hall(guest, client):
    hackathon = scored_hackathon("2", "1", slug="hase-hackathon")
    prototype = handed_in(hackathon, team="Team Parkfinder")
    seats = {name: a_juror(hackathon, name=name) for name in ("Ada", "Ben", "Cem")}
    for name in ("Ada", "Cem"):
        submitted(seats[name], prototype, 4, 2)
    people = {name: seat.person for name, seat in seats.items()} | {"Olaf": a_person("organiser")}
    browsers = {}
    for name, person in people.items():
        browsers[name] = guest(size="desk" if name == "Olaf" else "phone")
        client.sign_in(person)
        cookie = {"name": "session", "value": client.get_cookie("session").value, "url": browsers[name].address}
        browsers[name].context.add_cookies([cookie])
    return hackathon, prototype, seats, browsers


def puts_a_new_version_in_force(olaf, second):
    olaf.press(olaf.page.get_by_role("link", name=f"Bearbeiten {second}"))
    olaf.fill("Gewicht", "2")
    olaf.press("Speichern")
    olaf.press("In Kraft setzen")
    olaf.says(f"{second}: Gewicht")
    olaf.press("In Kraft setzen")
    olaf.says("Das Gewicht war vertippt.")


def confirms(ada):
    ada.open("/jury")
    ada.says("bitte bestätigen")
    ada.press("Lesen und bestätigen")
    ada.says("Das Gewicht war vertippt.")
    ada.press("Ich habe das gelesen")
    ada.press("Team Parkfinder")
    ada.says("Die Bewertungsordnung wurde geändert")
    ada.press("Bogen so bestätigen, wie er ist")
    ada.says("unter der neuen Bewertungsordnung bestätigt")


def finds_what_was_typed_in_between(ben):
    ben.complaints.clear()  # that the save was refused
    ben.reload()
    left(ben, "Alle Kriterien sind ausgefüllt.")
    waits_for(ben, "saved")
    ben.says("Die Bewertungsordnung wurde geändert")
    ben.press("Bewertung abgeben")
    ben.says("1 von 1 Bewertungen abgegeben")


def test_the_rules_change_while_the_jury_scores(hall):
    hackathon, prototype, seats, browsers = hall
    ben, olaf = browsers["Ben"], browsers["Olaf"]
    first, second = (criterion.title for criterion in criteria_of(hackathon))
    ben.open(f"/jury/prototyp/{prototype.id}")
    choose(ben, first, "3")
    waits_for(ben, "saved")
    olaf.open(f"{ROOM}/neue-fassung")
    olaf.fill("Grund", "Das Gewicht war vertippt.")
    olaf.press("Bewertung anhalten und vorbereiten")
    choose(ben, second, "4,5")
    waits_for(ben, "refused")
    puts_a_new_version_in_force(olaf, second)
    confirms(browsers["Ada"])
    finds_what_was_typed_in_between(ben)
    olaf.open(f"{ROOM}/fortschritt")
    olaf.says("2 von 3 Bewertungen abgegeben")
    olaf.says("zu bestätigen")
    ballots = {name: ballot_of(seat, prototype) for name, seat in seats.items()}
    assert {name: each.rules_version for name, each in ballots.items()} == {"Ada": 2, "Ben": 2, "Cem": 1}
    assert [entry.standing.ballots for entry in figures_of(hackathon).entries] == [2]
