"""A team registers, forms, hands in, hands in again, and is refused after the deadline."""

import hashlib
import json
import os
from datetime import timedelta

import pytest
from sqlalchemy import select

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.passwords import hash_password
from ideenlab.hackathons.models import Hackathon
from ideenlab.prototypes.models import HandIn
from tests.factories import a_hackathon, a_person, a_prototype, a_team
from tests.files.samples import document, film, picture
from tests.journeys.conftest import latest_mail

pytestmark = pytest.mark.journey
PASSWORD = "Mond-und-Hase-7"
WATCH_BAR = """() => {
  window.seen = [];
  new MutationObserver(() => {
    const bar = document.querySelector('.il-files progress');
    if (bar) window.seen.push(bar.value);
  }).observe(document.querySelector('.il-files'), {subtree: true, childList: true});
}"""
DESCRIPTION = "Eine **Karte** zeigt, wo noch Platz ist."


@pytest.fixture
def hackathon(app):
    return a_hackathon(title="Hase-Hackathon", slug="hase-hackathon", team_size_min=2, team_size_max=3)


@pytest.fixture
def people(app):
    kept = hash_password(PASSWORD)
    return [a_person(pseudonym=name, email=f"{name.lower()}@example.org", password_hash=kept) for name in ("Ada", "Bo")]


def register(member, person):
    member.sign_in(person.email, PASSWORD)
    member.press("Hackathon")
    member.press("Hase-Hackathon")
    member.press("Anmelden")
    member.press("Anmelden")
    member.says("Bitte stimmen Sie zu")
    member.fill("Was können Sie beitragen?", "Löten")
    member.page.get_by_label("Ich begegne allen mit Respekt").check()
    member.press("Anmelden")
    member.says("Sie sind angemeldet. Wir haben Ihnen eine E-Mail geschickt.")


def form_team(founder, second, person):
    founder.press("Zu den Teams")
    founder.press("Team gründen")
    founder.fill("Name des Teams", "Die Parkfinder")
    founder.press("Team gründen")
    founder.says("1 Mitglied")
    code = founder.page.locator(".il-code").inner_text().strip()

    register(second, person)
    second.press("Zu den Teams")
    second.press("Mit Code beitreten")
    second.fill("Code des Teams", code.lower())
    second.press("Dem Team beitreten")
    second.says("Willkommen im Team „Die Parkfinder“.")
    second.says("2 Mitglieder")


def describe(member):
    member.press("Zu Ihrem Prototyp")
    member.says("Noch ist nichts abgegeben")
    member.fill("Titel", "Parkfinder")
    member.fill("In einem Satz", "Zeigt freie Stellplätze.")
    member.fill("Beschreibung", DESCRIPTION)
    member.fill("Link zum Code", "keine Adresse")
    member.press("Entwurf speichern")
    member.says("Bitte geben Sie eine vollständige Adresse an")
    member.fill("Link zum Code", "https://example.org/parkfinder")
    member.press("Entwurf speichern")
    member.says("Ihr Entwurf ist gespeichert.")


def add_files(member, *files):
    member.press("Dateien")
    member.page.get_by_label("Dateien – freiwillig").set_input_files(
        [{"name": name, "mimeType": kind, "buffer": content} for name, kind, content in files]
    )
    member.press("Dateien hinzufügen")
    member.says(f"{len(files)} Datei")
    for name, _kind, _content in files:
        assert member.page.get_by_role("link", name=name, exact=True).is_visible()
    member.press("Zurück zum Prototyp")


def hand_in(member, number):
    """The receipt is what the database keeps."""
    member.press("Abgeben")
    member.press(f"Als Version {number} abgeben")
    member.says("Ihr Prototyp ist abgegeben.")
    db.session.rollback()
    kept = db.session.scalars(select(HandIn).where(HandIn.number == number)).one()
    assert kept.sha256 == hashlib.sha256(kept.content.encode()).hexdigest()
    member.says(kept.sha256)
    return kept


def close(hackathon_id):
    """The clock of the server decides, so the date is moved."""
    with transaction():
        db.session.get_one(Hackathon, hackathon_id).submission_until = now() - timedelta(seconds=1)


def test_a_team_registers_forms_and_hands_in_until_the_deadline_without_scripts(guest, hackathon, people):
    ada, bo = guest(scripts=False), guest(scripts=False, size="phone", dark=True)
    register(ada, people[0])
    form_team(ada, bo, people[1])
    describe(ada)
    add_files(ada, ("plan.pdf", "application/pdf", document()), ("bild.png", "image/png", picture()))
    first = hand_in(ada, 1)
    assert [file["name"] for file in json.loads(first.content)["files"]] == ["plan.pdf", "bild.png"]
    assert first.sha256 in latest_mail("bo@example.org")

    bo.press("Zu Ihrem Prototyp")
    bo.fill("Beschreibung", f"{DESCRIPTION} Und wie voll es wird.")
    bo.press("Entwurf speichern")
    second = hand_in(bo, 2)
    assert second.sha256 != first.sha256
    bo.says("diese Version zählt")
    ada.open(f"/prototyp/{first.prototype_id}/version/1")
    ada.says("Es zählt Version 2.")

    bo.press("Zum Entwurf")
    bo.fill("Beschreibung", "Ein Satz, der zu spät kommt.")
    close(hackathon.id)
    bo.press("Entwurf speichern")
    bo.says("Das endete am")
    bo.says("Ein Satz, der zu spät kommt.")
    ada.press("Zum Entwurf")
    ada.says("Sie können hier lesen, aber nichts ändern")
    ada.says("Das endete am")
    assert len(db.session.scalars(select(HandIn)).all()) == 2


def test_a_large_file_arrives_in_pieces_until_it_is_whole(guest, hackathon, people):
    content = film(os.urandom(20_000_000))
    team = a_team(hackathon, *people)
    a_prototype(team)
    ada = guest()
    ada.sign_in(people[0].email, PASSWORD)
    ada.open(f"/team/{team.id}/prototyp/dateien")
    pieces: list[str] = []
    ada.page.on("request", lambda request: pieces.append(request.url) if request.method == "PATCH" else None)
    ada.page.evaluate(WATCH_BAR)
    film_file = {"name": "film.mp4", "mimeType": "video/mp4", "buffer": content}
    ada.page.get_by_label("Dateien – freiwillig").set_input_files(film_file)
    ada.hears("film.mp4: vollständig gesendet")
    ada.page.locator(".il-files").get_by_role("link", name="film.mp4", exact=True).wait_for()
    assert len(pieces) == 3, "at most 8 MB each"
    values = ada.page.evaluate("window.seen")
    assert values == sorted(values)
    assert {8 * 1024 * 1024, 16 * 1024 * 1024} <= set(values)
    ada.look()
    ada.open(f"/team/{team.id}/prototyp/dateien")
    with ada.page.expect_download() as fetched:
        ada.page.get_by_role("link", name="film.mp4", exact=True).click()
    assert fetched.value.path().read_bytes() == content
