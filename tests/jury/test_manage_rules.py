"""The pages on which organisers set rules and prizes, undo, and change frozen rules as a new version."""

import re

import pytest

from ideenlab.core.db import db
from ideenlab.jury.queries import criteria_of, prizes_of, rules_of, versions_of
from tests.factories import a_challenge, a_hackathon, a_person
from tests.jury.test_manage import address, criterion, terms, titles_of
from tests.jury.world import a_juror, close_scoring, handed_in, save, scored_hackathon


@pytest.fixture
def organiser(client):
    person = a_person("organiser")
    client.sign_in(person)
    return person


def prize(title="Preis der Stadt", revision="0", **more):
    return {"title": title, "places": "1", "challenge": "", "counts": "all", "revision": revision, **more}


def test_every_rule_is_set_on_one_page_and_read_on_another(client, organiser):
    hackathon = scored_hackathon("1")
    given = terms(highest="4", step="2", quorum="2", missing="not_counted", aggregate="median", ties="shared",
                  panel="plan", ballots_each="4", conflicts="Auch Verwandte gelten als befangen.", audience="teams",
                  feedback_required="y", shows_bands="y")  # fmt: skip
    assert client.post(address(hackathon, "/regeln"), data=given).status_code == 303
    page = client.get(address(hackathon)).text
    for sentence in ("0 bis 4, ganze Punkte", "der ganze Bewertungsbogen zählt nicht", "der Median", "geteilter Platz",
                     "nach Plan: 4 Bewertungsbögen", "Auch Verwandte", "nur die Teams", "zwei Stärken",
                     "wo Plätze nah"):  # fmt: skip
        assert sentence in page
    form = client.get(address(hackathon, "/regeln")).text
    assert len(re.findall(" checked", form)) == 8


@pytest.mark.parametrize("name", ["step", "missing", "aggregate", "ties", "panel", "audience"])
def test_an_answer_that_is_none_is_refused_at_its_field(client, organiser, name):
    answer = client.post(address(a_hackathon(), "/regeln"), data=terms(**{name: "zufällig"}))
    assert (answer.status_code, f'href="#{name}' in answer.text) == (422, True)


def test_prizes_are_added_edited_moved_removed_and_brought_back(client, organiser):
    hackathon = scored_hackathon("1", "2")
    challenge, (first, second) = a_challenge(hackathon, title="Wege für alle"), criteria_of(hackathon)
    assert "„Gesamtwertung“" in client.get(address(hackathon)).text
    own = {f"weight-{second.id}": "1,5", "counts": "own", "challenge": str(challenge.id), "places": "3"}
    client.post(address(hackathon, "/preise/neu"), data=prize())
    client.post(address(hackathon, "/preise/neu"), data=prize("Preis der Wege", "1", **own))
    page = client.get(address(hackathon)).text
    assert "Für die Aufgabe „Wege für alle“ · Kriterium 2 × 1,5" in page
    one, other = prizes_of(hackathon)
    db.session.rollback()
    client.post(address(hackathon, f"/preise/{other.id}/verschieben"), data={"where": "up", "revision": "2"})
    form = client.get(address(hackathon, f"/preise/{other.id}")).text
    assert re.search(rf'<option selected value="{challenge.id}">', form)
    client.post(address(hackathon, f"/preise/{one.id}"), data=prize("Preis der Hochschule", "3"))
    assert titles(hackathon) == ["Preis der Wege", "Preis der Hochschule"]
    client.post(address(hackathon, f"/preise/{other.id}/entfernen"), data={"revision": "4"})
    assert titles(hackathon) == ["Preis der Hochschule"]
    assert "Rückgängig machen" in client.get(address(hackathon)).text
    client.post(address(hackathon, "/rueckgaengig"), data={"revision": "5"})
    assert titles(hackathon) == ["Preis der Wege", "Preis der Hochschule"]
    assert first not in [each.criterion for each in prizes_of(hackathon)[0].criteria]


