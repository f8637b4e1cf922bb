"""The pages on which ideas are joined and separated."""

import re

import pytest

from ideenlab.core.db import db, transaction
from ideenlab.ideas.actions import support_idea
from ideenlab.ideas.models import Idea
from ideenlab.merges.models import Merge
from tests.factories import a_comment, a_person, an_idea
from tests.merges.world import REASON, alike, joined, proposed


@pytest.fixture
def moderator(client):
    person = a_person("moderator")
    client.sign_in(person)
    return person


def propose(client, target, *parts, changes=None):
    ids = "&".join(f"mit={part.id}" for part in parts)
    data = {"target": str(target.id), "reason": REASON, **(changes or {})}
    return client.post(f"/idee/{target.id}/zusammenfuehren?{ids}", data=data)


def merges():
    db.session.rollback()
    return db.session.query(Merge).all()


def test_the_whole_way(client, moderator):
    target, part = alike()
    a_comment(part, text="Kommt mit hinüber.")
    assert "Mit anderen Ideen zusammenführen" in client.get(f"/idee/{target.id}").text
    page = client.get(f"/idee/{target.id}/zusammenfuehren", query_string={"more": f"#{part.id}"}).text
    assert part.title in page
    answer = propose(client, target, part)
    assert answer.status_code == 303
    assert "wartet auf Antworten" in client.get(answer.location).text
    for idea in (target, part):
        client.sign_in(idea.author)
        assert "Vorschlag ansehen" in client.get(f"/idee/{idea.id}").text
        page = client.get(answer.location).text
        assert page.count("Ich stimme zu") == 1
        form = re.search(r'action="(/zusammenfuehrung/\d+/idee/\d+/antwort)"', page)[1]
        assert client.post(form, data={"answer": "agree"}).status_code == 303
    client.sign_out()
    page = client.get(f"/idee/{target.id}").text
    assert "1 Idee ist in dieser aufgegangen" in page
    assert "Kommt mit hinüber." in page
    page = client.get(f"/idee/{part.id}").text
    assert "Diese Idee wurde mit einer anderen zusammengeführt" in page
    assert f'href="/idee/{target.id}"' in page
    assert part.title not in client.get(f"/ideen/{target.call.slug}").text
    client.sign_in(db.session.get(type(moderator), moderator.id))
    page = client.post(f"{answer.location}/trennen", data={"reason": "kurz"})
    assert (page.status_code, "mindestens 10 Zeichen" in page.text) == (422, True)
    assert client.post(f"{answer.location}/trennen", data={"reason": "Doch zwei Ideen."}).status_code == 303
    assert part.title in client.get(f"/ideen/{target.call.slug}").text
    assert "wieder getrennt" in client.get("/zusammenfuehrungen").text


def test_a_refused_proposal_keeps_what_was_typed(client, moderator):
    target, part = alike()
    for changes in ({"target": ""}, {"target": "4711"}, {"target": "x"}, {"reason": "zu kurz"}):
        answer = propose(client, target, part, changes=changes)
        assert answer.status_code == 422
        assert changes.get("reason", REASON) in answer.text
    assert merges() == []


@pytest.mark.parametrize("typed", ["", "abc", "4711", "9" * 30, "-1", "<b>", "1;2", "１"])
def test_what_is_no_idea_is_not_added(client, moderator, typed):
    idea = an_idea()
    page = client.get(f"/idee/{idea.id}/zusammenfuehren", query_string={"more": typed, "mit": typed})
    assert page.status_code == 200
    assert page.text.count("#") >= 1
    assert ("Es gibt keine Idee mit dieser Nummer." in page.text) is (typed != "")
    assert "Um Zustimmung fragen" not in page.text


def test_ideas_of_another_call_and_ideas_that_are_gone_are_not_added(client, moderator):
    idea, elsewhere = an_idea(), an_idea()
    hidden = an_idea(idea.call, state="hidden")
    for other, says in ((elsewhere, "Nur Ideen eines Aufrufs"), (hidden, "ist nicht veröffentlicht")):
        page = client.get(f"/idee/{idea.id}/zusammenfuehren", query_string={"more": str(other.id)}).text
        assert says in page
        assert "Um Zustimmung fragen" not in page


@pytest.mark.parametrize("typed", ["17", "#17", "/idee/17", "https://x.de/idee/17", "http://x.de/en/idee/17#comment-3"])
def test_a_number_may_be_an_address(typed):
    from ideenlab.merges.forms import read_number

    assert read_number(typed) == 17


def test_strangers_see_no_proposal_and_cannot_answer(client):
    target, part = alike()
    merge = proposed(target, part)
    path, answer = f"/zusammenfuehrung/{merge.id}", f"/zusammenfuehrung/{merge.id}/idee/{part.id}/antwort"
    assert client.get(path).status_code == 302
    client.sign_in(a_person())
    statuses = [client.get(path).status_code, client.post(answer, data={"answer": "agree"}).status_code]
    statuses += [client.post(f"{path}/trennen", data={"reason": REASON}).status_code]
    assert statuses == [404, 404, 404]
    assert [client.get(page).status_code for page in ("/zusammenfuehrungen", f"/idee/{part.id}/zusammenfuehren")] == [
        403, 403,
    ]  # fmt: skip
    assert client.post(f"{path}/zuruecknehmen").status_code == 403
    assert [merge.state for merge in merges()] == ["proposed"]
    client.sign_in(part.author)
    assert (
        client.post(f"/zusammenfuehrung/{merge.id}/idee/{target.id}/antwort", data={"answer": "agree"}).status_code
        == 403
    )
    assert client.post(answer, data={"answer": "vielleicht"}).status_code == 422
    assert client.post(f"/zusammenfuehrung/{merge.id}/idee/999/antwort", data={"answer": "agree"}).status_code == 404


def test_visitors_learn_nothing_of_a_proposal(client):
    target, part = alike()
    proposed(target, part)
    page = client.get(f"/idee/{target.id}").text
    assert "Vorschlag" not in page
    assert "zusammenf" not in page


def test_who_supported_a_part_sees_it_on_the_target_and_takes_it_back_there(client):
    target, part = alike()
    person = a_person()
    with transaction():
        support_idea(person, idea=part)
    joined(target, part)
    client.sign_in(person)
    page = client.get(f"/ideen/{target.call.slug}/meine-stimmen").text
    assert f'action="/idee/{target.id}/nicht-mehr-unterstuetzen"' in page
    assert "nicht-mehr-unterstuetzen" in client.get(f"/idee/{target.id}").text
    assert client.post(f"/idee/{target.id}/nicht-mehr-unterstuetzen").status_code == 303
    db.session.rollback()
    assert [db.session.get(Idea, idea.id).support_count for idea in (target, part)] == [0, 0]


def test_an_idea_that_is_not_joined_costs_no_query_more(client, count_queries):
    alone, (target, *parts) = an_idea(), alike(4)
    joined(target, *parts)
    alone_costs = count_queries(lambda: client.get(f"/idee/{alone.id}"))
    assert count_queries(lambda: client.get(f"/idee/{target.id}")) == alone_costs + 1
    assert count_queries(lambda: client.get(f"/idee/{parts[0].id}")) == alone_costs + 1


def test_the_pages_speak_english_under_en(client, moderator):
    target, part = alike()
    merge = joined(target, part)
    assert "How the ideas were joined" in client.get(f"/en/idee/{target.id}").text
    page = client.get(f"/en/zusammenfuehrung/{merge.id}").text
    assert "Separate these ideas again" in page
    assert "joined" in page
