"""What everybody sees of a result, and what nobody sees before it is shown."""

import json
import re

import pytest
from sqlalchemy import delete, select

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.jury.actions import publish_result, reveal_place, seal_result, withdraw_result
from ideenlab.jury.maths.proof import verify
from ideenlab.jury.models import JuryRules, JuryRulesVersion, Prize
from ideenlab.teams.models import Membership
from tests.factories import a_person, saved
from tests.jury.world import a_juror, close_scoring, handed_in, published, scored_hackathon, submitted

PATHS = ("", "/buehne", "/buehne/stand", "/protokoll", "/protokoll.json", "/protokoll.pdf", "/1/protokoll.json")


@pytest.fixture
def hall(app):
    """Four teams with places 1 to 4; scoring is over."""
    hackathon = scored_hackathon("1")
    juror = a_juror(hackathon, name="Jo Geheim")
    for name, points in (("Alpha", 5), ("Beta", 4), ("Gamma", 3), ("Delta", 2)):
        submitted(juror, handed_in(hackathon, a_person(), team=f"Team {name}", title=name), points)
    close_scoring(hackathon)
    return hackathon, a_person("organiser")


def seen(client, hackathon, parts=PATHS):
    """All that a reader could compare."""
    answers = {part: client.get(f"/hackathon/{hackathon.slug}/ergebnis{part}") for part in parts}
    return {
        part: (a.status_code, sorted((k, v) for k, v in a.headers if k != "Date"), a.get_data())
        for part, a in answers.items()
    }  # fmt: skip


def act(action, organiser, hackathon, **values):
    with transaction():
        return action(organiser, hackathon=hackathon, **values)


def test_a_sealed_result_is_seen_by_nobody(client, hall):
    hackathon, organiser = hall
    before = seen(client, hackathon)
    act(seal_result, organiser, hackathon)
    assert seen(client, hackathon) == before
    assert {part: answer[0] for part, answer in before.items()} == {
        "": 404, "/buehne": 200, "/buehne/stand": 200, "/protokoll": 404, "/protokoll.json": 404,
        "/protokoll.pdf": 404, "/1/protokoll.json": 404,
    }  # fmt: skip


def test_what_was_shown_is_public_and_nothing_else(client, hall):
    hackathon, organiser = hall
    act(seal_result, organiser, hackathon)
    page = f"/hackathon/{hackathon.slug}/ergebnis"
    for place, known, hidden in ((3, ["Gamma"], ["Alpha", "Beta", "Delta"]), (2, ["Gamma", "Beta"], ["Alpha", "Delta"]),
                                 (1, ["Gamma", "Beta", "Alpha"], ["Delta"])):  # fmt: skip
        act(reveal_place, organiser, hackathon, prize=0, place=place)
        for part in ("", "/buehne", "/buehne/stand"):
            text = client.get(page + part).text
            assert [name for name in known + hidden if name in text] == known, (place, part)
            assert "Punkte" not in text
    assert client.get(f"{page}/protokoll.json").status_code == 404
    act(publish_result, organiser, hackathon)
    assert "Delta" in client.get(page).text


def test_only_the_button_of_an_organiser_shows_the_next_place(client, hall):
    hackathon, organiser = hall
    act(seal_result, organiser, hackathon)
    stage = f"/hackathon/{hackathon.slug}/ergebnis/buehne"
    show = f"/organisation/hackathons/{hackathon.slug}/jury/zeigen"
    for person in (None, a_person(), a_person("juror")):
        if person:
            client.sign_in(person)
        assert "zeigen" not in client.get(stage).text
        assert client.post(show, data={"prize": 0, "place": 3}).status_code in (302, 401, 403)
    client.sign_in(organiser)
    for place in (3, 2, 1):
        text = client.get(stage).text
        assert f"Platz {place} zeigen" in text
        assert "nicht zurücknehmen" in text
        assert client.get(stage).text.count("Alpha") == 0
        assert client.post(show, data={"prize": "0", "place": str(place)}).status_code == 303
    assert "Ergebnis veröffentlichen" in client.get(stage).text
    for bad in ({}, {"prize": "x", "place": "1"}, {"prize": "0", "place": "99999999999"}, {"prize": "0", "place": "4"}):
        assert client.post(show, data=bad).status_code == 404


