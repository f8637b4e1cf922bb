"""The buttons of each mode, with and without JavaScript, and what visitors see of it."""

import pytest

from ideenlab.core.db import db, transaction
from ideenlab.ideas.actions import support_idea
from ideenlab.ideas.models import Call
from tests.factories import a_call, a_person, an_edition, an_idea

RULES = {
    "yes": "Jede Person kann jede Idee einmal unterstützen.",
    "for_against": "Jede Person hat zu jeder Idee eine Stimme: dafür, dagegen oder weiß nicht.",
    "points": "Jede Person hat 5 Punkte und gibt einer Idee höchstens 3 davon.",
}
HX = {"HX-Request": "true"}


def an_idea_in(mode, **values):
    return an_idea(a_call(support_mode=mode, **values))


def vote(idea, value, person=None):
    with transaction():
        support_idea(person or a_person(), idea=idea, value=value)


@pytest.mark.parametrize("mode", RULES)
def test_the_rule_stands_beside_every_result(client, mode):
    idea = an_idea_in(mode)
    for _sight in ("open", "closed"):
        page = client.get(f"/idee/{idea.id}").text
        assert RULES[mode] in page
        with transaction():
            idea.call.support_until = idea.call.support_from
    assert "Ideen konnten bis" in page


def test_few_votes_have_no_share_and_many_have_an_interval(client):
    idea = an_idea_in("for_against")
    for value in (1, 1, 1, 0):
        vote(idea, value)
    page = client.get(f"/idee/{idea.id}").text
    assert "<strong>3 dafür</strong> · <strong>0 dagegen</strong> · 1 weiß nicht" in page
    assert "Noch zu wenig Stimmen. Ein Anteil steht hier nach 7 weiteren Stimmen dafür oder dagegen." in page
    assert "<svg" not in page.split('id="support"')[1].split("</section>")[0]
    for value in (1, 1, 1, -1, -1, 1, 1):
        vote(idea, value)
    page = client.get(f"/idee/{idea.id}").text
    assert "80 % dafür. Mit Spielraum für den Zufall: zwischen 49 % und 95 %." in page
    assert '<rect class="il-interval__likely" x="49" y="1" width="46"' in page


@pytest.mark.parametrize(
    ("mode", "value", "said", "pressed"),
    [
        ("for_against", "1", "Sie sind für diese Idee.", "Dafür"),
        ("for_against", "-1", "Sie sind gegen diese Idee.", "Dagegen"),
        ("for_against", "0", "Sie haben zu dieser Idee „weiß nicht“ gewählt.", "Weiß nicht"),
        ("points", "2", "Sie geben dieser Idee 2 Punkte.", "2 Punkte"),
    ],
)
def test_voting_with_and_without_javascript(client, mode, value, said, pressed):
    idea = an_idea_in(mode)
    client.sign_in(a_person())
    answer = client.post(f"/idee/{idea.id}/unterstuetzen", data={"value": value})
    assert (answer.status_code, answer.location) == (303, f"/idee/{idea.id}")
    page = client.get(answer.location).text
    assert said in page
    button = page.split('aria-pressed="true"')[1].split("</button>")[0]
    assert pressed in button
    part = client.post(f"/idee/{idea.id}/unterstuetzen", data={"value": value}, headers=HX)
    assert (part.status_code, part.text.count('aria-pressed="true"')) == (200, 1)
    assert part.headers["HX-Trigger"]
    undone = client.post(f"/idee/{idea.id}/nicht-mehr-unterstuetzen", headers=HX)
    assert 'aria-pressed="true"' not in undone.text
    assert "zurücknehmen" not in undone.text


@pytest.mark.parametrize("value", ["", "x", "²", "1.5", "99999999", "-", "7", "' OR 1=1"])
@pytest.mark.parametrize("mode", RULES)
def test_a_vote_that_does_not_exist_is_refused_with_a_sentence(client, mode, value):
    idea = an_idea_in(mode)
    client.sign_in(a_person())
    answer = client.post(f"/idee/{idea.id}/unterstuetzen", data={"value": value})
    assert answer.status_code == 422
    assert "Diese Stimme gibt es in diesem Ideenaufruf nicht." in answer.text


def test_only_as_many_points_are_offered_as_are_left(client):
    call = a_call(support_mode="points")
    first, second, third = (an_idea(call) for _number in range(3))
    person = a_person()
    client.sign_in(person)
    vote(first, 3, person)
    page = client.get(f"/idee/{second.id}").text
    assert "noch 2 Punkte" in page
    assert page.count('name="value"') == 2
    vote(second, 2, person)
    page = client.get(f"/idee/{third.id}").text
    assert "Nehmen Sie zuerst Punkte von einer anderen Idee zurück." in page
    assert 'name="value"' not in page
    answer = client.post(f"/idee/{third.id}/unterstuetzen", data={"value": "1"})
    assert answer.status_code == 403
    assert "Für diese Idee haben Sie noch 0 von 5 Punkten." in answer.text


