import re
from datetime import timedelta

from ideenlab.barriers.models import Barrier
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.openings import write_opening
from tests.factories import a_person


def typed(**more):
    opened = write_opening(now() - timedelta(seconds=9))
    return {"opened": opened, "text": "Der Knopf ist zu klein.", "page": "/ideen", "tools": "", "email": "", **more}


def test_a_visitor_reports_a_barrier_and_finds_the_answer_again(app, client):
    form = client.get("/barriere-melden", headers={"Referer": "http://localhost/idee/7"})
    assert 'value="/idee/7"' in form.text
    assert 'value="/x"' not in client.get("/barriere-melden", headers={"Referer": "http://evil.example/x"}).text
    assert 'value="/ideen"' in client.get("/barriere-melden?seite=/ideen").text
    for path in ("/passwort-neu/GEHEIM", "/en/anmeldung/GEHEIM/ticket.pdf", "/jury/einladung/GEHEIM"):  # nobody else's
        assert "GEHEIM" not in client.get("/barriere-melden", headers={"Referer": f"http://localhost{path}"}).text
        assert f'value="{path}"' not in client.get("/barriere-melden", query_string={"seite": path}).text
    assert client.post("/barriere-melden", data=typed(text="kurz")).status_code == 422
    assert client.post("/barriere-melden", data=typed(website="x")).status_code == 422
    assert client.post("/barriere-melden", data=typed()).status_code == 303
    shown = client.get("/barriere-melden/ticket")
    code = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", shown.text)[0]
    assert "Bitte notieren Sie das Ticket" in shown.text

    organiser = app.test_client()
    organiser.sign_in(a_person("organiser"))
    barrier = db.session.query(Barrier).one()
    assert f"/organisation/barrieren/{barrier.id}" in organiser.get("/organisation/barrieren").text
    answered = organiser.post(f"/organisation/barrieren/{barrier.id}", data={"answer": "Er ist jetzt größer."})
    assert answered.status_code == 303

    other = app.test_client()
    assert other.get("/barriere-melden/ticket").status_code == 302
    assert other.post("/barriere-melden/stand", data={"code": "AAAA-AAAA-AAAA"}).status_code == 422
    assert other.post("/barriere-melden/stand", data={"code": code.lower()}).status_code == 303
    assert "Er ist jetzt größer." in other.get("/barriere-melden/ticket").text


def test_the_entrance_of_organisers_names_what_is_overdue(app, client):
    with transaction():
        late = now() - timedelta(days=1)
        db.session.add(Barrier(code_hash="x" * 64, text="Etwas geht nicht.", due_at=late))
    client.sign_in(a_person("administrator"))
    page = client.get("/organisation")
    assert "1 überfällig" in page.text
    assert "Punkte fehlen vor dem Start" in page.text
    client.sign_in(a_person("organiser"))
    assert "fehlen vor dem Start" not in client.get("/organisation").text
