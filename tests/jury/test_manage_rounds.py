from ideenlab.jury.queries import rounds_of
from tests.factories import a_person
from tests.jury.test_actions_rounds import scored
from tests.jury.world import close_scoring


def test_an_organiser_opens_a_final_and_closes_it(client):
    hackathon, (_first, second, third), juror = scored()
    base = f"/organisation/hackathons/{hackathon.slug}/jury/runden"
    client.sign_in(a_person("organiser"))
    assert "wenn die Bewertung beendet ist" in client.get(base).text
    assert client.get(f"{base}/finale").status_code == 403
    close_scoring(hackathon)
    assert "Platz 1: Team 2" in client.get(f"{base}/finale").text
    chosen = [str(second.id), str(third.id)]
    assert (
        client.post(f"{base}/finale", data={"prototypes": chosen, "share": "x", "reason": "Finale"}).status_code == 422
    )
    assert client.post(f"{base}/finale", data={"share": "0", "reason": "Finale"}).status_code == 422
    assert (
        client.post(f"{base}/finale", data={"prototypes": chosen, "share": "30", "reason": "Finale"}).status_code == 303
    )
    page = client.get(base).text
    assert all(text in page for text in ("30 % der Punktzahl kommen aus der Runde davor.", "Team 1", "Team 2"))
    assert client.post(f"{base}/2/schliessen").status_code == 303
    assert client.post(f"{base}/9/schliessen").status_code == 404
    assert rounds_of(hackathon)[0].closed_at is not None
    client.sign_in(juror.person)
    assert client.post(f"{base}/2/schliessen").status_code == 403
