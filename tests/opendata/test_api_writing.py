"""What programs send, with a key."""

import json
from datetime import timedelta

import time_machine
from sqlalchemy import func, select

from ideenlab.accounts.models import ApiToken
from ideenlab.comments.models import Comment
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.ideas.models import Idea
from tests.factories import a_call, a_person, an_idea
from tests.opendata.factories import a_key

HERE = "/api/v1/ideas"
TEXT = "Zehn Bänke am Fluss, das hilft allen."


def wanted(call, **more):
    return {"call": call.slug, "title": "Bänke am Fluss", "text": TEXT, "agrees_to_licence": True, **more}


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_a_key_gives_an_idea_and_a_comment_as_the_pages_do(app, client):
    call, person = a_call(), a_person(pseudonym="Nachteule")
    key = a_key(person)
    answer = client.post(HERE, json=wanted(call), headers=key, csrf=False)
    assert (answer.status_code, answer.json["data"]["author"], answer.json["data"]["state"]) == (
        201, "Nachteule", "published",
    )  # fmt: skip
    number = answer.json["data"]["id"]
    assert answer.headers["Location"] == f"http://localhost/idee/{number}"
    said = client.post(f"{HERE}/{number}/comments", json={"text": "Und Tische!"}, headers=key, csrf=False)
    assert (said.status_code, said.json["data"]["text"]) == (201, "Und Tische!")
    draft = client.post(HERE, json=wanted(call, title="Ein Entwurf", publish=False), headers=key, csrf=False)
    assert draft.json["data"]["state"] == "draft"
    assert client.get(f"{HERE}/{draft.json['data']['id']}").status_code == 404
    assert db.session.scalars(select(ApiToken)).one().last_used_at is not None


def test_rules_hold_for_programs_too(app, client):
    closed, person = a_call(open_phases=()), a_person()
    key = a_key(person)
    assert client.post(HERE, json=wanted(closed), headers=key, csrf=False).status_code == 403
    waits = client.post(HERE, json=wanted(a_call(is_premoderated=True)), headers=key, csrf=False)
    assert waits.json["data"]["state"] == "waiting"
    refused = client.post(HERE, json=wanted(a_call(), agrees_to_licence=False), headers=key, csrf=False)
    assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, "agrees_to_licence")
    with transaction():
        db.session.merge(person).suspended_until = now() + timedelta(days=1)
    assert client.post(HERE, json=wanted(a_call()), headers=key, csrf=False).status_code == 403


def test_only_a_living_key_in_the_header_opens(app, client):
    call, person = a_call(), a_person()
    idea, other = an_idea(call), a_person()
    key, narrow = a_key(person), a_key(other, scopes=("comments:write",))
    client.sign_in(person)
    there = f"{HERE}/{idea.id}/comments"
    secret = key["Authorization"].removeprefix("Bearer ")
    for headers in ({}, {"Authorization": "Bearer " + "x" * 43}, {"Authorization": f"Basic {secret}"}):
        answer = client.post(HERE, json=wanted(call), headers=headers, csrf=False)
        assert (answer.status_code, "Bearer" in answer.headers["WWW-Authenticate"]) == (401, True)
    assert client.post(f"{HERE}?key={secret}", json=wanted(call), csrf=False).status_code == 401
    assert client.post(HERE, json=wanted(call), headers=narrow, csrf=False).status_code == 403
    assert client.post(there, json={"text": "Ja!"}, headers=narrow, csrf=False).status_code == 201
    with time_machine.travel(now() + timedelta(days=31)):
        assert client.post(HERE, json=wanted(call), headers=key, csrf=False).status_code == 401
    with transaction():
        db.session.execute(select(ApiToken).where(ApiToken.person_id == person.id)).scalar_one().revoked_at = now()
    assert client.post(HERE, json=wanted(call), headers=key, csrf=False).status_code == 401
    with transaction():
        db.session.merge(other).state = "closed"
    assert client.post(there, json={"text": "Ja!"}, headers=narrow, csrf=False).status_code == 401
    assert (count(Idea), count(Comment)) == (1, 1)


BROKEN = [
    (b"", 400), (b"{", 400), (b'{"text": NaN}', 400), (b'{"text": Infinity}', 400),
    (b'{"text": "a", "text": "b"}', 400),
    (b"[" * 100_000, 400), (b'{"a":' * 20_000, 400), (b'{"text": "\xff"}', 400),
    (b'{"text": ' + b"9" * 5_000 + b"}", 400),
    (b"[]", 422), (b"null", 422), (b'"text"', 422), (b'{"text": 7}', 422), (b'{"text": null}', 422),
    (b'{"text": true}', 422),
    (b'{"text": ["a"]}', 422), (b"{}", 422), (b'{"text": ""}', 422), (b'{"text": " \\u200b "}', 422),
    (b'{"text": "a", "what": 1}', 422), (b'{"text": "\\ud800"}', 422), (b'{"text": "a", "stance": "maybe"}', 422),
    (b'{"text": "a", "parent": 1e400}', 422), (b'{"text": "a", "parent": 99999999999999999999}', 422),
    (b'{"text": "a", "parent": true}', 422), (b'{"text": "a", "parent": 999999}', 404),
    (json.dumps({"text": "a" * 5_001}).encode(), 422), (json.dumps({"text": "a" * 250_000}).encode(), 413),
    (b'{"\\ud800": 1}', 422), (b'\xef\xbb\xbf{"text": "a"}', 400),
]  # fmt: skip


def test_bad_json_is_refused_and_nothing_is_stored(app, client):
    idea, key = an_idea(a_call()), a_key(a_person())
    here = f"{HERE}/{idea.id}/comments"
    for body, status in BROKEN:
        answer = client.post(here, data=body, content_type="application/json", headers=key, csrf=False)
        assert (answer.status_code, answer.mimetype) == (status, "application/problem+json"), body[:60]
    for kind in ("text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16", ""):
        answer = client.post(here, data=b'{"text": "a"}', content_type=kind, headers=key, csrf=False)
        assert answer.status_code == 415, kind
    zipped = {**key, "Content-Encoding": "gzip"}
    assert client.post(here, data=b"{}", content_type="application/json", headers=zipped, csrf=False).status_code == 415
    assert count(Comment) == 0
