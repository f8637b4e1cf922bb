"""What organisers do for the jury, page by page."""

import re

import pytest
from sqlalchemy import select

from ideenlab.core.db import db, transaction
from ideenlab.jury.models import Juror, Result
from ideenlab.jury.queries import criteria_of, jurors_of, rules_of
from tests.factories import a_hackathon, a_person
from tests.jury.world import a_juror, close_scoring, handed_in, save, scored_hackathon, submitted


@pytest.fixture
def organiser(client):
    person = a_person("organiser")
    client.sign_in(person)
    return person


def address(hackathon, part=""):
    return f"/organisation/hackathons/{hackathon.slug}/jury{part}"


def criterion(title="Nutzen", weight="1,5", revision="0", **more):
    levels = {f"level-{points}": f"Satz {points}" for points in range(6)}
    return {"title": title, "question": "Hilft es?", "weight": weight, "revision": revision, **levels, **more}


def terms(**given):
    """What the form of the rules sends, with what is usual."""
    usual = {"highest": "5", "step": "1", "quorum": "3", "missing": "left_out", "aggregate": "mean",
             "ties": "criterion", "panel": "full", "ballots_each": "5", "audience": "everybody",
             "revision": "0"}  # fmt: skip
    return usual | given


def titles_of(hackathon):
    db.session.rollback()
    return [f"{c.title} {c.weight}" for c in criteria_of(hackathon)]


def test_an_organiser_starts_with_four_criteria_and_changes_them(client, organiser):
    hackathon = a_hackathon()
    assert "Vier Kriterien: Nutzen, Neuheit" in client.get(address(hackathon)).text
    client.post(address(hackathon, "/vorlage/four"), data={"revision": "0"})
    assert titles_of(hackathon) == ["Nutzen für die Stadt 1", "Neuheit 1", "Umsetzbarkeit 1", "Verständlichkeit 1"]
    first, _second, third, _fourth = [f"/kriterien/{c.id}" for c in criteria_of(hackathon)]
    assert "Kein" not in client.get(address(hackathon, first)).text
    client.post(address(hackathon, first), data=criterion("Nutzen", "2,5", "1"))
    client.post(address(hackathon, third + "/verschieben"), data={"where": "up", "revision": "2"})
    client.post(address(hackathon, first + "/verschieben"), data={"where": "down", "revision": "3"})
    assert client.get(address(hackathon, first + "/entfernen")).status_code == 200
    client.post(address(hackathon, first + "/entfernen"), data={"revision": "4"})
    client.post(address(hackathon, "/kriterien/neu"), data=criterion("Preis", "0.5", "5"))
    assert titles_of(hackathon) == ["Umsetzbarkeit 1", "Neuheit 1", "Verständlichkeit 1", "Preis 0.5"]
    page = client.get(address(hackathon)).text
    assert re.findall(r"[\d,]+\xa0?\s?%", page) == ["28,6 %", "28,6 %", "28,6 %", "14,3 %"]


@pytest.mark.parametrize("weight", ["0", "-1", "1e3", "NaN", "１", "", "1000,5", "1.5.5", "9999"])
def test_a_weight_that_is_none_is_refused_at_its_field(client, organiser, weight):
    hackathon = a_hackathon()
    answer = client.post(address(hackathon, "/kriterien/neu"), data=criterion(weight=weight))
    assert answer.status_code == 422
    assert 'href="#weight"' in answer.text
    assert titles_of(hackathon) == []


@pytest.mark.parametrize("gone", ["title", "question", "level-0", "level-5"])
def test_a_criterion_needs_every_sentence(client, organiser, gone):
    answer = client.post(address(a_hackathon(), "/kriterien/neu"), data=criterion(**{gone: " \t\n"}))
    assert answer.status_code == 422
    assert f'href="#{gone}"' in answer.text


def test_a_title_that_is_there_already_is_refused_at_its_field(client, organiser):
    hackathon = scored_hackathon("1")
    answer = client.post(address(hackathon, "/kriterien/neu"), data=criterion("kriterium 1"))
    assert answer.status_code == 422
    assert 'href="#title"' in answer.text


def test_the_second_of_two_organisers_sees_both_versions(client, organiser):
    hackathon = scored_hackathon("1")
    path = address(hackathon, f"/kriterien/{criteria_of(hackathon)[0].id}")
    assert client.post(path, data=criterion("Erste")).status_code == 303
    answer = client.post(path, data=criterion("Zweite"))
    assert answer.status_code == 409
    assert "Erste" in answer.text
    assert "Zweite" in answer.text
    assert titles_of(hackathon) == ["Erste 1.5"]


