import pytest

from ideenlab.core.db import db
from ideenlab.notifications.models import Follow
from tests.factories import a_call, a_person, a_topic, an_idea


def follows():
    db.session.rollback()
    return [(row.thing, row.thing_id) for row in db.session.query(Follow)]


def test_ideas_calls_and_topics_are_followed_with_a_button(app, client):
    idea, topic = an_idea(), a_topic()
    client.sign_in(a_person())
    call = idea.call
    for kind, thing, back in (
        ("idee", idea, f"/idee/{idea.id}"),
        ("aufruf", call, f"/ideen/{call.slug}"),
        ("thema", topic, "/ideen"),
    ):
        answer = client.post(f"/folgen/{kind}/{thing.id}")
        assert (answer.status_code, answer.location) == (303, back)
        assert follows() == [(thing.__tablename__, thing.id)]
        part = client.post(f"/nicht-mehr-folgen/{kind}/{thing.id}", headers={"HX-Request": "true"})
        assert f'id="follow-{kind}-{thing.id}"' in part.text
        assert follows() == []


def test_the_button_says_what_it_will_do(app, client):
    call = a_call()
    topic = a_topic(call.edition)
    idea = an_idea(call, topic=topic)
    assert "verfolgen" not in client.get(f"/idee/{idea.id}").text
    client.sign_in(a_person())
    assert "Diese Idee verfolgen" in client.get(f"/idee/{idea.id}").text
    client.post(f"/folgen/idee/{idea.id}")
    assert "Diese Idee nicht mehr verfolgen" in client.get(f"/idee/{idea.id}").text
    page = client.get(f"/ideen/{call.slug}", query_string={"thema": topic.slug}).text
    assert "Diesen Aufruf verfolgen" in page
    assert "Dieses Themenfeld verfolgen" in page


@pytest.mark.parametrize(
    "address", ["/folgen/idee/999", "/folgen/person/1", f"/folgen/aufruf/{2**40}", "/folgen/thema/9"]
)
def test_what_is_not_there_is_not_followed(app, client, address):
    client.sign_in(a_person())
    assert client.post(address).status_code == 404


def test_a_draft_of_somebody_else_is_not_followed(app, client):
    idea = an_idea(state="draft")
    client.sign_in(a_person())
    assert client.post(f"/folgen/idee/{idea.id}").status_code == 404
    assert follows() == []
