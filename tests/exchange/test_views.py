from ideenlab.core.db import db, transaction
from ideenlab.exchange.actions.indexing import make_findable
from ideenlab.exchange.actions.noting import note_listing
from ideenlab.exchange.models import ForeignIdea, Source
from ideenlab.ideas.models import Idea
from tests.exchange.test_actions import a_foreign_idea, a_source
from tests.factories import a_call, a_person, an_idea


def test_everybody_sees_and_searches_ideas_of_other_cities(client):
    assert "Noch keine Ideen anderer Städte" in client.get("/ideen/anderswo").text
    foreign = a_foreign_idea(a_source(idea_count=1), title="Trinkbrunnen <b>", support_count=3)
    with transaction():
        make_findable([foreign])
        note_listing()
    text = client.get("/ideen/anderswo").text
    assert "Trinkbrunnen &lt;b&gt;" in text
    assert "Nachbarstadt" in text
    assert "3 Unterstützungen dort" in text
    assert "Übernehmen" not in text
    assert "Trinkbrunnen" in client.get("/ideen/anderswo?q=brunnen").text
    assert "Nichts gefunden" in client.get("/ideen/anderswo?q=Seilbahn").text
    ours = an_idea(title="Trinkbrunnen im Park")
    assert "/ideen/anderswo" in client.get("/ideen").text
    assert "Trinkbrunnen &lt;b&gt;" in client.get(f"/ideen/anderswo?idee={ours.id}").text
    there = client.get(f"/idee/{an_idea(title='Ein Trinkbrunnen').id}").text
    assert "Diese Idee gibt es auch in anderen Städten" in there
    assert f'href="{foreign.url}">Trinkbrunnen &lt;b&gt;</a> (Nachbarstadt)' in there
    assert "gibt es auch" not in client.get(f"/idee/{an_idea(title='Mehr Bänke').id}").text
    for query in ("stadt=x", "stadt=999", "idee=999", "idee=x", "cursor=x", "q=" + "x" * 300):
        assert client.get(f"/ideen/anderswo?{query}").status_code in (200, 404)


def test_an_organiser_takes_one_over_and_the_idea_says_where_it_comes_from(client):
    call, foreign = a_call(), a_foreign_idea(a_source(idea_count=1))
    client.sign_in(a_person("organiser"))
    assert "Übernehmen" in client.get("/ideen/anderswo").text
    address = f"/ideen/anderswo/{foreign.id}/uebernehmen"
    assert client.get(address).status_code == 200
    refused = client.post(address, data={"call": call.slug, "title": "x", "text": "kurz"})
    assert refused.status_code == 422
    given = {"call": call.slug, "title": "Trinkbrunnen für uns", "text": "Wasser für alle, auch im Sommer."}
    assert client.post(address, data=given).status_code == 303
    ours = db.session.query(Idea).one()
    text = client.get(f"/idee/{ours.id}").text
    assert f"/ideen/anderswo?idee={ours.id}" in text
    assert "Übernommen aus Nachbarstadt." in text
    assert foreign.url in text
    assert "CC BY 4.0" in text
    assert client.get(address).status_code == 403
    assert "Hier übernommen" in client.get("/ideen/anderswo").text


def test_an_administrator_names_pauses_and_removes_a_city(client):
    client.sign_in(a_person("administrator"))
    door = "/administration/austausch"
    assert client.post(door, data={"title": "Bremen", "base_url": "https://10.0.0.1"}).status_code == 422
    assert client.post(door, data={"title": "Bremen", "base_url": "https://ideen.example.org"}).status_code == 303
    number = db.session.query(Source).one().id
    for act, word in (("anhalten", "angehalten"), ("fortsetzen", "noch nicht gelesen"), ("lesen", "Bremen")):
        assert client.post(f"{door}/{number}/{act}").status_code == 303
        assert word in client.get(door).text
    assert client.get(f"{door}/{number}/entfernen").status_code == 200
    assert client.post(f"{door}/{number}/entfernen").status_code == 303
    assert db.session.query(Source).count() == db.session.query(ForeignIdea).count() == 0
