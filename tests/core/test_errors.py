"""What goes wrong is a page that says so, keeps what was typed and never more than that."""

import pytest
from flask import Blueprint, Flask, request
from html5lib.html5parser import ParseError
from sqlalchemy.exc import OperationalError

from ideenlab import create_app
from ideenlab.accounts.access import public, signed_in
from ideenlab.core.errors import Conflict, Gone, NotAllowed, NotFound
from tests.client import Client, check_page, shape_of
from tests.conftest import make_settings
from tests.factories import a_person

DEEDS = {
    "not-allowed": NotAllowed("Das endete gestern."),
    "not-found": NotFound(),
    "gone": Gone(),
    "conflict": Conflict("Jemand war schneller.", mine=[("Titel", "mein <b>Text</b>")], stored=[("Titel", "anderer")]),
    "database": OperationalError("SELECT", {}, Exception("database is locked")),
    "fault": ZeroDivisionError("geheim"),
}
blueprint = Blueprint("trying", __name__)


@blueprint.route("/trying/<deed>", methods=["GET", "POST"])
@public
def trying(deed: str) -> str:
    if deed in DEEDS:
        raise DEEDS[deed]
    return request.form.get("text", "")


@blueprint.post("/trying/mine")
@signed_in
def mine() -> str:
    return "done"


@pytest.fixture(scope="module")
def other(_app_of_database, tmp_path_factory) -> Flask:
    """An application with routes that fail, and that answers faults as it does for citizens."""
    address = _app_of_database.config["SQLALCHEMY_DATABASE_URI"]
    other: Flask = create_app(make_settings(address, tmp_path_factory.mktemp("other")))
    other.register_blueprint(blueprint)
    other.test_client_class = Client
    return other


@pytest.fixture
def faulty(app, other) -> Client:
    return other.test_client()


TABLE = [
    ("not-allowed", 403, "Das endete gestern."), ("not-found", 404, ""), ("gone", 410, ""),
    ("conflict", 409, "anderer"),
    ("database", 503, ""), ("fault", 500, ""),
]  # fmt: skip


@pytest.mark.parametrize(("deed", "status", "says"), TABLE)
def test_each_fault_is_a_page_that_keeps_what_was_typed(faulty, deed, status, says):
    answer = faulty.post(f"/trying/{deed}", data={"text": "drei Sätze <script>", "password": "geheim123"})
    assert answer.status_code == status
    assert says in answer.text
    assert "drei Sätze &lt;script&gt;" in answer.text or deed in ("fault", "conflict")
    assert "geheim" not in answer.text


SECRETS = [("code", True), ("password", True), ("new_password", True), ("code_url", False), ("text", False)]


@pytest.mark.parametrize(("field", "secret"), SECRETS)
def test_passwords_and_codes_are_not_repeated_and_everything_else_is(faulty, field, secret):
    answer = faulty.post("/trying/not-allowed", data={field: "https://code.example/x"})
    assert ("https://code.example/x" not in answer.text) is secret


def test_a_database_that_is_down_says_when_to_come_back(faulty):
    assert faulty.get("/trying/database").headers["Retry-After"] == "10"


def test_both_versions_are_shown_when_somebody_was_faster(faulty):
    text = faulty.post("/trying/conflict", data={}).text
    assert "mein &lt;b&gt;Text&lt;/b&gt;" in text


