from tests.deliberations.world import talked_about
from tests.factories import a_person
from tests.jury.world import close_scoring


def test_nobody_sees_a_point_of_others_before_the_talk_is_opened(client):
    hackathon, prototypes, (zora, _mila, _anton) = talked_about(opened=False)
    address = f"/hackathon/{hackathon.slug}/beratung"
    close_scoring(hackathon)
    client.sign_in(zora.person)
    page = client.get(address).text
    assert ("Die Beratung ist noch nicht offen." in page, "Bienen" in page) == (True, False)
    for path in (f"/prototyp/{prototypes['Bienen'].id}", "/was-waere-wenn"):
        assert client.get(address + path).status_code == 403
    assert client.post(f"/organisation/hackathons/{hackathon.slug}/jury/beratung/oeffnen").status_code == 403
    client.sign_in(a_person())
    assert client.get(address).status_code == 403


def test_the_jury_reads_writes_minutes_and_looks_at_what_would_be(client):
    hackathon, prototypes, (zora, _mila, _anton) = talked_about()
    address = f"/hackathon/{hackathon.slug}/beratung"
    client.sign_in(zora.person)
    page = client.get(address).text
    assert page.index("Bienen-App") < page.index("Bäume-App") < page.index("Züge-App")
    assert "3,33 Punkte; Bewertungen von 1,00 bis 5,00" in page
    about = str(prototypes["Bienen"].id)
    assert client.post(address, data={"prototype": about, "text": ""}).status_code == 422
    assert client.post(address, data={"prototype": "x", "text": "Ja"}).status_code == 422
    assert client.post(address, data={"prototype": about, "text": "Läuft stabil."}).status_code == 303
    assert all(text in client.get(address).text for text in ("Läuft stabil.", "Zora"))
    ballots = client.get(f"{address}/prototyp/{about}").text
    assert ("Anton" in ballots, "geheim" in ballots) == (True, False)
    assert client.get(f"{address}/prototyp/9999").status_code == 404
    page = client.get(f"{address}/was-waere-wenn").text
    assert all(text in page for text in ("Ohne die Bewertungen von Zora", "Bienen: 1 → 2"))
