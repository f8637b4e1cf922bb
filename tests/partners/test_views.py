"""Partners in the browser: what everybody reads, what editors and organisers change."""

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from ideenlab.core.db import db
from ideenlab.core.storage import storage
from ideenlab.mail.models import Mail
from ideenlab.partners.models import Partner
from ideenlab.partners.queries import is_editor
from tests.factories import a_challenge, a_hackathon, a_partner, a_person, an_edition, an_event

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def a_logo(kind="PNG", size=(1200, 600), mode="RGBA"):
    source = BytesIO()
    Image.new(mode, size, (10, 90, 160) if mode == "RGB" else (10, 90, 160, 255)).save(source, kind)
    return source.getvalue()


def typed(partner, **values):
    known = {name: getattr(partner, name) for name in ("title", "summary", "description", "website", "contact")}
    return {**known, "revision": partner.revision, **values}


def test_everybody_reads_who_takes_part_and_how(client):
    assert "Noch keine Partner" in client.get("/partner").text
    edition = an_edition(title="Digitale Woche")
    here = a_partner(edition=edition, part="Hauptsponsor", title="Stadtwerke", website="https://example.org/x")
    a_partner(title="Museum")
    hidden = a_partner(title="Geheim", published_at=None, edition=edition)
    page = client.get("/partner").text
    assert page.index("Hauptsponsor") < page.index("Partner anderer Wochen") < page.index("Museum")
    assert "Geheim" not in page
    page = client.get(f"/partner/{here.slug}").text
    assert "Website: example.org" in page
    assert "Hauptsponsor" in page
    assert client.get(f"/partner/{hidden.slug}").status_code == 404
    client.sign_in(a_person())
    assert client.get(f"/partner/{hidden.slug}").status_code == 404


def test_a_partner_shows_its_challenges_and_events_and_a_challenge_its_partner(client):
    partner, organiser = a_partner(title="Stadtwerke"), a_person("organiser")
    challenge = a_challenge(a_hackathon(), title="Grünes Licht")
    client.sign_in(organiser)
    address = f"/organisation/hackathons/{challenge.hackathon.slug}/aufgaben/{challenge.id}"
    assert '<option value="' + partner.slug in client.get(address).text
    answer = client.post(address, data={"title": "Grünes Licht", "giver": "gibt-es-nicht", "revision": 1})
    assert "Diesen Partner gibt es nicht." in answer.text
    assert client.post(address, data={"title": "Grünes Licht", "giver": partner.slug, "revision": 1}).status_code == 303
    client.sign_out()
    an_event(partner=partner, title="Leitstelle von innen")
    assert "Gestellt von Stadtwerke" in client.get(f"/aufgabe/{challenge.id}").text
    page = client.get(f"/partner/{partner.slug}").text
    assert ("Grünes Licht" in page, "Leitstelle von innen" in page) == (True, True)


