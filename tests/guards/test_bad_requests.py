"""Bad addresses, numbers, files, headers and bodies, sent to every door that can meet them."""

import re

import pytest
from sqlalchemy import select

from ideenlab.core.db import db
from ideenlab.core.paging import write_cursor
from ideenlab.core.storage import storage
from ideenlab.ideas.models import Idea
from ideenlab.prototypes.models import PrototypeFile
from tests.factories import an_idea
from tests.files.samples import GOOD, HARMLESS_AFTERWARDS, archive, document, hostile, photo, picture
from tests.guards.bad_inputs import drives
from tests.guards.conftest import person_with, stored
from tests.guards.test_promises import addresses

# Addresses: numbers, lists, searches

NO_NUMBERS = ["0", "-1", "1.5", "1e3", "abc", "", " 7 ", "1_000", "١٢", "NaN", "1;drop", "<svg onload=1>", "9" * 5000]
LIST_NAMES = ["weiter", "mischung", "thema", "sortierung", "page", "per_page", "sort", "filter[author_email_start]"]
LISTS = ["/ideen", "/ideen/{call}", "/hackathon", "/hackathon/{hackathon}/teams"]


def listed(page):
    """The things a list names; the default order of ideas is another one each time."""
    main = page.text.partition("<main")[2]
    return sorted(set(re.findall(r'href="(/(?:idee|team|hackathon|ideen)/[^"?/]+)[?"]', main)))


def arrive(client, path, query=None):
    """The page, also where the order by chance first gets its number."""
    answer = client.get(path, query_string=query)
    return client.get(answer.location) if answer.status_code == 302 else answer


@drives(63, 66, 67, 68)
@pytest.mark.parametrize("address", LISTS)
def test_a_parameter_that_means_nothing_shows_the_first_page(client, house, address):
    for _number in range(3):
        an_idea(house.call)
    path = address.format(call=house.call.slug, hackathon=house.hackathon.slug)
    first = listed(arrive(client, path))
    assert len(first) >= 1
    for name in LIST_NAMES:
        for value in [*NO_NUMBERS, "id;drop", "email", "score", "1000000"]:
            answer = arrive(client, path, {name: value})
            assert (answer.status_code, listed(answer)) == (200, first), (name, value)
            assert "<svg onload" not in answer.text
    for value in ("sort[]=1", "sortierung[]=beliebt", "weiter=a&weiter=b", "per_page=0"):
        assert listed(arrive(client, f"{path}?{value}")) == first, value


CURSORS = [
    write_cursor("newest", 2**61, 1), write_cursor("supported", 2**61, 2**61), write_cursor("newest", -5, -5),
    write_cursor(1, 2, 3), "AAAA", "=" * 1000, "%00", "W10", "eyJhIjoxfQ",
]  # fmt: skip


@drives(63, 64)
@pytest.mark.parametrize("cursor", CURSORS)
def test_a_cursor_nobody_gave_out_breaks_nothing(client, house, cursor):
    for order in ("neueste", "beliebt", "zufall"):
        seed = {"mischung": "7"} if order == "zufall" else {}
        answer = client.get(f"/ideen/{house.call.slug}", query_string={"weiter": cursor, "sortierung": order, **seed})
        assert answer.status_code == 200


TOO_LARGE = [2**31, 2**31 - 1, 2**63, 10**30, 0]


@drives(64, 69)
@pytest.mark.parametrize("number", TOO_LARGE)
def test_a_number_no_database_holds_is_not_found_on_any_page(city, client, number):
    client.sign_in(person_with("administrator"))
    client_of = {"jury": "juror"}
    adapter = city.url_map.bind("localhost")
    asked = 0
    for rule in city.url_map.iter_rules():
        whole = [name for name, converter in rule._converters.items() if type(converter).__name__ == "IntegerConverter"]
        if rule.arguments != set(whole) or not whole or rule.endpoint.split(".")[0] in client_of:
            continue
        for method in sorted(rule.methods & {"GET", "POST"}):
            address = adapter.build(rule.endpoint, {name: number for name in whole}, method)
            status = client.open(address, method=method).status_code
            tus = "/uploads" in address and method != "GET"  # asks first which version of its protocol is spoken
            asks_for_key = address.startswith("/api/") and method != "GET"
            assert status == (412 if tus else 401 if asks_for_key else 404), (method, address, status)
            asked += 1
    assert asked > 30


