from ideenlab.jury.queries import open_round_of
from tests.deliberations.world import talked_about
from tests.factories import a_person
from tests.jury.world import close_scoring


def test_an_organiser_opens_the_talk_asks_for_a_second_ballot_and_closes_it(client):
    hackathon, prototypes, _jurors = talked_about(opened=False)
    close_scoring(hackathon)
    page, base = f"/hackathon/{hackathon.slug}/beratung", f"/organisation/hackathons/{hackathon.slug}/jury/beratung"
    client.sign_in(a_person("organiser"))
    assert "Beratung öffnen" in client.get(page).text
    assert client.post(f"{base}/oeffnen").status_code == 303
    assert client.get(f"{base}/abstimmung").status_code == 200
    chosen = {"prototypes": [str(prototypes["Bäume"].id)], "reason": "Demo erst jetzt gesehen"}
    for wrong in ({**chosen, "reason": ""}, {**chosen, "prototypes": []}, {**chosen, "prototypes": ["9999"]}):
        assert client.post(f"{base}/abstimmung", data=wrong).status_code == 422
    assert client.post(f"{base}/abstimmung", data=chosen).status_code == 303
    assert open_round_of(hackathon).kind == "second"
    assert "Eine Bewertungsrunde ist offen." in client.get(page).text
    assert client.post(f"/organisation/hackathons/{hackathon.slug}/jury/runden/2/schliessen").status_code == 303
    assert "Demo erst jetzt gesehen" in client.get(page).text
    assert client.post(f"{base}/schliessen").status_code == 303
    assert "Geschlossen am" in client.get(page).text
