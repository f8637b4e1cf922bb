"""Two people write one draft; a film arrives although the connection is lost; a late permit lets a team hand in."""

import json
import os
import re
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.passwords import hash_password
from ideenlab.hackathons.models import Hackathon
from ideenlab.prototypes.models import HandIn, Prototype
from tests.factories import a_hackathon, a_person, a_prototype, a_team
from tests.files.samples import film, picture
from tests.journeys.conftest import latest_mail

pytestmark = pytest.mark.journey
PASSWORD = "Mond-und-Hase-7"


@pytest.fixture
def team(app):
    kept = hash_password(PASSWORD)
    people = [a_person(pseudonym=n, email=f"{n.lower()}@example.org", password_hash=kept) for n in ("Ada", "Bo")]
    return a_team(a_hackathon(title="Hase-Hackathon", slug="hase", scoring_until=None), *people, name="Die Parkfinder")


def write(member, label, text):
    """Type, and wait until the page has saved it by itself."""
    with member.page.expect_response("**/zwischenstand"):
        member.fill(label, text)
    saved(member)


def saved(member):
    member.page.locator('[data-autosave-state][data-state="saved"]', has_text="Gespeichert um").wait_for()


def stored(*names):
    db.session.rollback()
    return tuple(db.session.execute(select(*(getattr(Prototype, name) for name in names))).one())


def test_two_people_write_one_draft_at_once_and_nothing_is_lost(guest, team):
    ada, bo = guest(), guest(size="phone", dark=True)
    for member, name in ((ada, "ada"), (bo, "bo")):
        member.sign_in(f"{name}@example.org", PASSWORD)
        member.open(f"/team/{team.id}/prototyp")
    write(ada, "Titel", "Parkfinder")
    write(bo, "In einem Satz", "Zeigt freie Stellplätze.")
    assert bo.page.get_by_label("Titel").input_value() == "Parkfinder", "what Ada wrote is on Bo's page"
    assert stored("title", "pitch") == ("Parkfinder", "Zeigt freie Stellplätze.")

    write(ada, "Beschreibung", "Ada beschreibt die Karte.")
    bo.fill("Beschreibung", "Bo beschreibt den Sensor.")
    clash = bo.page.locator(".il-clash")
    clash.wait_for()
    assert "Ada beschreibt die Karte." in clash.inner_text()
    assert bo.page.get_by_label("Beschreibung").first.input_value() == "Bo beschreibt den Sensor."
    assert stored("description") == ("Ada beschreibt die Karte.",)
    bo.complaints.clear()  # the browser tells of the 409
    bo.look()
    clash.get_by_role("button", name="Den gespeicherten Text nehmen").click()
    clash.get_by_role("button", name="Wieder meinen Text nehmen").click()
    bo.fill("Beschreibung", "Ada beschreibt die Karte. Bo beschreibt den Sensor.")
    clash.get_by_role("button", name="So speichern").click()
    saved(bo)
    assert stored("description") == ("Ada beschreibt die Karte. Bo beschreibt den Sensor.",)

    ada.page.route("**/zwischenstand", lambda route: route.abort())
    ada.fill("Was es vorher schon gab", "Ein Plan auf Papier.")
    ada.page.locator('[data-autosave-state][data-state="waiting"]').wait_for()
    write(bo, "Link zum Code", "https://example.org/code")
    ada.page.unroute("**/zwischenstand")
    ada.complaints.clear()  # that the network was lost
    ada.reload()
    ada.is_saved()
    assert stored("prior_work", "code_url") == ("Ein Plan auf Papier.", "https://example.org/code")


def upload_cut_after_one_piece(member, team, file):
    """The first piece arrives, then the network is gone until the page is left."""
    member.open(f"/team/{team.id}/prototyp/dateien")
    sent = []

    def network(route):
        if route.request.method == "PATCH" and not sent:
            sent.append(route.request.url)
            route.continue_()
        else:
            (route.abort if sent else route.continue_)()

    member.page.route(re.compile("/uploads"), network)
    member.page.get_by_label("Dateien – freiwillig").set_input_files(file)
    member.page.locator('.il-file[data-state="retry"]').wait_for()
    member.page.on("dialog", lambda dialog: dialog.accept())
    member.page.goto("about:blank")
    member.page.unroute_all()
    member.complaints.clear()  # that the network was lost


