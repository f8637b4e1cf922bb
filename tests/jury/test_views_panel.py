"""What jurors and organisers do around the ballots, through their pages."""

import pytest

from ideenlab.core.db import db, transaction
from ideenlab.core.errors import NotAllowed
from ideenlab.jury.models import JuryRules
from ideenlab.jury.queries import assignments_of, find_seat, jurors_of
from tests.factories import a_person
from tests.jury.world import a_juror, handed_in, save, scored_hackathon


@pytest.fixture
def organiser(client):
    person = a_person("organiser")
    client.sign_in(person)
    return person


def place(hackathon, part):
    return f"/organisation/hackathons/{hackathon.slug}/jury{part}"


def with_plan(each=2):
    hackathon = scored_hackathon()
    with transaction():
        rules = db.session.get(JuryRules, hackathon.id)
        rules.panel, rules.ballots_each = "plan", each
    return hackathon


def test_a_juror_reads_what_will_be_public_and_says_so_once_for_each_version(client):
    hackathon = scored_hackathon()
    juror = a_juror(hackathon, informed_at=None, confirmed_version=0)
    client.sign_in(juror.person)
    path = f"/jury/hackathon/{hackathon.slug}/oeffentlich"
    prototype = handed_in(hackathon)
    ballot = client.get(f"/jury/prototyp/{prototype.id}").text
    assert "Bitte lesen Sie zuerst, was öffentlich wird" in ballot
    assert path in ballot
    with pytest.raises(NotAllowed):
        save(juror, prototype, 4)
    assert path in client.get("/jury").text
    assert "Ihre Punkte werden unter einer Nummer öffentlich" in client.get(path).text
    answer = client.post(path, data={"version": "7"})
    assert answer.status_code == 409
    assert "in der Zwischenzeit geändert" in answer.text
    assert client.post(path, data={"version": "1"}).location == f"/jury#{hackathon.slug}"
    assert "Gelesen haben Sie das am" in client.get(path).text
    assert "Bevor Sie bewerten" not in client.get("/jury").text
    assert find_seat(juror.person, prototype).informed
    assert "Bitte lesen Sie zuerst" not in client.get(f"/jury/prototyp/{prototype.id}").text


def test_a_profile_is_public_only_as_long_as_the_juror_agrees(client):
    hackathon = scored_hackathon()
    juror = a_juror(hackathon, name="Jo Muster")
    client.sign_in(juror.person)
    path = f"/jury/hackathon/{hackathon.slug}/profil"
    assert "Nur die Organisation sieht Ihr Profil" in client.get(path).text
    data = {"name": "Jo Muster", "organisation": "Amt", "profile": "Baut Netze.", "is_shown": "y"}
    assert client.post(path, data={**data, "name": ""}).status_code == 422
    assert client.post(path, data={**data, "profile": "x" * 601}).status_code == 422
    assert client.post(path, data=data).status_code == 303
    assert "Alle sehen Ihr Profil" in client.get(path).text
    assert client.post(path + "/verbergen").status_code == 303
    assert "Nur die Organisation sieht Ihr Profil" in client.get(path).text


def test_cards_are_printed_one_by_one_and_all_at_once(client, organiser):
    hackathon = scored_hackathon()
    assert "Es gibt niemanden" in client.get(place(hackathon, "/karten")).text
    assert client.post(place(hackathon, "/karten.pdf")).status_code == 303
    client.post(place(hackathon, "/mitglieder"), data={"name": "Jo Muster", "email": ""})
    assert "kein Zugang" in client.get(place(hackathon, "/mitglieder")).text
    (juror,) = jurors_of(hackathon)
    access = client.get(place(hackathon, f"/mitglieder/{juror.id}/zugang")).text
    assert "Neue Karte drucken" in access
    assert "Neuen Link und Code" not in access
    assert client.post(place(hackathon, f"/mitglieder/{juror.id}/zugang")).status_code == 422
    assert "Jo Muster" in client.get(place(hackathon, "/karten")).text
    hashes = set()
    for path in (f"/mitglieder/{juror.id}/karte.pdf", "/karten.pdf"):
        answer = client.post(place(hackathon, path))
        assert answer.data.startswith(b"%PDF-")
        assert answer.headers["Cache-Control"] == "private, no-store"
        db.session.refresh(juror)
        hashes.add(juror.code_hash)
    assert len(hashes) == 2
    assert None not in hashes