def titles(hackathon):
    db.session.rollback()
    return [prize.title for prize in prizes_of(hackathon)]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": ""}, "title"), ({"places": "0"}, "places"), ({"places": "x"}, "places"),
        ({"challenge": "999"}, "challenge"), ({"counts": "own"}, ""), ({"counts": "none"}, "counts"),
    ],
)  # fmt: skip
def test_a_prize_that_makes_no_sense_is_refused(client, organiser, given, field):
    hackathon = scored_hackathon("1")
    answer = client.post(address(hackathon, "/preise/neu"), data=prize(**given))
    assert answer.status_code == 422
    assert f'href="#{field}' in answer.text or not field
    assert titles(hackathon) == []


def test_a_removed_criterion_comes_back(client, organiser):
    hackathon = scored_hackathon("2", "1")
    before = titles_of(hackathon)
    one = f"/kriterien/{criteria_of(hackathon)[0].id}/entfernen"
    client.post(address(hackathon, one), data={"revision": "0"})
    assert titles_of(hackathon) == before[1:]
    page = client.get(address(hackathon)).text
    assert "Was zuletzt geändert wurde" in page
    assert client.post(address(hackathon, "/rueckgaengig"), data={"revision": "1"}).status_code == 303
    assert titles_of(hackathon) == before


def test_rules_of_last_year_are_taken_over_and_not_over_criteria_that_are_there(client, organiser):
    last, hackathon = scored_hackathon("2", "1", title="Hackathon 2026"), a_hackathon()
    page = client.get(address(hackathon, "/uebernehmen")).text
    assert "Hackathon 2026" in page
    data = {"source": last.slug, "revision": "0"}
    assert client.post(address(hackathon, "/uebernehmen"), data=data).status_code == 303
    assert titles_of(hackathon) == titles_of(last)
    assert client.post(address(hackathon, "/uebernehmen"), data=data | {"revision": "1"}).status_code == 422
    assert client.post(address(a_hackathon(), "/uebernehmen"), data={"source": "x"}).status_code == 422


def test_a_new_version_from_its_reason_to_its_force(client, organiser):
    hackathon = scored_hackathon("1")
    juror, prototype = a_juror(hackathon), handed_in(hackathon)
    save(juror, prototype, 4)
    assert "Neue Fassung vorbereiten" in client.get(address(hackathon)).text
    assert client.post(address(hackathon, "/neue-fassung"), data={"reason": " "}).status_code == 422
    assert client.get(address(hackathon, "/neue-fassung/in-kraft")).status_code == 403
    client.post(address(hackathon, "/neue-fassung"), data={"reason": "Es fehlte ein Kriterium."})
    assert "Fassung 2 ist in Vorbereitung" in client.get(address(hackathon)).text
    assert "Es ist noch nichts geändert" in client.get(address(hackathon, "/neue-fassung/in-kraft")).text
    now_at = str(rules_of(hackathon).revision)
    client.post(address(hackathon, "/kriterien/neu"), data=criterion("Mut", "1", now_at))
    page = client.get(address(hackathon, "/neue-fassung/in-kraft")).text
    assert "Mut: Satz für 5 Punkte" in page
    answer = client.post(address(hackathon, "/neue-fassung/in-kraft"), data={"revision": now_at})
    assert answer.status_code == 409
    answer = client.post(address(hackathon, "/neue-fassung/in-kraft"), data={"revision": str(int(now_at) + 1)})
    assert (answer.status_code, answer.location) == (303, f"/hackathon/{hackathon.slug}/bewertung")
    db.session.rollback()
    assert [version.number for version in versions_of(hackathon)] == [2, 1]


def test_a_new_version_is_dropped_even_after_the_close(client, organiser):
    hackathon = scored_hackathon("1")
    save(a_juror(hackathon), handed_in(hackathon), 4)
    client.post(address(hackathon, "/neue-fassung"), data={"reason": "Versehen"})
    close_scoring(hackathon)
    assert "Die Bewertung ist beendet seit" in client.get(address(hackathon)).text
    assert client.get(address(hackathon, "/neue-fassung/in-kraft")).status_code == 403
    assert client.get(address(hackathon, "/neue-fassung/verwerfen")).status_code == 200
    data = {"revision": str(rules_of(hackathon).revision)}
    db.session.rollback()
    assert client.post(address(hackathon, "/neue-fassung/verwerfen"), data=data).status_code == 303
    assert rules_of(hackathon).version == 1
