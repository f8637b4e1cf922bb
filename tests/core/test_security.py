import pytest

from ideenlab.core.security import network, safe_path

HOSTILE = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "",
    None,
    "evil",
    "/konto\r\nSet-Cookie:x",
    "/a\tb",
    "/\x00",
    " /konto",
    "/" + "a" * 3000,
    "/\u202ekonto",
    "/a\u2028b",
]


@pytest.mark.parametrize("path", HOSTILE)
def test_the_next_page_is_always_ours(path):
    assert safe_path(path) == "/"


@pytest.mark.parametrize("path", ["/ideen", "/ideen/buergerlab?sort=newest&q=r%C3%A4der", "/en/idee/3#kommentare"])
def test_our_own_pages_are_kept(path):
    assert safe_path(path) == path


NETWORKS = [
    ("203.0.113.7", "203.0.113.7"),
    ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ("::ffff:10.0.0.1", "10.0.0.1"),
    ("nonsense", "unknown"),
]


@pytest.mark.parametrize(("address", "expected"), NETWORKS)
def test_an_ipv6_household_is_one_network(app, address, expected):
    with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
        assert network() == expected


def test_a_page_that_takes_a_cookie_along_stays_out_of_every_cache(client):
    page = client.get("/anmelden")
    assert "Set-Cookie" in page.headers
    assert page.headers["Cache-Control"] == "private, no-store"