@pytest.mark.parametrize("mode", RULES)
def test_my_votes_are_shown_to_me_alone_and_can_be_taken_back_there(client, mode):
    idea = an_idea_in(mode, title="Was tun?")
    person = a_person()
    path = f"/ideen/{idea.call.slug}/meine-stimmen"
    assert client.get(path).status_code in (302, 303)
    client.sign_in(person)
    assert "Sie haben hier noch nicht abgestimmt" in client.get(path).text
    vote(idea, 1, person)
    page = client.get(path).text
    assert idea.title in page
    assert RULES[mode] in page
    answer = client.post(f"/idee/{idea.id}/nicht-mehr-unterstuetzen", data={"back": "list"})
    assert answer.location == path
    assert idea.title not in client.get(path).text


def test_points_on_a_hidden_idea_are_taken_back_without_seeing_it(client):
    idea, person = an_idea_in("points"), a_person()
    vote(idea, 3, person)
    with transaction():
        idea.state = "hidden"
    client.sign_in(person)
    page = client.get(f"/ideen/{idea.call.slug}/meine-stimmen").text
    assert "Eine Idee, die die Moderation ausgeblendet hat" in page
    assert idea.title not in page
    path = f"/idee/{idea.id}/nicht-mehr-unterstuetzen"
    assert client.post(path, data={"back": "list"}).status_code == 303
    assert client.post(path).status_code == 404


@pytest.mark.parametrize("mode", RULES)
def test_nobody_else_sees_who_voted_what(client, mode):
    idea = an_idea_in(mode)
    person = a_person(pseudonym="Stillestimme")
    vote(idea, 1, person)
    for role in ("organiser", "moderator", "administrator"):
        client.sign_in(a_person(role))
        for path in (f"/idee/{idea.id}", f"/ideen/{idea.call.slug}", f"/ideen/{idea.call.slug}/meine-stimmen",
                     f"/organisation/aufrufe/{idea.call.slug}", "/moderation"):  # fmt: skip
            assert "Stillestimme" not in client.get(path).text


# The organiser's form


FIELDS = {"title": "Sichere Schulwege", "summary": "", "description": "", "do": "save"}


def saved_call(client, **fields):
    edition = an_edition()
    answer = client.post("/organisation/aufrufe/neu", data={**FIELDS, "edition": str(edition.id), **fields})
    db.session.rollback()
    return answer, db.session.query(Call).filter_by(edition_id=edition.id).one_or_none()


def test_an_organiser_chooses_points_and_switches(client):
    client.sign_in(a_person("organiser"))
    answer, call = saved_call(
        client, support_mode="points", points_each="10", points_most="4", takes_images="y", is_premoderated="y",
        answer_until="2027-06-27T18:00",
    )  # fmt: skip
    assert answer.status_code == 303
    assert (call.support_mode, call.points_each, call.points_most) == ("points", 10, 4)
    assert (call.takes_images, call.is_premoderated, call.takes_mentions) == (True, True, False)
    assert call.answer_until.isoformat() == "2027-06-27T16:00:00+00:00"
    page = client.get(f"/organisation/aufrufe/{call.slug}").text
    assert 'value="10"' in page
    assert "Nur bei Punkten. Von 1 bis 100." in page


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"support_mode": "yes", "shows_opinion_map": "y"}, "Ein Meinungsbild braucht Stimmen dafür und dagegen."),
        ({"support_mode": "dice"}, "Bitte wählen Sie eine dieser Arten."),
        ({"support_mode": "points", "points_each": "", "points_most": "3"}, "Bitte füllen Sie dieses Feld aus."),
        ({"support_mode": "points", "points_each": "viele", "points_most": "3"}, "Bitte geben Sie eine ganze Zahl"),
        ({"support_mode": "points", "points_each": "101", "points_most": "3"}, "eine Zahl von 1 bis 100"),
        ({"support_mode": "points", "points_each": "5", "points_most": "6"}, "Auf eine Idee können 1 bis 5 Punkte"),
    ],
)
def test_a_rule_that_cannot_be_is_said_at_its_field(client, fields, says):
    client.sign_in(a_person("organiser"))
    answer, call = saved_call(client, **fields)
    assert (answer.status_code, call) == (422, None)
    assert says in answer.text


def test_after_the_first_support_the_form_shows_the_rule_locked(client):
    idea = an_idea_in("points")
    vote(idea, 2)
    client.sign_in(a_person("organiser"))
    path = f"/organisation/aufrufe/{idea.call.slug}"
    page = client.get(path).text
    assert "Wie unterstützt wird, steht fest" in page
    assert RULES["points"] in page
    assert 'name="support_mode"' not in page
    fields = {**FIELDS, "edition": str(idea.call.edition_id), "revision": "1"}
    stale = client.post(path, data={**fields, "support_mode": "yes", "points_each": "5", "points_most": "3"})
    assert stale.status_code == 422
    assert "Wie unterstützt wird, steht seit der ersten Unterstützung am" in stale.text
    assert client.post(path, data=fields).status_code == 303
    db.session.refresh(idea.call)
    assert (idea.call.support_mode, idea.call.revision) == ("points", 2)
