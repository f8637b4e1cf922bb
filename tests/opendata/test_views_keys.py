import re

from ideenlab.core.db import db, transaction
from ideenlab.mail.models import Mail
from ideenlab.opendata.actions import make_key
from tests.factories import a_call, a_person

HERE = "/konto/schluessel"
FORM = {"name": "Webseite <b>", "scopes": ["ideas:write"], "days": "30"}


def test_a_key_is_shown_once_works_and_is_ended(app, client):
    call, person = a_call(), a_person()
    client.sign_in(person)
    assert "Noch keine Schlüssel" in client.get(HERE).text
    made = client.post(HERE, data=FORM)
    secret = re.search(r'id="secret">([\w-]+)<', made.text)[1]
    page = client.get(HERE)
    told = db.session.query(Mail).one()
    assert (told.recipient, "Webseite <b>" in told.text, secret in told.text) == (person.email, True, False)
    assert (made.status_code, secret in page.text, "Webseite &lt;b&gt;" in page.text) == (201, False, True)
    key = {"Authorization": f"Bearer {secret}"}
    body = {"call": call.slug, "title": "Bänke am Fluss", "text": "Zehn Bänke am Fluss.", "agrees_to_licence": True}
    client.sign_out()
    assert client.post("/api/v1/ideas", json=body, headers=key, csrf=False).status_code == 201
    client.sign_in(person)
    assert "zuletzt benutzt" in client.get(HERE).text
    number = re.search(r"/konto/schluessel/(\d+)/beenden", page.text)[1]
    assert client.post(f"{HERE}/{number}/beenden").status_code == 303
    assert client.post("/api/v1/ideas", json=body, headers=key, csrf=False).status_code == 401


def test_wrong_forms_keep_what_was_typed_and_others_keys_are_not_there(app, client):
    person = a_person()
    with transaction():
        foreign, _secret = make_key(a_person(), name="x", scopes=["ideas:write"], days=1)
    client.sign_in(person)
    for wrong in ({"days": "366"}, {"days": "bald"}, {"scopes": []}, {"scopes": ["admin"]}, {"name": ""}):
        answer = client.post(HERE, data={**FORM, **wrong})
        assert (answer.status_code, 'id="secret"' in answer.text) == (422, False), wrong
        assert "Webseite &lt;b&gt;" in answer.text or "name" in wrong
    assert client.post(f"{HERE}/{foreign.id}/beenden").status_code == 404
