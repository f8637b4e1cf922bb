from ideenlab.archives.actions import write_note
from ideenlab.core.clock import now
from ideenlab.core.db import transaction
from ideenlab.prototypes.queries import get_prototype
from tests.factories import DAY, a_hackathon, a_person, a_registration
from tests.jury.world import a_juror, handed_in, published, scored_hackathon, submitted


def over(days=1, **values):
    return a_hackathon(starts_at=now() - (days + 1) * DAY, ends_at=now() - days * DAY, **values)


def won():
    """Somebody whose team has won, and the hackathon."""
    winner = a_person(pseudonym="Blaue Biene")
    hackathon = scored_hackathon()
    prototype = handed_in(hackathon, winner, team="Bienen", title="Blütenkarte")
    submitted(a_juror(hackathon), prototype, 4, 4, 4)
    published(hackathon)
    with transaction():
        hackathon.ends_at = now() - DAY / 2
    return winner, hackathon


def test_a_certificate_is_a_pdf_with_the_name_that_was_typed_and_the_name_is_not_kept(client):
    winner, hackathon = won()
    address = f"/hackathon/{hackathon.slug}/urkunde"
    client.sign_in(winner)
    page = client.get(address).text
    assert ('value="Blaue Biene"' in page, "Preis-Urkunde" in page) == (True, True)
    for kind in ("attendance", "prize"):
        pdf = client.post(address, data={"name": "Zoë Öztürk", "kind": kind})
        assert (pdf.status_code, pdf.mimetype, pdf.data[:5]) == (200, "application/pdf", b"%PDF-")
        assert pdf.headers["Cache-Control"] == "private, no-store"
    assert client.post(address, data={"name": ""}).status_code == 422
    assert "Zoë" not in client.get(address).text
    client.sign_in(a_registration(hackathon).person)
    assert client.post(address, data={"name": "X", "kind": "prize"}).status_code == 403
    client.sign_in(a_person())
    assert "keinen Platz" in client.get(address).text


def test_organisers_find_everything_afterwards_on_one_page(client):
    _winner, hackathon = won()
    client.sign_in(a_person("organiser"))
    base = f"/organisation/hackathons/{hackathon.slug}/danach"
    assert "Blütenkarte (Bienen)" in client.get(base).text
    assert client.get(f"{base}/urkunden.pdf").data[:5] == b"%PDF-"
    assert client.get(f"{base}/daten.zip").data[:2] == b"PK"
    assert client.post(f"{base}/danken", data={"text": ""}).status_code == 422
    preview = client.post(f"{base}/danken", data={"text": "Es war schön", "deed": "preview"})
    assert "Es war schön</p>" in preview.text
    assert client.post(f"{base}/danken", data={"text": "Es war schön", "deed": "send"}).status_code == 303
    assert "schon gedankt" in client.get(f"{base}/danken").text
    empty = over()
    assert client.get(f"/organisation/hackathons/{empty.slug}/danach/urkunden.pdf").status_code == 303


def test_an_archived_hackathon_is_read_by_everybody_and_says_so(client):
    hackathon = over()
    slug = hackathon.slug
    client.sign_in(a_person("organiser"))
    base = f"/organisation/hackathons/{slug}/danach"
    assert "Alle Seiten bleiben" in client.get(f"{base}/archivieren").text
    assert client.post(f"{base}/archivieren").status_code == 303
    for address in ("", "/teams", "/aufgaben", "/ablauf", "/bewertung", "/prototypen"):
        page = client.get(f"/hackathon/{slug}{address}")
        assert (page.status_code, "wurde am" in page.text) == (200, True), address
    assert client.post(f"{base}/oeffnen").status_code == 403
    client.sign_in(a_person("administrator"))
    assert client.post(f"{base}/oeffnen").status_code == 303
    assert "archiviert." not in client.get(f"/hackathon/{slug}").text


def test_what_became_of_a_prototype_stands_on_its_page(client):
    member = a_person()
    prototype = handed_in(over(200, publication_from=now() - 190 * DAY, publication_until=None), member)
    number = prototype.id
    address = f"/prototyp/{number}/danach/6"
    client.sign_in(member)
    assert address in client.get(f"/prototyp/{number}").text
    assert client.post(address, data={"text": "", "revision": "0"}).status_code == 422
    assert client.post(address, data={"text": "Läuft im **Rathaus**", "revision": "0"}).status_code == 303
    conflict = client.post(address, data={"text": "Anders", "revision": "0"})
    assert (conflict.status_code, "Anders" in conflict.text, "Läuft im" in conflict.text) == (409, True, True)
    assert client.get(f"/prototyp/{number}/danach/7").status_code == 404
    assert client.get(f"/prototyp/{number}/danach/12").status_code == 403
    client.sign_out()
    with transaction():
        shown = get_prototype(number).hackathon
        shown.submission_until, shown.gallery_shown_at = now() - DAY, now()
    page = client.get(f"/prototyp/{number}").text
    assert ("<strong>Rathaus</strong>" in page, address in page) == (True, False)


def test_nobody_else_writes_it(client):
    prototype = handed_in(over(200), a_person())
    with transaction():
        write_note(a_person("organiser"), prototype=prototype, months=6, text="Ruht", revision=0)
    client.sign_in(a_person())
    assert client.get(f"/prototyp/{prototype.id}/danach/6").status_code == 403