@drives(63, 65, 69)
@pytest.mark.parametrize("number", ["-1", "1.5", "1e3", "abc", "1_000", "%20", "9" * 4000, "0x1", "null", "1;2"])
def test_what_is_no_number_is_no_address(client, house, number):
    client.sign_in(house.organiser)
    for begin in ("/idee/", "/team/", "/prototyp/", "/moderation/idee/", "/organisation/personen/", "/kommentar/"):
        assert client.get(begin + number).status_code == 404
        assert client.post(f"{begin}{number}/unterstuetzen").status_code == 404


@drives(69)
def test_what_is_hidden_looks_like_what_never_was(client, house):
    hidden, gone = an_idea(house.call, state="hidden"), an_idea(house.call).id + 1000
    pages = [client.get(f"/idee/{number}") for number in (hidden.id, gone)]
    assert [page.status_code for page in pages] == [404, 404]
    texts = {re.sub(r"/idee/\d+", "", page.text) for page in pages}
    assert len(texts) == 1


@drives(70)
def test_of_a_parameter_given_twice_the_first_counts(client, house):
    an_idea(house.call, title="Findelkind gesucht")
    first = client.get(f"/ideen/{house.call.slug}?sortierung=beliebt&sortierung=neueste")
    assert 'value="beliebt"' in first.text
    client.sign_in(house.author)
    body = "title=Erster+Titel&title=Zweiter+Titel&text=Mehr+B%C3%A4nke+an+der+Hase&topic=&do=draft"
    path = f"/ideen/{house.call.slug}/neu?title=Dritter+Titel"
    answer = client.post(path, data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 303
    db.session.rollback()
    assert db.session.scalars(select(Idea.title).order_by(Idea.id.desc())).first() == "Erster Titel"


SEARCHES = [
    "a", "x" * 10_000, "%", "_", "'", "\\", "*", "(((((", '" OR 1=1', "AND OR NOT", "\x00", "\u202e", "İstanbul",
    "ı", "STRASSE", "straße", "-", "a OR b", "{{7*7}}", "日本",
]  # fmt: skip


@drives(75, 76)
@pytest.mark.parametrize("text", SEARCHES)
def test_a_search_never_fails(client, house, text):
    answer = client.get(f"/ideen/{house.call.slug}", query_string={"suche": text})
    assert answer.status_code == 200
    client.sign_in(house.organiser)
    assert client.get("/organisation/personen", query_string={"q": text}).status_code == 200


# Files

OTHER_KINDS = ["exe", "html", "svg", "xml", "js", "php", "jar", "lnk", "scr", "hta", "docm", "docx", "xlsx"]
NAMES_TYPED = {
    "../../x.png": "x.png", "a\x00.png": "a.png", "x" * 300 + ".png": "x" * 196 + ".png",
    "rechnung\u202egnp.png": "rechnunggnp.png", "日本語.png": "日本語.png", "Schulweg Ü.png": "Schulweg Ü.png",
}  # fmt: skip


def send_files(client, house, *files, field="files"):
    """As bytes: the test client would put a large form aside in a file that it forgets."""
    client.sign_in(house.member)
    body = b""
    for name, content in files:
        head = f'--limit\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'
        body += head.encode() + content + b"\r\n"
    kind = "multipart/form-data; boundary=limit"
    return client.post(f"/team/{house.team.id}/prototyp/dateien", data=body + b"--limit--\r\n", content_type=kind)


def kept_files():
    db.session.rollback()
    return len(db.session.scalars(select(PrototypeFile)).all()), set(dict(storage().keys()))


@drives(86, 88, 89)
@pytest.mark.parametrize(
    "files",
    [(), (("", b""),), (("leer.png", b""),), *[((f"a.{kind}", b"x" * 9),) for kind in OTHER_KINDS],
     (("gut.zip", archive()), ("schlecht.svg", b"<svg/>")), (("..", b"x"),), ((".htaccess", b"x"),)],
    ids=lambda files: ",".join(name for name, _content in files),
)  # fmt: skip
def test_no_file_or_one_of_another_kind_is_refused_and_leaves_nothing(client, house, files):
    before = kept_files()
    answer = send_files(client, house, *files)
    assert (answer.status_code, kept_files()) == (422, before)
    assert "kern-error" in answer.text


HOSTILE_FILES = {name: content for name, content, _word in hostile()}


@drives(90, 91, 95, 96, 98)
@pytest.mark.parametrize("name", HOSTILE_FILES)
def test_a_hostile_file_is_refused_by_what_is_in_it(client, house, name):
    before = kept_files()
    answer = send_files(client, house, (name, HOSTILE_FILES[name]))
    assert (answer.status_code, kept_files()) == (422, before)
    assert name in answer.text


@drives(88, 92, 93, 94)
def test_names_of_files_are_shown_as_typed_and_never_used(client, house):
    answer = send_files(client, house, *[(name, picture()) for name in NAMES_TYPED], ("x.png", picture()))
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert [shown for shown in NAMES_TYPED.values() if shown not in page] == []
    count, keys = kept_files()
    assert count == len(NAMES_TYPED) + 1
    assert all(re.fullmatch("[0-9a-f]{40}", key) for key in keys)


@drives(91, 97)
@pytest.mark.parametrize("name", HARMLESS_AFTERWARDS)
def test_what_hides_in_a_picture_is_not_given_out(client, house, name):
    send_files(client, house, (name, HARMLESS_AFTERWARDS[name]()), ("foto.jpg", photo()))
    page = client.get(f"/team/{house.team.id}/prototyp/dateien").text
    given = [client.get(address) for address in re.findall(r'href="(/prototyp/\d+/datei/\d+)"', page)]
    assert len(given) == 2
    for file in given:
        assert (file.status_code, file.headers["X-Content-Type-Options"]) == (200, "nosniff")
        assert file.headers["Content-Disposition"].startswith("attachment")
        assert not any(word in file.data for word in (b"<?php", b"alert(", b"lies-mich", b"GeheimeKamera"))


@drives(102)
def test_a_thousand_parts_are_too_many(client, house):
    client.sign_in(house.member)
    part = '--x\r\nContent-Disposition: form-data; name="f{}"\r\n\r\n1\r\n'
    body = "".join(part.format(number) for number in range(1_002)) + "--x--\r\n"
    path = f"/team/{house.team.id}/prototyp/dateien"
    answer = client.post(path, data=body.encode(), content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 413
    headers = (
        b"--x\r\nContent-Disposition: form-data; name=a\r\nX-Long: " + b"x" * 1_000_000 + b"\r\n\r\n1\r\n--x--\r\n"
    )
    answer = client.post(path, data=headers, content_type="multipart/form-data; boundary=x")
    assert answer.status_code in (400, 413)


@drives(105)
def test_a_team_cannot_hand_in_any_number_of_files(client, house):
    statuses = [send_files(client, house, (f"{number}.pdf", document())).status_code for number in range(31)]
    assert 422 in statuses
    assert set(statuses) == {303, 422}
    assert kept_files()[0] == statuses.count(303)


def test_what_is_taken_is_taken_here_too(client, house):
    assert send_files(client, house, *GOOD.items()).status_code == 303


# Methods, bodies, headers


@drives(106)
def test_a_wrong_method_is_refused_everywhere_and_changes_nothing(city, client):
    client.sign_in(person_with("administrator"))
    before, statuses = stored(), {}
    for _access, address in addresses(city, method="POST"):
        for method in ("PUT", "TRACE"):
            statuses[method, address] = client.open(address, method=method).status_code
        override = {"X-HTTP-Method-Override": "POST", "X-Method-Override": "DELETE"}
        assert client.get(address, headers=override).status_code < 500
    assert {pair: status for pair, status in statuses.items() if status != 405} == {}
    assert stored() == before


OTHER_BODIES = [
    ("application/json", b'{"title": "Ein Titel", "text": "Ein Text, der lang genug ist.", "do": "draft"}', 415),
    ("text/plain", b"title=Ein+Titel&text=Ein+Text&do=draft", 415),
    ("application/xml", b"<a/>", 415),
    ("application/gzip", b"\x1f\x8b\x08", 415),
    ("", b"title=Ein+Titel&text=Ein+Text&do=draft", 415),
    ("application/x-www-form-urlencoded; charset=utf-7", b"+AGk-=1", 422),
    ("multipart/form-data", b"--x", 422),
    ("multipart/form-data; boundary=" + "x" * 300, b"--x", 422),
]


@drives(108)
@pytest.mark.parametrize(("kind", "body", "status"), OTHER_BODIES, ids=lambda value: str(value)[:30])
def test_a_body_of_another_kind_is_no_form(client, house, kind, body, status):
    client.sign_in(house.author)
    before = stored()
    for path in (f"/ideen/{house.call.slug}/neu", f"/idee/{house.idea.id}/kommentare", "/passwort-vergessen"):
        assert client.post(path, data=body, content_type=kind).status_code == status, path
    assert stored() == before


@drives(109)
@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/json", ""])
def test_what_wants_headers_takes_nothing_from_a_body(client, house, kind):
    client.sign_in(house.member)
    body = b'{"name": "a.zip", "size": 10}'
    path = f"/team/{house.team.id}/prototyp/uploads"
    answer = client.post(path, data=body, content_type=kind, headers={"Tus-Resumable": "1.0.0"})
    assert answer.status_code == 400
    assert kept_files()[0] == 0


HOSTS = ["evil.example", "localhost.evil.example", "localhost:99999", "localhost,evil.example", "localhost@evil", ""]


@drives(110)
@pytest.mark.parametrize("host", HOSTS)
def test_another_host_is_refused_on_every_page(client, house, host):
    for path in ("/", "/anmelden", f"/idee/{house.idea.id}", "/registrieren", "/nirgendwo"):
        answer = client.get(path, headers={"Host": host}) if host else client.get(path, base_url="http://evil.example")
        assert answer.status_code == 400
        assert "evil" not in answer.text


@drives(111)
def test_who_says_to_come_through_a_proxy_is_not_believed(client, house):
    headers = {
        "X-Forwarded-For": "198.51.100.1", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "gopher",
        "X-Forwarded-Prefix": "/evil", "Forwarded": "host=evil.example", "X-Original-URL": "/organisation",
        "X-Rewrite-URL": "/organisation",
    }  # fmt: skip
    plain, forged = client.get("/ideen"), client.get("/ideen", headers=headers)
    assert forged.status_code == 200
    strip = re.compile(r'name="csrf_token"[^>]*>|content="[^"]*"')
    assert strip.sub("", forged.text) == strip.sub("", plain.text)
    client.post("/anmelden", data={"email": house.author.email}, headers=headers)
    from ideenlab.mail.models import Mail

    db.session.rollback()
    assert "evil" not in db.session.scalars(select(Mail.text)).one()


COOKIES = ["session=broken", "session=" + "x" * 8000, "session=.eJwx", "=__Host-x", "session=\xff", "a=b; session="]


@drives(112)
@pytest.mark.parametrize("cookie", COOKIES)
def test_a_cookie_that_is_none_is_a_visitor_on_every_page(client, house, cookie):
    for path, status in (("/", 200), (f"/idee/{house.idea.id}", 200), ("/konto", 302), ("/organisation", 302)):
        assert client.get(path, headers={"Cookie": cookie}).status_code == status


@drives(113)
@pytest.mark.parametrize("language", ["x" * 5000, "xx", "de;q=NaN", "*", "../../etc", "en;q=1e400"])
def test_no_language_a_browser_wishes_breaks_a_page(client, house, language):
    for path in ("/", f"/idee/{house.idea.id}", "/registrieren"):
        answer = client.get(path, headers={"Accept-Language": language})
        assert (answer.status_code, '<html lang="de"' in answer.text) == (200, True)


@drives(114)
@pytest.mark.parametrize("asked", ["bytes=0-," + "0-," * 1000, "bytes=5-2", "bytes=-", "lines=1-2", "bytes=0-0"])
def test_no_range_multiplies_a_file(client, house, asked):
    send_files(client, house, ("a.pdf", document()))
    page = client.get(f"/team/{house.team.id}/prototyp/dateien").text
    path = re.search(r'href="(/prototyp/\d+/datei/\d+)"', page)[1]
    whole = client.get(path)
    some = client.get(path, headers={"Range": asked})
    assert some.status_code in (200, 206, 416)
    assert len(some.data) <= max(len(whole.data), 20_000)
    client.sign_out()
    for headers in ({"Range": asked}, {"If-None-Match": "*"}):
        assert client.get(path, headers=headers).status_code in (403, 404)


PATHS = [
    "/%00", "/ideen/%00", "/" + "a" * 20_000, "/..%2f..%2fetc", "/ideen;x=1", "/%2e%2e/%2e%2e", "/ideen/%252e%252e",
    "/konto%0d%0aSet-Cookie:x", "/ideen/" + "%c3" * 50, "/\\evil.example",
]  # fmt: skip


@drives(115)
@pytest.mark.parametrize("path", PATHS, ids=range(len(PATHS)))
def test_a_strange_address_is_not_found(client, house, path):
    assert client.get(path).status_code in (400, 404, 414)


@drives(115)
def test_two_slashes_stay_on_our_host(client, house):
    answer = client.get("//konto")
    assert answer.status_code in (301, 308, 400, 404)
    assert "//konto" not in (answer.location or "").removeprefix("http://localhost")


FORGED = {
    "is_admin": "1", "role": "organiser", "roles": "administrator", "state": "published", "status": "published",
    "author_id": "1", "id": "1", "support_count": "999", "call_id": "1", "lot": "1", "published_at": "2020-01-01",
    "email": "evil@example.org", "person_id": "1", "revision_id": "7", "merged_into_id": "1",
}  # fmt: skip


@drives(116)
def test_fields_no_form_has_are_not_set(client, house):
    client.sign_in(house.author)
    form = {"title": "Bänke an der Hase", "text": "Mehr Bänke an der Hase.", "topic": "", "do": "draft"}
    assert client.post(f"/ideen/{house.call.slug}/neu", data={**form, **FORGED}).status_code == 303
    db.session.rollback()
    idea = db.session.scalars(select(Idea).order_by(Idea.id.desc())).first()
    assert (idea.state, idea.author_id, idea.support_count, idea.call_id, idea.published_at, idea.merged_into_id) == (
        "draft", house.author.id, 0, house.call.id, None, None,
    )  # fmt: skip
    assert house.author.email != "evil@example.org"
    assert house.author.roles == []


@drives(117)
@pytest.mark.parametrize("revision", ["", "0", "-1", "99", "abc", "9" * 30, "１"])
def test_a_page_that_is_too_old_overwrites_nothing(client, house, revision):
    client.sign_in(house.author)
    form = {"title": "Anderer Titel", "text": "Ganz anderer Text, lang genug.", "topic": "", "do": "draft"}
    before = stored()
    answer = client.post(f"/idee/{house.idea.id}/bearbeiten", data={**form, "revision": revision})
    assert (answer.status_code, stored() == before) == (409, True)
    assert "Anderer Titel" in answer.text