def test_the_protocol_is_page_file_and_pdf_and_the_file_proves_itself(client, hall):
    hackathon, _organiser = hall
    result = published(hackathon)
    page = client.get(f"/hackathon/{hackathon.slug}/ergebnis").text
    assert result.sha256 in page
    data = client.get(f"/hackathon/{hackathon.slug}/ergebnis/protokoll.json").get_data()
    proof = verify(data)
    assert (proof.sha256, proof.differences, proof.ballots) == (result.sha256, [], 4)
    html = client.get(f"/hackathon/{hackathon.slug}/ergebnis/protokoll").text
    for text in ("Alpha", "Bewertungsordnung", "Startwert", result.sha256):
        assert text in html
    assert "Jo Geheim" not in html
    assert client.get(f"/hackathon/{hackathon.slug}/ergebnis/protokoll.pdf").get_data().startswith(b"%PDF-")


def test_teams_only(client, hall):
    hackathon, _organiser = hall
    with transaction():
        db.session.get(JuryRules, hackathon.id).audience = "teams"
        db.session.execute(delete(JuryRulesVersion))
    result = published(hackathon)
    base = f"/hackathon/{hackathon.slug}/ergebnis"
    page = client.get(base).text
    assert result.sha256 in page
    assert "Platz 1" in page
    assert not re.search(r"5,00|Punkte aus", page)
    for part in ("/protokoll", "/protokoll.json", "/protokoll.pdf"):
        assert client.get(base + part).status_code in (302, 401, 403)
    member = db.session.scalars(select(Membership).where(Membership.hackathon_id == hackathon.id)).first().person
    client.sign_in(member)
    assert client.get(base + "/protokoll.json").get_data() == result.protocol.encode()
    assert "5,00" in client.get(base).text
    client.sign_in(a_person())
    assert client.get(base + "/protokoll.json").status_code == 403


def test_a_withdrawn_result_stays_readable_and_marked(client, hall):
    hackathon, organiser = hall
    old = published(hackathon)
    act(withdraw_result, organiser, hackathon, number=1, reason="Ein Bogen war falsch.")
    base = f"/hackathon/{hackathon.slug}/ergebnis"
    page = client.get(base)
    assert page.status_code == 404
    assert "Ein Bogen war falsch." in page.text
    assert "Alpha" not in page.text
    assert "Ein Bogen war falsch." in client.get(f"{base}/1/protokoll").text
    assert client.get(f"{base}/1/protokoll.json").get_data() == old.protocol.encode()
    new = published(hackathon)
    text = client.get(base).text
    assert new.number == 2
    assert "Ein Bogen war falsch." in text
    assert "Alpha" in text


def test_organisers_seal_show_publish_and_withdraw_on_their_pages(client, hall):
    hackathon, organiser = hall
    saved(Prize(hackathon=hackathon, position=1, title="Preis der Stadt", places=1))
    client.sign_in(organiser)
    base = f"/organisation/hackathons/{hackathon.slug}/jury"
    assert "Chance auf Platz 1" in client.get(f"{base}/ergebnis").text
    assert "Ab dann bewertet niemand mehr" in client.get(f"{base}/versiegeln").text
    assert client.post(f"{base}/versiegeln").status_code == 303
    assert "ist versiegelt" in client.get(f"{base}/ergebnis").text
    assert client.post(f"{base}/veroeffentlichen").status_code == 303
    refused = client.post(f"{base}/ergebnis/1/zuruecknehmen", data={"reason": " "})
    assert refused.status_code == 422
    assert client.post(f"{base}/ergebnis/1/zuruecknehmen", data={"reason": "Falsch"}).status_code == 303
    assert client.get(f"{base}/ergebnis/1/zuruecknehmen").status_code == 404
    assert "zurückgezogen" in client.get(f"{base}/ergebnis").text


def test_prizes_stand_on_the_public_page(client, app):
    hackathon = scored_hackathon("1")
    juror = a_juror(hackathon)
    for name, points in (("Alpha", 5), ("Beta", 4)):
        submitted(juror, handed_in(hackathon, team=name, title=name), points)
    with transaction():
        db.session.execute(delete(JuryRulesVersion))
    saved(Prize(hackathon=hackathon, position=1, title="Preis der Stadt", description="Für alle.", places=1))
    result = published(hackathon)
    assert json.loads(result.protocol)["figures"]["prizes"][0]["places"] == 1
    page = client.get(f"/hackathon/{hackathon.slug}/ergebnis").text
    assert page.index("Preis der Stadt") < page.index("Für alle.") < page.index("Mittelwerte")
    assert now() >= result.published_at
