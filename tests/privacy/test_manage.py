"""Somebody objects, administrators answer; consents are found and taken back; the record is complete."""

import csv
import io
import json

from ideenlab.core.db import db
from ideenlab.hackathons.models import Consent
from ideenlab.history.models import Entry
from ideenlab.privacy.models import Objection
from ideenlab.privacy.rules import PURPOSES
from ideenlab.privacy.rules.objecting import MONTH
from tests.accounts.test_views_profile import mails
from tests.factories import a_hackathon, a_person, a_registration, an_idea, saved


def test_a_stranger_objects_and_is_answered(client, app):
    assert 'href="/datenschutz/widerspruch"' in client.get("/datenschutz").text
    words = {"text": "Bitte keine Zahlen über mich.", "email": "gast@example.org", **client.opened()}
    assert client.post("/datenschutz/widerspruch", data={"text": "", "email": "x"}).status_code == 422
    assert client.post("/datenschutz/widerspruch", data=words).location == "/datenschutz/widerspruch/danke"
    objection = db.session.query(Objection).one()
    assert (objection.person_id, objection.due_at - objection.made_at) == (None, MONTH)
    assert "Bitte keine Zahlen" not in mails("gast@example.org")[0].text  # nobody has us write to strangers
    client.sign_in(a_person("organiser"))
    assert client.get("/organisation/datenschutz").status_code == 403
    client.sign_in(a_person("administrator"))
    assert f"/organisation/datenschutz/widerspruch/{objection.id}" in client.get("/organisation/datenschutz").text
    path = f"/organisation/datenschutz/widerspruch/{objection.id}"
    assert client.post(path, data={"state": "upheld", "answer": ""}).status_code == 422
    assert client.post(path, data={"state": "upheld", "answer": "Wir lassen es."}).status_code == 303
    assert "Wir lassen es." in mails("gast@example.org")[1].text
    assert "beantwortet" in client.get("/organisation/datenschutz").text
    assert client.post(path, data={"state": "dismissed", "answer": "Doch."}).status_code == 403


def test_the_eleventh_objection_from_one_network_waits(client, app):
    sent = [
        client.post("/datenschutz/widerspruch", data={"text": "Nein.", "email": f"g{n}@example.org", **client.opened()})
        for n in range(11)
    ]
    assert [answer.status_code for answer in sent] == [303] * 10 + [422]


def test_consents_stand_with_their_words_and_end_by_one_button(client, app):
    person = a_person()
    registration = a_registration(a_hackathon(title="Hase"), person)
    saved(Consent(registration=registration, kind="photo_press", text="Fotos für die Presse"))
    idea = an_idea(author=person, title="Bänke an der Hase")
    saved(Entry(actor_id=person.id, deed="ideas.published", thing="ideas", thing_id=idea.id, note="CC BY 4.0"))
    client.sign_in(person)
    page = client.get("/konto/einwilligungen").text
    for words in ("Fotos für die Presse", "Bänke an der Hase", "CC BY 4.0"):
        assert words in page
    path = f"/hackathon/{registration.hackathon.slug}/anmeldung/einwilligung/photo_press"
    assert f'action="{path}"' in page
    assert client.post(path, data={"agree": "no"}).status_code == 303
    page = client.get("/konto/einwilligungen").text
    assert "zurückgenommen am" in page
    assert f'action="{path}"' not in page


def test_the_record_of_processing_has_every_purpose(client, app):
    client.sign_in(a_person("administrator"))
    wanted = [str(each.what) for _section, purposes in PURPOSES for each in purposes]
    table = client.get("/organisation/datenschutz/verzeichnis.csv").data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table), delimiter=";"))
    assert [row["Was"] for row in rows] == wanted
    assert json.loads(client.get("/organisation/datenschutz/verzeichnis.json").data) == rows