@pytest.mark.parametrize(
    ("highest", "quorum"), [("0", "3"), ("11", "3"), ("5,5", "3"), ("5", "0"), ("", ""), ("x", "100")]
)
def test_scale_and_quorum_have_limits(client, organiser, highest, quorum):
    hackathon = a_hackathon()
    answer = client.post(address(hackathon, "/regeln"), data=terms(highest=highest, quorum=quorum))
    assert answer.status_code == 422
    assert rules_of(hackathon).quorum == 3


def test_the_scale_sets_how_many_sentences_a_criterion_has(client, organiser):
    hackathon = a_hackathon()
    client.post(address(hackathon, "/regeln"), data=terms(highest="3", quorum="2"))
    page = client.get(address(hackathon, "/kriterien/neu")).text
    assert [f'name="level-{points}"' in page for points in range(5)] == [True, True, True, True, False]


def test_after_the_first_ballot_every_door_to_the_rules_is_closed(client, organiser):
    hackathon = scored_hackathon("1")
    save(a_juror(hackathon), handed_in(hackathon), 4)
    one = f"/kriterien/{criteria_of(hackathon)[0].id}"
    reason = (
        "Die Jury hat mit der Bewertung begonnen. Die Regeln lassen sich nur noch als neue Fassung ändern, mit einer "
        "Begründung für alle."
    )
    assert reason in client.get(address(hackathon)).text
    for part in ("/regeln", "/kriterien/neu", one, one + "/entfernen"):
        assert reason in client.get(address(hackathon, part)).text
        answer = client.post(address(hackathon, part), data=criterion(highest="3", quorum="1"))
        assert (answer.status_code, reason in answer.text) == (403, True)
    for part in ("/vorlage/four", one + "/verschieben"):
        assert client.post(address(hackathon, part), data={"revision": "0"}).status_code == 403
    assert titles_of(hackathon) == ["Kriterium 1 1"]


def test_the_code_of_a_juror_is_shown_once(client, organiser):
    hackathon = scored_hackathon()
    data = {"name": "Jo Muster", "email": "Jo@Example.org", "organisation": "Hochschule"}
    assert client.post(address(hackathon, "/mitglieder"), data=data).status_code == 303
    page = client.get(address(hackathon, "/mitglieder")).text
    code = re.search(r'il-juror__code">(\d{4} \d{4})<', page)[1]
    again = client.get(address(hackathon, "/mitglieder")).text
    assert "Jo Muster" in again
    assert code not in again
    juror = jurors_of(hackathon)[0]
    assert client.get(address(hackathon, f"/mitglieder/{juror.id}/zugang")).status_code == 200
    client.post(address(hackathon, f"/mitglieder/{juror.id}/zugang"))
    fresh = re.search(r'il-juror__code">(\d{4} \d{4})<', client.get(address(hackathon, "/mitglieder")).text)[1]
    assert fresh != code


@pytest.mark.parametrize(("name", "email", "field"), [("", "a@example.org", "name"), ("Jo", "keine", "email")])
def test_an_invitation_needs_a_name_and_takes_only_addresses(client, organiser, name, email, field):
    hackathon = scored_hackathon()
    answer = client.post(address(hackathon, "/mitglieder"), data={"name": name, "email": email})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert jurors_of(hackathon) == []


def test_a_juror_is_removed_after_a_question(client, organiser):
    hackathon = scored_hackathon()
    juror = a_juror(hackathon, name="Jo Muster")
    path = address(hackathon, f"/mitglieder/{juror.id}/entfernen")
    assert "verliert den Zugang sofort" in client.get(path).text
    assert client.post(path).status_code == 303
    assert jurors_of(hackathon) == []
    assert client.get(path).status_code == 404


def test_things_of_another_hackathon_are_not_found(client, organiser):
    hackathon, other = scored_hackathon(), scored_hackathon()
    foreign = (f"/kriterien/{criteria_of(other)[0].id}", f"/mitglieder/{a_juror(other).id}/entfernen")
    for part in (*foreign, "/kriterien/99999999999", "/mitglieder/99999999999/zugang"):
        assert client.get(address(hackathon, part)).status_code == 404
        assert client.post(address(hackathon, part), data=criterion()).status_code == 404