OWN = [
    {"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}, {"Referer": "http://localhost/trying/echo?x=1"},
]  # fmt: skip
FOREIGN = [
    {}, {"Origin": "null"}, {"Origin": "https://evil.example"}, {"Origin": "http://localhost.evil.example"},
    {"Origin": "http://localhost:8080"}, {"Origin": "https://localhost"}, {"Sec-Fetch-Site": "none"},
    {"Referer": "https://evil.example/?http://localhost/"}, {"Referer": "http://localhost@evil.example/"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, {"Sec-Fetch-Site": "same-site"},
    {"Referer": "http://localhost/", "Origin": "https://evil.example"},
]  # fmt: skip


@pytest.mark.parametrize("headers", OWN, ids=str)
def test_a_lost_token_shows_the_text_and_sends_it_again(faulty, headers):
    typed = {"text": "lang & wichtig", "password": "geheim123"}
    answer = faulty.post("/trying/echo", data=typed, headers=headers, csrf=False)
    assert answer.status_code == 400
    assert "lang &amp; wichtig" in answer.text
    assert "geheim123" not in answer.text
    assert 'name="csrf_token"' in answer.text


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_what_a_foreign_page_sends_gets_no_button_of_ours(faulty, headers):
    answer = faulty.post("/trying/echo", data={"text": "lang & wichtig"}, headers=headers, csrf=False)
    assert answer.status_code == 400
    assert "lang &amp; wichtig" in answer.text
    assert 'name="csrf_token"' not in answer.text
    assert 'action="/trying/echo"' not in answer.text


def test_who_was_signed_out_meanwhile_keeps_the_text(faulty):
    answer = faulty.post("/trying/mine", data={"text": "mein Kommentar"})
    assert answer.status_code == 401
    assert "mein Kommentar" in answer.text


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "localhost:99999", "localhost,evil.example"]
)
def test_a_foreign_host_is_refused(faulty, host):
    assert faulty.get("/trying/echo", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize(
    "path",
    ["/%00", "/ideen/%00", "/" + "a" * 20_000, "/idee/99999999999999999999", "//konto", "/..%2f..%2fetc"],
    ids=range(6),
)
def test_no_address_breaks_anything(faulty, path):
    assert faulty.get(path).status_code in (301, 308, 400, 404, 414)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_another_method_is_refused(faulty, method):
    assert faulty.open("/trying/echo", method=method).status_code == 405


COOKIES = ["session=broken", "session=" + "x" * 8000, "session=.eJwx", "=__Host-x", "session=\xff"]


@pytest.mark.parametrize("cookie", COOKIES)
def test_a_broken_cookie_is_a_visitor(faulty, cookie):
    assert faulty.get("/trying/echo", headers={"Cookie": cookie}).status_code == 200


def test_every_answer_carries_the_same_headers(client):
    headers = client.get("/so-funktioniert-es").headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-cache"


def test_a_page_for_somebody_signed_in_never_lands_in_a_cache(client):
    client.sign_in(a_person())
    headers = client.get("/").headers
    assert (headers["Cache-Control"], "Cookie" in headers["Vary"]) == ("private, no-store", True)


@pytest.mark.parametrize("language", ["x" * 5000, "xx", "de;q=NaN", "en"])
def test_the_language_is_that_of_the_address_whatever_a_browser_says(client, language):
    answer = client.get("/so-funktioniert-es", headers={"Accept-Language": language})
    assert '<html lang="de"' in answer.text
    assert '<html lang="en"' in client.get("/en/so-funktioniert-es").text


def test_the_checks_of_the_client_can_fail():
    for broken in (
        "<p style='x'></p>", "<p onclick='x'></p>", "<img src=x>", "<input name=a>", "<p id=a></p><p id=a></p>",
        "<label for=z></label>", "<script>1</script>", "<p aria-describedby=nothing></p>",
    ):  # fmt: skip
        for _again in range(2):
            with pytest.raises(AssertionError):
                check_page(broken)


PAGE = """<!doctype html><html lang="de"><head><title>Idee 7 – Stadt</title></head><body><h1>Idee 7</h1>
<p id="a-7">Drei &amp; vier</p><label for="b-12">Ort</label><input id="b-12" value="Wall" aria-describedby="a-7">
<img src="/x.png" alt=""><h2 class="x">Mehr</h2></body></html>"""


def test_pages_of_one_shape_differ_in_words_and_numbers_and_in_nothing_that_is_checked():
    check_page(PAGE)
    for was, becomes in (("vier", "acht"), ("Ort", "Platz da"), ("7", "8"), ("Wall", "Ring"), ("/x.png", "/y.png")):
        assert (shape_of(PAGE.replace(was, becomes)) == shape_of(PAGE)) is (was != "vier"), was
        check_page(PAGE.replace(was, becomes))
    for was, becomes in (
        ("Idee 7 –", "Idee 8 –"), ("<h1>Idee 7", "<h1>Idee 77"), ('id="a-7"', 'id="b-12"'), ('for="b-12"', 'for="b-7"'),
        ("&amp;", "&amp"), ("&amp;", "&#1;"), (' alt=""', ""), ("Drei", "Drei\x01"),
        ('describedby="a-7"', 'describedby="a-12"'), ('value="Wall"', 'value="Wall" style="x"'), ("h2", "h1"),
        ('value="Wall"', 'value="Wall" value="Wall"'), ("</p>", "</b>"), ("Mehr", "<script>Mehr</script>"),
    ):  # fmt: skip
        with pytest.raises((AssertionError, ParseError)):
            check_page(PAGE.replace(was, becomes))