def test_an_editor_sees_their_hidden_partner_and_changes_it(client):
    editor = a_person()
    partner = a_partner(editor, published_at=None)
    client.sign_in(editor)
    assert "Vorschau" in client.get(f"/partner/{partner.slug}").text
    assert partner.title in client.get("/mein-bereich").text
    address = f"/partner/{partner.slug}/bearbeiten"
    assert client.post(address, data=typed(partner, title="Volkshochschule")).status_code == 303
    answer = client.post(address, data=typed(partner, title="Meins", revision=1))
    assert answer.status_code == 409
    assert "Meins" in answer.text
    assert "Volkshochschule" in answer.text
    answer = client.post(address, data=typed(partner, title="", website="keine", revision=2))
    assert (answer.status_code, "keine" in answer.text) == (422, True)
    client.sign_in(a_person())
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_logo_is_drawn_anew_and_shown(client, kind):
    editor = a_person()
    partner = a_partner(editor, title="Stadtwerke")
    client.sign_in(editor)
    address = f"/partner/{partner.slug}/logo/aendern"
    given = a_logo(kind, mode="RGB" if kind == "JPEG" else "RGBA")
    answer = client.post(address, data={"logo": (BytesIO(given), f"logo.{kind.lower()}")})
    assert answer.status_code == 303
    client.sign_out()
    assert 'alt="Logo von Stadtwerke"' in client.get(f"/partner/{partner.slug}").text
    picture = client.get(f"/partner/{partner.slug}/logo")
    assert (picture.mimetype, picture.headers["Cache-Control"]) == ("image/webp", "public, max-age=300")
    with Image.open(BytesIO(picture.data)) as shown:
        assert (shown.format, shown.size) == ("WEBP", (400, 200))
    assert len(dict(storage().keys())) == 1
    client.sign_in(editor)
    client.post(address, data={"logo": (BytesIO(a_logo(size=(200, 200))), "neu.png")})
    assert len(dict(storage().keys())) == 1
    client.post(f"/partner/{partner.slug}/logo/entfernen")
    assert (len(dict(storage().keys())), client.get(f"/partner/{partner.slug}/logo").status_code) == (0, 404)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("logo.svg", SVG, "Ein Logo kann keine SVG-Datei sein"),
        ("logo.png", SVG, "Ein Logo kann keine SVG-Datei sein"),
        ("logo.png", b"GIF89a nothing", "logo.png"),
        ("logo.pdf", b"%PDF-1.7", "kein Bild"),
        ("", b"", "Bitte wählen Sie zuerst ein Bild"),
    ],
)
def test_what_is_no_logo_is_refused_with_the_reason(client, name, content, says):
    editor = a_person()
    partner = a_partner(editor)
    client.sign_in(editor)
    answer = client.post(f"/partner/{partner.slug}/logo/aendern", data={"logo": (BytesIO(content), name)})
    assert (answer.status_code, says in answer.text) == (422, True)
    assert dict(storage().keys()) == {}


def test_organisers_name_by_address_and_editors_by_pseudonym(client):
    organiser, person, third = a_person("organiser"), a_person(), a_person()
    partner = a_partner()
    address = f"/partner/{partner.slug}/redaktion"
    client.sign_in(organiser)
    assert client.post(address, data={"who": person.email}).status_code == 303
    assert is_editor(person, partner)
    assert db.session.scalars(select(Mail.recipient).where(Mail.recipient == person.email)).all()
    client.sign_in(person)
    answer = client.post(address, data={"who": third.email})
    assert (answer.status_code, "Pseudonym" in answer.text and third.pseudonym not in answer.text) == (422, True)
    assert client.post(address, data={"who": third.pseudonym}).status_code == 303
    assert third.pseudonym in client.get(address).text


def test_organisers_keep_the_list_of_partners(client):
    edition = an_edition()
    client.sign_in(a_person("organiser"))
    assert "Noch keine Partner" in client.get("/organisation/partner").text
    answer = client.post("/organisation/partner/neu", data={"title": "Sternwarte", "contact": "Frau Stern"})
    assert answer.location == "/partner/sternwarte/bearbeiten"
    assert "Frau Stern" in client.get("/organisation/partner").text
    weeks = f"/organisation/ausgaben/{edition.slug}/partner"
    assert client.post(weeks, data={"partner": "nirgends", "part": ""}).status_code == 422
    client.post(weeks, data={"partner": "sternwarte", "part": "Gastgeberin"})
    assert "Gastgeberin" in client.get(weeks).text
    number = db.session.scalars(select(Partner.id)).one()
    assert client.post(f"{weeks}/{number}/verschieben", data={"way": "up"}).status_code == 303
    client.post("/organisation/partner/sternwarte/veroeffentlichen")
    assert client.get("/partner/sternwarte").status_code == 200
    assert client.post("/organisation/partner/sternwarte/entfernen").status_code == 403
    client.post("/organisation/partner/sternwarte/verbergen")
    client.post(f"{weeks}/{number}/beenden")
    assert client.post("/organisation/partner/sternwarte/entfernen").status_code == 303
    assert client.get("/partner/sternwarte").status_code == 404


def test_the_lists_need_the_same_number_of_queries_for_any_number_of_partners(client, count_queries):
    edition = an_edition()
    a_partner(edition=edition)
    client.get("/partner")
    one = count_queries(lambda: client.get("/partner"))
    for _number in range(5):
        a_partner(edition=edition)
    assert count_queries(lambda: client.get("/partner")) == one
