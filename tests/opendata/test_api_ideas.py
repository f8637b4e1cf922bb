"""Ideas for programs."""

from datetime import timedelta

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from tests.factories import a_call, a_challenge, a_comment, a_partner, a_person, a_topic, an_edition, an_idea

HERE = "/api/v1/ideas"
PROBLEM = "application/problem+json"


def everything(client, address):
    """All pages one after the other."""
    found = []
    while address:
        page = client.get(address).json
        found += page["data"]
        address = (page["links"]["next"] or "").removeprefix("http://localhost")
    return found


def test_an_idea_tells_what_its_page_tells_and_no_more(app, client):
    author = a_person(pseudonym="Nachteule", email="eule@example.org")
    idea = an_idea(a_call(), author, title="Bänke am Fluss", text="**Zehn** Bänke.", support_count=7)
    a_comment(idea, text="Gern!")
    answer = client.get(f"{HERE}/{idea.id}")
    told = answer.json["data"]
    assert (told["title"], told["text"], told["author"], told["support_count"]) == (
        "Bänke am Fluss", "**Zehn** Bänke.", "Nachteule", 7,
    )  # fmt: skip
    assert told["url"] == f"http://localhost/idee/{idea.id}"
    assert told["call"]["stage"] == "open"
    assert told["published_at"].endswith("Z")
    assert answer.json["licence"]["name"] == told["licence"] == "CC BY 4.0"
    assert answer.json["source"] == {"name": "Teststadt", "url": "http://localhost"}
    assert "eule@" not in answer.text
    said = client.get(f"{HERE}/{idea.id}/comments").json["data"]
    assert [comment["text"] for comment in said] == ["Gern!"]


def test_what_nobody_may_see_is_not_there(app, client):
    call, expected = a_call(), {"draft": 404, "waiting": 404, "hidden": 404, "withdrawn": 410, "merged": 200}
    ideas = {state: an_idea(call, state=state) for state in expected}
    assert {state: client.get(f"{HERE}/{idea.id}").status_code for state, idea in ideas.items()} == expected
    assert client.get(HERE).json["data"] == []
    comment = a_comment(an_idea(call))
    with transaction():
        db.session.get(type(comment), comment.id).state = "hidden"
    assert client.get(f"{HERE}/{an_idea(call).id + 9}/comments").status_code == 404


def test_paging_shows_each_once_whatever_arrives(app, client):
    call = a_call()
    ideas = [an_idea(call).id for _ in range(7)]
    for order, expected in (("newest", ideas[::-1]), ("oldest", ideas)):
        assert [idea["id"] for idea in everything(client, f"{HERE}?limit=3&order={order}")] == expected
    page = client.get(f"{HERE}?limit=3").json
    an_idea(call)
    rest = everything(client, page["links"]["next"].removeprefix("http://localhost"))
    assert [idea["id"] for idea in page["data"] + rest] == ideas[::-1]
    assert client.get("/en" + HERE + "?limit=3").json["links"]["next"].startswith("http://localhost/en/api/v1/ideas?")


def test_filters_narrow_as_on_the_pages(app, client):
    edition = an_edition()
    call, topic = a_call(edition=edition), a_topic(edition)
    here = an_idea(call, topic=topic, answered_at=now(), origin="postcard", title="Zebrastreifen vor der Schule")
    an_idea(call, published_at=now() - timedelta(days=9))
    an_idea(a_call())
    since = (now() - timedelta(days=1)).isoformat(timespec="seconds").replace("+00:00", "Z")
    app.test_cli_runner().invoke(args=["ideas", "index", "--all"])
    for query in (
        f"topic={topic.slug}", f"call={call.slug}&answered=true", "origin=postcard",
        f"call={call.slug}&since={since}", f"call={call.slug}&q=zebrastreifen",
    ):  # fmt: skip
        assert [idea["id"] for idea in client.get(f"{HERE}?{query}").json["data"]] == [here.id], query
    assert len(client.get(f"{HERE}?call={call.slug}").json["data"]) == 2


WRONG = [
    ("limit=0", "limit"), ("limit=101", "limit"), ("limit=1e1", "limit"), ("limit=٣", "limit"), ("cursor=x", "cursor"),
    ("cursor=" + "A" * 1300, "cursor"), ("order=best", "order"), ("answered=yes", "answered"), ("call=nope", "call"),
    ("q=bank", "call"), ("since=gestern", "since"), ("since=9999-99-99T00:00:00Z", "since"),
    ("since=0001-01-01T00:00:00%2B14:00", "since"), ("toppic=x", "toppic"), ("limit=1&limit=2", "limit"),
    ("topic=A%20B", "topic"),
]  # fmt: skip


def test_wrong_parameters_are_told_by_name(app, client):
    call = an_idea(a_call()).call
    for query, field in (*WRONG, (f"call={call.slug}&q=bank&cursor=WyJuZXdlc3QiLDFd", "cursor")):
        answer = client.get(f"{HERE}?{query}")
        assert (answer.status_code, answer.mimetype) == (422, PROBLEM), query
        assert [error["field"] for error in answer.json["errors"]] == [field], query


def test_answers_are_remembered_and_may_be_read_from_other_pages(app, client):
    idea = an_idea(a_call())
    first = client.get(HERE)
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in first.headers
    assert first.headers["Cache-Control"] == "public, max-age=30"
    known = {"If-None-Match": first.headers["ETag"]}
    assert client.get(HERE, headers=known).status_code == 304
    with transaction():
        db.session.get(type(idea), idea.id).support_count = 5
    assert client.get(HERE, headers=known).status_code == 200
    head = client.head(HERE)
    assert (head.status_code, head.data) == (200, b"")


def test_every_error_is_a_problem(app, client):
    tries = {
        404: client.get("/api/v1/nothing"),
        405: client.delete(HERE),
        406: client.get(HERE, headers={"Accept": "text/html"}),
    }
    for status, answer in tries.items():
        assert (answer.status_code, answer.mimetype, answer.json["status"]) == (
            status,
            "application/problem+json",
            status,
        )
    assert "GET" in tries[405].headers["Allow"]
    assert client.get("/gibt-es-nicht").mimetype == "text/html"


def test_a_partner_that_is_hidden_is_not_named_with_its_challenge(app, client):
    hidden, shown = a_partner(title="Noch geheim GmbH", published_at=None), a_partner(title="Stadtwerke")
    challenges = [a_challenge(given_by=partner) for partner in (hidden, shown)]
    answers = [client.get(f"/api/v1/challenges/{challenge.id}").json["data"] for challenge in challenges]
    assert [answer["partner"] for answer in answers] == [None, "Stadtwerke"]