def test_a_plan_is_proposed_taken_over_and_its_gaps_are_filled(client, organiser):
    full = scored_hackathon()
    assert "Es gibt nichts zu verteilen" in client.get(place(full, "/verteilung")).text
    hackathon = with_plan(each=3)
    assert "Noch ist nichts zu verteilen" in client.get(place(hackathon, "/verteilung")).text
    jurors, prototype = [a_juror(hackathon, name=name) for name in ("Anna", "Ben")], handed_in(hackathon, team="Alpha")
    page = client.get(place(hackathon, "/verteilung")).text
    assert "Einige Prototypen bekommen weniger Bögen" in page
    assert "Anna, Ben" in page
    mark = page.partition('name="mark" value="')[2][:16]
    assert client.post(place(hackathon, "/verteilung/plan"), data={"mark": "falsch"}).status_code == 409
    assert client.post(place(hackathon, "/verteilung/plan"), data={"mark": mark}).status_code == 303
    assert len(assignments_of(hackathon)) == 2
    page = client.get(place(hackathon, "/verteilung")).text
    assert "1 fehlt" in page
    assert "Es ist niemand übrig" in page
    late = a_juror(hackathon, name="Cem")
    assert "auf der Liste steht und nichts dagegen spricht: Cem" in client.get(place(hackathon, "/verteilung")).text
    data = {"prototype": prototype.id, "juror": late.id, "gap": "1"}
    assert client.post(place(hackathon, "/verteilung"), data={**data, "juror": "999"}).status_code == 422
    assert client.post(place(hackathon, "/verteilung"), data=data).status_code == 303
    assert client.post(place(hackathon, "/verteilung"), data=data).status_code == 422
    taken = place(hackathon, f"/verteilung/{prototype.id}/{jurors[0].id}/wegnehmen")
    assert client.post(taken).status_code == 303
    assert {each.juror.name for each in assignments_of(hackathon)} == {"Ben", "Cem"}


def test_progress_shows_who_is_how_far_without_points(client, organiser):
    hackathon = scored_hackathon()
    assert "Noch ist niemand in der Jury" in client.get(place(hackathon, "/fortschritt")).text
    a_juror(hackathon, name="Anna Fertig")
    handed_in(hackathon, team="Alpha")
    page = client.get(place(hackathon, "/fortschritt")).text
    assert "Anna Fertig: Alpha" in page
    assert "0 von 1 Bewertungen abgegeben" in page
    assert client.post(place(hackathon, "/erinnern")).status_code == 303
    assert "1 Person wurde erinnert." in client.get(place(hackathon, "/fortschritt")).text
    assert client.post(place(hackathon, "/erinnern")).status_code == 403


def test_somebody_comes_instead(client, organiser):
    hackathon = scored_hackathon()
    juror = a_juror(hackathon, name="Anna Krank")
    path = place(hackathon, f"/mitglieder/{juror.id}/ersetzen")
    assert "damit nichts doppelt zählt" in client.get(path).text
    assert client.post(path, data={"name": "", "email": ""}).status_code == 422
    assert client.post(path, data={"name": "Ben Neu", "email": "ben@example.org"}).status_code == 303
    page = client.get(place(hackathon, "/mitglieder")).text
    assert "Der Code für Ben Neu" in page
    assert "als Ersatz gekommen" in page
    assert client.get(path).status_code == 404


def test_only_organisers_and_only_their_own_jury(client):
    hackathon, other = with_plan(), with_plan()
    juror, foreign = a_juror(hackathon), a_juror(other)
    prototype, elsewhere = handed_in(hackathon), handed_in(other)
    gets = ("/karten", "/verteilung", "/fortschritt", f"/mitglieder/{juror.id}/ersetzen")
    posts = ("/karten.pdf", "/verteilung", "/verteilung/plan", "/erinnern", f"/mitglieder/{juror.id}/karte.pdf",
             f"/verteilung/{prototype.id}/{juror.id}/wegnehmen", f"/mitglieder/{juror.id}/ersetzen")  # fmt: skip
    for person in (a_person(), a_person("moderator"), juror.person):
        client.sign_in(person)
        assert {client.get(place(hackathon, part)).status_code for part in gets} == {403}
        assert {client.post(place(hackathon, part)).status_code for part in posts} == {403}
    for part in ("oeffentlich", "profil"):
        assert client.get(f"/jury/hackathon/{other.slug}/{part}").status_code == 403
        assert client.post(f"/jury/hackathon/{other.slug}/{part}", data={"version": "1"}).status_code == 403
    client.sign_in(a_person("organiser"))
    for part in (f"/mitglieder/{foreign.id}/karte.pdf", f"/mitglieder/{foreign.id}/ersetzen",
                 f"/verteilung/{prototype.id}/{foreign.id}/wegnehmen"):  # fmt: skip
        assert client.post(place(hackathon, part)).status_code == 404
    taken = place(hackathon, f"/verteilung/{elsewhere.id}/{juror.id}/wegnehmen")
    assert client.post(taken).status_code == 404
