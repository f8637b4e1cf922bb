"""The pages on which conflicts of interest are declared and decided."""

import pytest

from ideenlab.jury.models import Recusal
from ideenlab.jury.queries import find_recusal
from tests.factories import a_challenge, a_person, a_team, saved
from tests.jury.world import a_juror, handed_in, scored_hackathon


@pytest.fixture
def world(app):
    hackathon = scored_hackathon()
    juror = a_juror(hackathon, name="Erika Nowak", organisation="Hochschule Osnabrück")
    challenge = a_challenge(hackathon, title="Kurze Wege", partner="Hochschule Osnabrück")
    suspected, free = a_team(hackathon, name="Alpha", challenge=challenge), a_team(hackathon, name="Beta")
    return hackathon, juror, suspected, free


def test_a_juror_answers_a_suspicion_and_declares_any_other(client, world):
    hackathon, juror, suspected, free = world
    client.sign_in(juror.person)
    page = client.get(f"/jury/hackathon/{hackathon.slug}/befangenheit").text
    assert "hat die Challenge des Teams gestellt: „Kurze Wege“" in page
    path = f"/jury/team/{suspected.id}/befangenheit"
    assert "Ja, es gibt keine Befangenheit" in client.get(path).text
    answer = client.post(path, data={"answer": "none", "reason": ""})
    assert answer.status_code == 422
    assert client.post(path, data={"answer": "none", "reason": "Eine andere Abteilung."}).status_code == 303
    assert find_recusal(juror, suspected).state == "dismissed"
    path = f"/jury/team/{free.id}/befangenheit"
    assert "Ja, es gibt keine Befangenheit" not in client.get(path).text
    assert client.post(path, data={"answer": "none", "reason": "x"}).status_code == 422
    assert client.post(path, data={"answer": "conflict", "reason": "Mein Bruder."}).status_code == 303
    page = client.get(f"/jury/hackathon/{hackathon.slug}/befangenheit").text
    assert "Sie haben eine Befangenheit erklärt." in page
    assert "Mein Bruder." in page
    assert "Nur die Organisation kann sie zurücknehmen" in client.get(path).text
    assert client.post(path, data={"answer": "conflict", "reason": "x"}).status_code == 403


def test_an_organiser_decides_and_reads_the_reasons(client, world):
    hackathon, juror, suspected, free = world
    saved(
        Recusal(juror=juror, team=free, state="declared", kind="other", reason="Mein Bruder.", decided_by=juror.person)
    )
    client.sign_in(a_person("organiser"))
    start = f"/organisation/hackathons/{hackathon.slug}/jury/befangenheit"
    page = client.get(start).text
    assert page.index("Kurze Wege") < page.index("Mein Bruder.")
    member = f"/organisation/hackathons/{hackathon.slug}/jury/mitglieder/{juror.id}/befangenheit"
    answer = client.post(start, data={"juror": juror.id, "team": suspected.id})
    assert (answer.status_code, answer.location) == (303, f"{member}/{suspected.id}")
    assert client.post(start, data={"juror": "9", "team": ""}).status_code == 422
    data = {"state": "blocked", "reason": "Gibt den Preis.", "seen": ""}
    assert client.post(f"{member}/{suspected.id}", data={**data, "reason": ""}).status_code == 422
    assert client.post(f"{member}/{suspected.id}", data=data).status_code == 303
    assert client.post(f"{member}/{suspected.id}", data=data).status_code == 409
    assert client.post(f"{member}/{free.id}", data={"state": "dismissed", "reason": "Doch nicht.",
                                                   "seen": "declared"}).status_code == 303  # fmt: skip
    assert [find_recusal(juror, team).state for team in (suspected, free)] == ["blocked", "dismissed"]


def test_doors_of_other_hackathons_stay_shut(client, world):
    hackathon, juror, _suspected, _free = world
    other = scored_hackathon()
    foreign, elsewhere = handed_in(other).team, a_juror(other)
    client.sign_in(juror.person)
    assert client.get(f"/jury/hackathon/{other.slug}/befangenheit").status_code == 403
    assert client.get(f"/jury/team/{foreign.id}/befangenheit").status_code == 403
    assert client.post(f"/jury/team/{foreign.id}/befangenheit", data={"reason": "x"}).status_code == 403
    assert client.get("/jury/team/99999999999/befangenheit").status_code == 404
    client.sign_in(a_person("organiser"))
    start = f"/organisation/hackathons/{hackathon.slug}/jury/mitglieder"
    for juror_id, team_id in ((juror.id, foreign.id), (elsewhere.id, foreign.id), (juror.id, 2**40)):
        assert client.get(f"{start}/{juror_id}/befangenheit/{team_id}").status_code == 404
    for person in (a_person(), a_person("moderator"), juror.person):
        client.sign_in(person)
        assert client.get(f"/organisation/hackathons/{hackathon.slug}/jury/befangenheit").status_code == 403
