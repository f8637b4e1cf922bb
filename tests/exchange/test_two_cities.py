"""Two installations on one machine: what is given in one stands in the list of the other, by way of a real server."""

import threading
from dataclasses import replace

import pytest
from werkzeug.serving import make_server

from ideenlab import create_app
from ideenlab.core.db import Model, db, transaction
from ideenlab.exchange import actions
from ideenlab.exchange.queries import foreign_ideas
from ideenlab.ideas.models import Idea
from tests.conftest import make_settings
from tests.factories import a_call, a_person, an_idea


@pytest.fixture
def neighbour(tmp_path, memory_folder):
    """Another city with a database of its own, reached by HTTP. Gives its app and its address."""
    made = make_settings(f"sqlite:///{memory_folder / 'neighbour.db'}", tmp_path, CITY_NAME="Nachbarstadt")
    server = make_server("127.0.0.1", 0, app=None, threaded=True)  # which city it is depends on the port it finds
    address = f"http://127.0.0.1:{server.server_port}"
    app = server.app = create_app(replace(made, base_url=address))
    with app.app_context():
        with transaction():
            Model.metadata.create_all(db.session.connection())
        db.session.remove()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield app, address
    server.shutdown()
    thread.join(5)
    server.server_close()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    (memory_folder / "neighbour.db").unlink()


def test_an_idea_goes_from_one_city_to_another_with_its_source(app, client, neighbour, monkeypatch):
    there, address = neighbour
    with there.app_context():
        call = a_call()
        author = a_person()
        numbers = [an_idea(call, author, title=f"Trinkbrunnen am Platz {number}").id for number in range(102)]
        an_idea(call, author, state="hidden", title="Verborgen")
        an_idea(a_call(open_phases=()), title="Vorbei")
        db.session.remove()
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], exchange_local=True))
    organiser = a_person("organiser", "administrator")
    with transaction():
        actions.add_source(organiser, title="Nachbarstadt", base_url=address)
    assert actions.read_sources(app.config["SETTINGS"]) == {"read": 1, "failed": 0}
    newest = foreign_ideas(None, cursor=None).rows[0]
    assert (newest.licence, newest.source.idea_count, newest.source.last_error) == ("CC BY 4.0", 102, "")
    assert newest.url == f"{address}/idee/{newest.external_id}"
    assert int(newest.external_id) in numbers
    client.sign_in(organiser)
    words = {"call": a_call().slug, "title": newest.title, "text": newest.text}
    assert client.post(f"/ideen/anderswo/{newest.id}/uebernehmen", data=words).status_code == 303
    page = client.get(f"/idee/{db.session.query(Idea).one().id}").text
    assert "Übernommen aus Nachbarstadt." in page
    assert newest.url in page
