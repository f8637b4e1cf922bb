"""Promises that hold for every route there is, also for those that are built tomorrow."""

import re

import pytest
from sqlalchemy import select

from ideenlab.accounts.queries import demo_people
from ideenlab.answers.models import Answer, Office
from ideenlab.comments.models import Comment
from ideenlab.core.db import db, transaction
from ideenlab.hackathons.models import Hackathon
from ideenlab.ideas.models import Call, Idea, Status
from ideenlab.jury.models import Criterion, Juror
from ideenlab.partners.models import Partner
from ideenlab.programme.models import Edition, Topic
from ideenlab.prototypes.models import HandIn
from ideenlab.stations.models import Card, DotCount, Station
from ideenlab.teams.models import Team
from tests.guards.conftest import PEOPLE, person_with, stored

HIGHER = {
    "juror": {"citizen", "moderator"}, "moderator": {"citizen", "juror"},
    "organiser": {"citizen", "juror", "moderator"}, "administrator": {"citizen", "juror", "moderator", "organiser"},
}  # fmt: skip
ONE_CLICK = "/abbestellen/"  # proved by the signed token in its address; a made-up one is gone


def first(model):
    return db.session.scalars(select(model).order_by(model.id).limit(1)).one()


class Examples(dict[str, object]):
    """What has no example here is looked for by its first number."""

    def __missing__(self, name: str) -> int:
        assert name.endswith("_id"), name
        return 1


def examples():
    """A value for each name that stands in an address."""
    return Examples({
        "idea_id": first(Idea).id, "comment_id": first(Comment).id, "team_id": first(Team).id,
        "prototype_id": first(HandIn).prototype_id, "person_id": demo_people()[0].id, "number": 1,
        "topic_id": first(Topic).id,
        "edition_id": first(Edition).id, "criterion_id": first(Criterion).id, "juror_id": first(Juror).id,
        "station_id": first(Station).id, "card_id": first(Card).id, "count_id": first(DotCount).id,
        "call_id": first(Call).id, "hackathon_id": first(Hackathon).id, "file_id": 1, "upload_id": 1, "mail_id": 1,
        "notice_id": 1, "state": "done", "sheet": 1, "place": 1, "answer_id": first(Answer).id,
        "status_id": first(Status).id, "office_id": first(Office).id, "kind": "aufruf", "filetype": "csv",
        "merge_id": 1, "what": "idee", "case_id": 1, "measure_id": 1, "appeal_id": 1, "word_id": 1, "year": 2020,
        "way": "hoch", "deed": "annehmen", "months": 6, "approach_id": 1, "link_id": 1, "request_id": 1, "mentor_id": 1,
        "district_id": 1, "first_id": 1, "second_id": 2, "tag_id": 1, "item_id": 1, "width": 320,
        "group": "kontakt", "page": "imprint", "code": "de", "room": "accounts", "mail": "confirm",
        "part": "comment", "template": "x",
        "call": first(Call).slug, "edition": first(Edition).slug, "hackathon": first(Hackathon).slug, "partner": "x",
        "chapter": "ideen", "figure": "ideen-nach-thema",
        "syntax": "ttl",
        "token": "x" * 43, "secret": "x" * 43, "filename": "x", "key": "x", "role": "moderator",
    })  # fmt: skip


SLUGS = (
    (Partner, ("/partner/", "/organisation/partner")),
    (Call, ("/ideen", "aufruf", "/wand")),
    (Edition, ("ausgabe", "/organisation/programm/")),
    (Hackathon, ("",)),
)


def slug_for(rule):
    return next(first(model).slug for model, parts in SLUGS if any(part in rule for part in parts))


def addresses(app, *, method):
    known = examples()
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static" and method in rule.methods:
            values = {name: slug_for(rule.rule) if name == "slug" else known[name] for name in rule.arguments}
            if "einwilligung" in rule.rule:
                values["kind"] = "photo_press"
            for choices, name in re.findall(r"any\(([^)]+)\):(\w+)", rule.rule):  # one of a few words
                known_words = choices.replace(" ", "").split(",")
                values[name] = values[name] if values[name] in known_words else known_words[0]
            yield getattr(app.view_functions[rule.endpoint], "access", ""), adapter.build(rule.endpoint, values, method)


def is_refused(role, access):
    """Pages with this access word are refused to this kind of people, whatever they show."""
    return role in HIGHER.get(access, ()) or (role == "visitor" and access not in ("public", ""))


@pytest.mark.parametrize("role", PEOPLE)
def test_nothing_changes_without_a_token(city, client, role):
    if role != "visitor":
        client.sign_in(person_with(role))
    before = stored()
    refused = {
        address: client.post(address, data={}, csrf=False).status_code
        for _access, address in addresses(city, method="POST")
        if not address.startswith(ONE_CLICK)
    }
    assert {address: status for address, status in refused.items() if status not in (400, 401, 403)} == {}
    assert stored() == before


@pytest.mark.parametrize("role", PEOPLE[:-1])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_pages_of_other_roles_are_refused_and_change_nothing(city, client, role, method):
    if role != "visitor":
        client.sign_in(person_with(role))
    before = stored()
    open_to_me = []
    for access, address in addresses(city, method=method):
        if is_refused(role, access):
            answer = client.open(address, method=method)
            if answer.status_code not in (302, 401, 403):
                open_to_me.append((address, answer.status_code))
    assert open_to_me == []
    assert stored() == before


def test_a_drill_through_every_page_as_a_visitor_writes_nothing(city, client):
    before = stored()
    for _access, address in addresses(city, method="GET"):
        assert client.get(address).status_code < 500
    assert stored() == before


NAMES = ["page", "cursor", "seed", "sort", "topic", "thema", "q", "antwort", "next", "weiter"]
VALUES = [
    "0", "-1", "1.5", "1e3", "abc", "", " 7 ", "1_000", "١٢", "9223372036854775808", "9" * 5000, "<svg onload=1>",
    "id;drop",
]  # fmt: skip
LISTS = ["/ideen", "/ideen/buergerlab", "/hackathon", "/moderation", "/organisation/personen"]


@pytest.mark.parametrize("address", LISTS)
def test_no_parameter_breaks_a_list(city, client, address):
    client.sign_in(person_with("administrator"))
    for name in NAMES:
        for value in VALUES:
            status = client.get(address, query_string={name: value}).status_code
            assert status in (200, 302, 400, 404, 414), (name, value)


def test_a_row_that_was_changed_is_seen(city):
    before = stored()
    assert stored() == before
    with transaction():
        first(Idea).title += " – und noch etwas"
    assert stored() != before
    assert [*stored()] == [*before]