def test_progress_shows_states_and_names_but_no_points_while_they_can_change(client, organiser):
    hackathon = scored_hackathon(quorum=2)
    done, late = a_juror(hackathon, name="Anna Fertig"), a_juror(hackathon, name="Ben Spät")
    first, second = handed_in(hackathon, team="Alpha"), handed_in(hackathon, done.person, team="Beta")
    submitted(done, first, 4.5, 4.5, 4.5)
    save(late, first, 3.5)
    page = client.get(address(hackathon, "/fortschritt")).text
    _others, states = page.split('id="states"')
    cells = re.findall(r'<td class="kern-table__cell">([^<]+)</td>', states)
    assert cells == ["abgegeben", "begonnen", "eigenes Team", "offen"]
    assert "1 von 3 Bewertungen abgegeben" in page
    assert "Ben Spät: Alpha, Beta" in page
    assert "Die Punkte bleiben auch Ihnen verborgen, bis die Bewertung endet:" in page
    assert "4,5" not in page
    assert "4,5" not in client.get(address(hackathon, "/ergebnis")).text
    assert client.get(address(hackathon, "/veroeffentlichen")).status_code == 403
    submitted(late, first, 3, 3, 3)
    submitted(late, second, 2, 2, 2)
    close_scoring(hackathon)
    page = client.get(address(hackathon, "/ergebnis")).text
    assert "3,75" in page
    assert "Ergebnis veröffentlichen …" in page


def test_publishing_asks_first_and_happens_once(client, organiser):
    hackathon = scored_hackathon()
    submitted(a_juror(hackathon), handed_in(hackathon, title="Bank-o-mat"), 4, 4, 4)
    a_juror(hackathon, name="Ben Spät")
    close_scoring(hackathon)
    page = client.get(address(hackathon, "/veroeffentlichen")).text
    for text in ("Einige Bewertungen wurden nicht abgegeben", "Ben Spät", "Was öffentlich wird"):
        assert text in page
    assert db.session.scalars(select(Result)).all() == []
    answer = client.post(address(hackathon, "/veroeffentlichen"))
    assert (answer.status_code, answer.location) == (303, f"/hackathon/{hackathon.slug}/ergebnis")
    assert "Platz 1" in client.get(answer.location).text
    assert client.post(address(hackathon, "/veroeffentlichen")).status_code == 403
    assert len(db.session.scalars(select(Result)).all()) == 1


def test_only_organisers_do_any_of_this(client):
    hackathon = scored_hackathon("1")
    juror = a_juror(hackathon, name="Jo Muster")
    submitted(juror, handed_in(hackathon), 4)
    close_scoring(hackathon)
    one, member = f"/kriterien/{criteria_of(hackathon)[0].id}", f"/mitglieder/{juror.id}"
    parts = ("", "/regeln", "/kriterien/neu", one, one + "/entfernen", "/mitglieder", member + "/zugang",
             member + "/entfernen", "/fortschritt", "/ergebnis", "/versiegeln",
             "/veroeffentlichen", "/preise/neu", "/uebernehmen", "/neue-fassung",
             "/neue-fassung/in-kraft", "/neue-fassung/verwerfen")  # fmt: skip
    for person in (a_person(), juror.person, a_person("moderator")):
        client.sign_in(person)
        for part in parts:
            assert client.get(address(hackathon, part)).status_code == 403
        for part in (*parts[1:], one + "/verschieben", "/vorlage/four", "/rueckgaengig"):
            assert client.post(address(hackathon, part), data=criterion()).status_code in (403, 405)
    db.session.rollback()
    assert (len(db.session.scalars(select(Result)).all()), len(db.session.scalars(select(Juror)).all())) == (0, 1)


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_pages_need_a_fixed_number_of_queries(client, organiser, count_queries, rows):
    hackathon = scored_hackathon("1")
    jurors = [a_juror(hackathon) for _ in range(min(rows, 9))]
    prototypes = [handed_in(hackathon) for _ in range(rows)]
    for prototype in prototypes:
        submitted(jurors[0], prototype, 4)
    with transaction():
        hackathon.publication_from = None
    close_scoring(hackathon)
    counted = {
        part: count_queries(lambda part=part: client.get(address(hackathon, part)))
        for part in ("", "/mitglieder", "/fortschritt", "/ergebnis", "/veroeffentlichen")
    }
    assert max(counted.values()) <= 27, counted  # one page of organisers, the same for 1, 3 and 30 rows
