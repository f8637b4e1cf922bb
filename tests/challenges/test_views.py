from io import BytesIO
from zipfile import ZipFile

from ideenlab.challenges.models import Challenge
from ideenlab.core.db import db
from tests.factories import a_challenge, a_hackathon, a_person, an_idea

TYPED = {
    "title": "Grünes Licht",
    "summary": "Kurz",
    "description": "Lang",
    "partner": "Stadtwerke",
    "contact": "Raum 3",
}


def test_visitors_read_the_challenges_and_not_whom_to_ask(client):
    hackathon = a_hackathon()
    assert "Noch keine Aufgabe ist veröffentlicht" in client.get(f"/hackathon/{hackathon.slug}/aufgaben").text
    challenge = a_challenge(hackathon, title="Grünes Licht", contact="Raum 3")
    assert "Grünes Licht" in client.get(f"/hackathon/{hackathon.slug}/aufgaben").text
    page = client.get(f"/aufgabe/{challenge.id}").text
    assert ("Grünes Licht" in page, "Raum 3" in page) == (True, False)
    planned = a_challenge(hackathon, published_at=None)
    assert client.get(f"/aufgabe/{planned.id}").status_code == 404


def test_an_organiser_makes_an_idea_a_challenge_and_the_idea_says_so(client):
    client.sign_in(a_person("organiser"))
    hackathon, idea = a_hackathon(), an_idea(title="Ampeln, die warten")
    idea_id, slug = idea.id, hackathon.slug
    assert hackathon.title in client.get(f"/organisation/idee/{idea_id}/aufgabe").text
    new = f"/organisation/hackathons/{slug}/aufgaben/neu"
    assert 'value="Ampeln, die warten"' in client.get(f"{new}?idee={idea_id}").text
    wrong = client.post(new, data={**TYPED, "title": "", "idea": str(idea_id)})
    assert (wrong.status_code, "Stadtwerke" in wrong.text) == (422, True)
    made = client.post(new, data={**TYPED, "idea": str(idea_id)}).location
    assert "Grünes Licht" not in client.get(f"/idee/{idea_id}").text
    assert client.post(f"{made}/veroeffentlichen").status_code == 303
    assert "Grünes Licht" in client.get(f"/idee/{idea_id}").text
    assert "Ampeln, die warten" in client.get(f"/aufgabe/{db.session.query(Challenge.id).scalar()}").text


def test_two_organisers_meet_and_see_both_texts(client):
    client.sign_in(a_person("organiser"))
    challenge = a_challenge(title="Alt")
    address = f"/organisation/hackathons/{challenge.hackathon.slug}/aufgaben/{challenge.id}"
    assert client.post(address, data={**TYPED, "revision": "1"}).status_code == 303
    second = client.post(address, data={**TYPED, "title": "Zweiter", "revision": "1"})
    assert (second.status_code, "Zweiter" in second.text, "Grünes Licht" in second.text) == (409, True, True)
    for way in ("zurueckziehen", "verschieben"):
        assert client.post(f"{address}/{way}", data={"way": "up"}).status_code == 303


def test_material_is_added_fetched_and_removed(client):
    client.sign_in(a_person("organiser"))
    challenge = a_challenge()
    address = f"/organisation/hackathons/{challenge.hackathon.slug}/aufgaben/{challenge.id}/material"
    number = challenge.id
    assert client.post(address, data={}).status_code == 422
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("zahlen.csv", "a,b")
    content = packed.getvalue()
    given = {"files": [(BytesIO(content), "zahlen.zip")]}
    answer = client.post(address, data=given, content_type="multipart/form-data")
    assert answer.status_code == 303
    page = client.get(f"/aufgabe/{number}").text
    assert "zahlen.zip" in page
    file = page.split(f"/aufgabe/{number}/datei/")[1].split('"')[0]
    assert client.get(f"/aufgabe/{number}/datei/{file}").data == content
    given = {"files": [(BytesIO(b"<script>alert(1)</script>"), "zahlen.csv")]}
    assert "passt nicht zur Endung" in client.post(address, data=given, content_type="multipart/form-data").text
    given = {"files": [(BytesIO(b'{"type": "Point", "coordinates": [8.04, 52.27]}'), "ort.geojson")]}
    assert client.post(address, data=given, content_type="multipart/form-data").status_code == 303
    data = client.get(f"/aufgabe/{number}/datei/{int(file) + 1}")
    assert (data.mimetype, data.headers["Content-Disposition"]) == (
        "application/geo+json", "attachment; filename=ort.geojson",
    )  # fmt: skip
    assert (data.headers["X-Content-Type-Options"], "sandbox" in data.headers["Content-Security-Policy"]) == (
        "nosniff", True,
    )  # fmt: skip
    assert client.post(f"{address}/{file}/entfernen").status_code == 303
    assert client.get(f"/aufgabe/{number}/datei/{file}").status_code == 404


def test_a_draft_challenge_is_removed(client):
    client.sign_in(a_person("organiser"))
    challenge = a_challenge(published_at=None)
    address = f"/organisation/hackathons/{challenge.hackathon.slug}/aufgaben"
    number = challenge.id
    assert client.post(f"{address}/{number}/entfernen").status_code == 303
    assert client.get(f"{address}/{number}").status_code == 404