def go_on_with_the_film(member, team, file, other):
    member.open(f"/team/{team.id}/prototyp/dateien")
    member.says("Zum Fortsetzen wählen Sie dieselbe Datei noch einmal.")
    pieces = []
    member.page.on("request", lambda request: pieces.append(request) if request.method == "PATCH" else None)
    go_on = member.page.get_by_role("button", name="Weiter: film.mp4")
    for chosen, word in ((other, "Das war eine andere Datei."), (file, "vollständig gesendet")):
        with member.page.expect_file_chooser() as chooser:
            go_on.click()
        chooser.value.set_files(chosen)
        member.hears(word)
    assert [request.headers["upload-offset"] for request in pieces] == [str(8 * 1024**2), str(16 * 1024**2)]
    member.page.locator(".il-files").get_by_role("link", name="film.mp4", exact=True).wait_for()


def hand_in(member, team, number):
    member.open(f"/team/{team.id}/prototyp/abgeben")
    member.press(f"Als Version {number} abgeben")
    member.says("Ihr Prototyp ist abgegeben.")
    db.session.rollback()
    return db.session.scalars(select(HandIn).where(HandIn.number == number)).one()


def test_a_film_arrives_after_a_lost_connection_and_a_late_permit_lets_the_team_hand_in_again(
    guest, team, tmp_path
):  # fmt: skip
    file, other = tmp_path / "film.mp4", tmp_path / "andere" / "film.mp4"
    other.parent.mkdir()
    file.write_bytes(film(os.urandom(20_000_000)))
    other.write_bytes(film())
    a_prototype(team)
    ada = guest()
    ada.sign_in("ada@example.org", PASSWORD)
    upload_cut_after_one_piece(ada, team, file)
    first = hand_in(ada, team, 1)
    assert json.loads(first.content)["files_not_whole"] == ["film.mp4"]
    ada.says("film.mp4")
    go_on_with_the_film(ada, team, file, other)
    ada.open(f"/team/{team.id}/prototyp/bilder")
    ada.page.get_by_label("Bild auswählen").set_input_files(
        {"name": "bild.png", "mimeType": "image/png", "buffer": picture(size=(900, 600))}
    )
    ada.fill("Was zeigt das Bild?", "Die Karte mit freien Plätzen")
    ada.press("Bild hinzufügen")
    second = hand_in(ada, team, 2)
    assert [file["name"] for file in json.loads(second.content)["files"]] == ["film.mp4"]
    assert second.sha256 in latest_mail("bo@example.org")
    assert ada.page.get_by_alt_text("Die Karte mit freien Plätzen").count() == 1

    app_code = {"totp_secret": pyotp.random_base32(), "totp_confirmed_at": now()}
    organiser = a_person("organiser", email="org@example.org", password_hash=hash_password(PASSWORD), **app_code)
    with transaction():
        db.session.get_one(Hackathon, team.hackathon_id).submission_until = now() - timedelta(minutes=1)
    ada.open(f"/team/{team.id}/prototyp")
    ada.says("Das endete am")
    give_late_permit(guest(scripts=False, size="phone"), organiser)
    assert "Der Strom fiel aus" in latest_mail("ada@example.org")
    ada.open(f"/team/{team.id}/prototyp")
    ada.says("Ihr Team hat eine Nachfrist bis")
    write(ada, "Titel", "Parkfinder im Nachtrag")
    assert hand_in(ada, team, 3).late_permit_id is not None
    ada.says("Mit Nachfrist abgegeben.")


def give_late_permit(desk, organiser):
    desk.sign_in(organiser.email, PASSWORD)
    desk.fill("Code", pyotp.TOTP(organiser.totp_secret).now())
    desk.press("Weiter")
    desk.open("/organisation/hackathons/hase/abgaben")
    desk.says("1 von 1 Teams haben abgegeben")
    desk.fill("Bis", f"{now() + timedelta(hours=2):%Y-%m-%dT%H:%M}")
    desk.press("Nachfrist geben")
    desk.says("Bitte füllen Sie dieses Feld aus.")
    desk.fill("Warum", "Der Strom fiel aus")
    desk.press("Nachfrist geben")
    desk.says("Das Team darf später abgeben.")
    desk.says("Der Strom fiel aus")
