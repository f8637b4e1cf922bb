from sqlalchemy import select

from ideenlab.challenges.models import Challenge
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.trails.actions import follow_trails
from ideenlab.trails.models import Outcome
from ideenlab.trails.queries import latest_news
from tests.factories import a_person, an_idea
from tests.jury.world import a_juror, published, save
from tests.trails.world import an_outcome, people_and_prototype


def main_of(page):
    return page.text.partition("<main")[2].partition("</main>")[0]


def test_the_way_shows_each_step_and_no_supporter(client, count_queries):
    prototype, idea, people = people_and_prototype()
    page = main_of(client.get(f"/idee/{idea.id}/werdegang"))
    assert "Bank-o-mat" in page
    assert "Platz 1" not in page
    save(a_juror(prototype.hackathon), prototype, 4, submit=True)
    published(prototype.hackathon)
    an_outcome(prototype, url="https://example.org/baenke")
    page = main_of(client.get(f"/idee/{idea.id}/werdegang"))
    wanted = [people["author"].pseudonym, people["along"].pseudonym, "1 Unterstützung", prototype.team.name,
              "Bank-o-mat", "Platz 1", "Drei Bänke stehen schon", "example.org"]  # fmt: skip
    assert [text for text in wanted if text not in page] == []
    assert people["supporter"].pseudonym not in page
    assert people["commenter"].pseudonym not in page
    few = count_queries(lambda: client.get(f"/idee/{idea.id}/werdegang"))
    for _more in range(3):
        an_outcome(prototype)
    assert count_queries(lambda: client.get(f"/idee/{idea.id}/werdegang")) == few


def test_what_is_hidden_leaves_no_name(client):
    prototype, idea, people = people_and_prototype()
    an_outcome(prototype)
    with transaction():
        prototype.hidden_at = now()
    page = main_of(client.get(f"/idee/{idea.id}/werdegang"))
    assert all(word not in page for word in ("Bank-o-mat", "Drei Bänke", prototype.team.name))
    challenge = db.session.scalars(select(Challenge)).one()
    with transaction():
        challenge.withdrawn_at = now()
    assert challenge.title not in main_of(client.get(f"/idee/{idea.id}/werdegang"))
    for state in ("hidden", "withdrawn", "waiting", "draft"):
        with transaction():
            idea.state = state
        assert client.get(f"/idee/{idea.id}/werdegang").status_code == 404
    assert people["author"].pseudonym


def test_pages_of_idea_challenge_and_prototype_lead_there(client):
    prototype, idea, _people = people_and_prototype()
    an_outcome(prototype)
    challenge = db.session.scalars(select(Challenge)).one()
    for address in (f"/idee/{idea.id}", f"/aufgabe/{challenge.id}", f"/prototyp/{prototype.id}"):
        assert f'href="/idee/{idea.id}/werdegang"' in client.get(address).text
    assert f"/idee/{idea.id}/werdegang" not in client.get(f"/idee/{an_idea().id}").text
    follow_trails()
    assert [(each.id, kind) for each, kind in latest_news()] == [(idea.id, "outcome")]


def test_organisers_tell_change_and_withdraw_what_became_of_it(client):
    prototype, _idea, _people = people_and_prototype()
    client.sign_in(a_person("organiser"))
    address = f"/organisation/prototyp/{prototype.id}/danach"
    refused = client.post(address, data={"title": "", "text": "Am Fluss", "url": "kein Link"})
    assert refused.status_code == 422
    assert "Am Fluss" in refused.text
    assert client.post(address, data={"title": "Bänke", "url": "kein Link"}).status_code == 422
    assert client.post(address, data={"title": "Bänke stehen", "text": "Am Fluss"}).status_code == 303
    outcome = db.session.scalars(select(Outcome)).one()
    assert "Bänke stehen" in main_of(client.get(f"/prototyp/{prototype.id}"))
    one = f"/organisation/danach/{outcome.id}"
    assert client.post(one, data={"title": "Bänke stehen fest", "revision": "1"}).status_code == 303
    stale = client.post(one, data={"title": "Bänke wackeln", "revision": "1"})
    assert stale.status_code == 409
    assert "Bänke wackeln" in stale.text
    assert client.post(f"{one}/zurueckziehen").status_code == 303
    assert "Bänke stehen fest" not in main_of(client.get(f"/prototyp/{prototype.id}"))
    assert client.post(f"{one}/zeigen").status_code == 303
    assert "Bänke stehen fest" in main_of(client.get(f"/prototyp/{prototype.id}"))
