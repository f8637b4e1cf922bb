"""A page kept for a second is the same for every visitor, and never anybody's own."""

import time_machine
from flask import Blueprint, session

from ideenlab import create_app
from ideenlab.accounts.access import public
from ideenlab.core.page_cache import same_for_visitors
from tests.conftest import make_settings

blueprint = Blueprint("counting", __name__)
made = []


@blueprint.get("/counting")
@public
@same_for_visitors
def counting() -> str:
    made.append(1)
    return str(len(made))


@blueprint.get("/with-a-cookie")
@public
@same_for_visitors
def with_a_cookie() -> str:
    made.append(1)
    session["seen"] = len(made)
    return str(len(made))


@blueprint.get("/own")
@public
def own() -> str:
    made.append(1)
    return str(len(made))


def keeping_client(tmp_path):
    app = create_app(make_settings(f"sqlite:///{tmp_path}/x.db", tmp_path, PAGE_CACHE="1"))
    app.register_blueprint(blueprint)
    made.clear()
    return app.test_client(use_cookies=False)


def test_within_a_second_a_page_is_made_once(tmp_path):
    client = keeping_client(tmp_path)
    with time_machine.travel("2027-06-25 16:00:00.1Z", tick=False):
        assert [client.get("/counting").text for _ in range(3)] == ["1", "1", "1"]
    with time_machine.travel("2027-06-25 16:00:00.999Z", tick=False):
        assert client.get("/counting").text == "1"


def test_the_next_second_makes_it_anew_so_no_page_outlives_a_deadline(tmp_path):
    client = keeping_client(tmp_path)
    with time_machine.travel("2027-06-25 15:59:59.999Z", tick=False):
        assert client.get("/counting").text == "1"
    with time_machine.travel("2027-06-25 16:00:00Z", tick=False):
        assert client.get("/counting").text == "2"


def test_each_address_and_language_is_a_page_of_its_own(tmp_path):
    client = keeping_client(tmp_path)
    with time_machine.travel("2027-06-25 16:00:00Z", tick=False):
        assert [client.get(path).text for path in ("/counting", "/counting?q=1", "/en/counting", "/counting")] == [
            "1", "2", "3", "1",
        ]  # fmt: skip


def test_who_brings_a_cookie_gets_a_page_of_their_own(tmp_path):
    client = keeping_client(tmp_path)
    with time_machine.travel("2027-06-25 16:00:00Z", tick=False):
        cookie = {"Cookie": "session=x"}
        assert [client.get("/counting", headers=cookie).text for _ in range(2)] == ["1", "2"]
        assert client.get("/counting").text == "3"


def test_a_page_that_gives_a_cookie_or_did_not_ask_for_it_is_never_kept(tmp_path):
    client = keeping_client(tmp_path)
    with time_machine.travel("2027-06-25 16:00:00Z", tick=False):
        assert [client.get("/with-a-cookie").text for _ in range(2)] == ["1", "2"]
        assert [client.get("/own").text for _ in range(2)] == ["3", "4"]


def test_a_kept_page_has_the_same_headers(tmp_path):
    client = keeping_client(tmp_path)
    with time_machine.travel("2027-06-25 16:00:00Z", tick=False):
        first, second = client.get("/counting"), client.get("/counting")
        assert dict(first.headers) == dict(second.headers)
        assert client.get("/counting", headers={"Host": "evil.example"}).status_code == 400
