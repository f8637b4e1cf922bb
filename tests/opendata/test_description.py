"""The description for programs says what is there, and answers look as it says."""

import re
from datetime import date, timedelta

import pytest
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate

from ideenlab.core.clock import now
from ideenlab.events.models import Event, Venue
from ideenlab.partners.models import Partner
from tests.factories import a_call, a_challenge, a_comment, a_hackathon, a_topic, an_edition, an_idea, saved


@pytest.fixture
def description(app, client):
    return client.get("/api/v1/openapi.json").json


def test_it_is_valid_and_names_every_door(app, description):
    validate(description)
    there = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }  # fmt: skip
    assert {(path, method) for path, doors in description["paths"].items() for method in doors} == there
    assert len(there) > 20


def validator(description, operation, status="200"):
    schema = operation["responses"][status]["content"]["application/json"]["schema"]
    return OAS31Validator({**schema, "components": description["components"]})


def test_a_whole_week_looks_as_described(app, client, description):
    edition = an_edition()
    topic, call = a_topic(edition), a_call(edition=edition)
    a_comment(an_idea(call, topic=topic))
    a_challenge(a_hackathon(edition=edition, published_at=now()), published_at=now())
    partner = saved(Partner(slug="verein", title="Verein", title_folded="verein", published_at=now()))
    venue = saved(Venue(title="Rathaus", title_folded="rathaus", latitude=52_000_000, longitude=8_000_000))
    starts = now() + timedelta(days=2)
    given = {"edition": edition, "partner": partner, "venue": venue, "topic": topic, "starts_at": starts,
             "ends_at": starts + timedelta(hours=2), "published_at": now()}  # fmt: skip
    shown = saved(Event(title="Offene Werkstatt", state="published", online_url="https://geheim.example", **given))
    draft = saved(Event(title="Noch nicht", state="draft", **given))
    for path in ("/events", "/partners", "/editions", "/topics", "/challenges", "/hackathons", "/calls"):
        answer = client.get(f"/api/v1{path}")
        validator(description, description["paths"][f"/api/v1{path}"]["get"]).validate(answer.json)
        assert len(answer.json["data"]) == 1, path
    day = starts.strftime("%Y-%m-%dT00:00:00Z")
    for query, number in (
        (f"edition={edition.slug}", 1), ("partner=verein", 1), ("format=talk", 0), ("accessible=true", 0),
        (f"topic={topic.slug}", 1), (f"from={day}", 1), (f"until={day}", 0),
    ):  # fmt: skip
        assert len(client.get(f"/api/v1/events?{query}").json["data"]) == number, query
    assert client.get(f"/api/v1/events/{draft.id}").status_code == 404
    told = client.get(f"/api/v1/events/{shown.id}")
    assert (told.json["data"]["venue"]["latitude"], "geheim" in told.text) == (52.0, False)
    assert date.fromisoformat(client.get("/api/v1/editions").json["data"][0]["starts_on"]) == edition.starts_on
