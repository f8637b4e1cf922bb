"""What another server may do to us, and where we never go."""

import time
from pathlib import Path

import pytest

from ideenlab.core.outgoing import Budget, Outside, fetch_json, may_reach
from tests.exchange.partner import partner, raw, said

NEVER = """
0.0.0.0 10.0.0.1 100.64.0.1 100.127.255.255 127.0.0.1 127.8.8.8 169.254.169.254 172.16.0.1 172.31.255.254
192.0.0.1 192.0.2.1 192.168.1.1 198.18.0.1 198.51.100.7 203.0.113.1 224.0.0.1 240.0.0.1 255.255.255.255
:: ::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b:1::1 2002:7f00:1::
2002:a00:1:: 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:db8::1 fc00::1 fd12::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1
localhost 127.1 0x7f000001 nonsense
"""
FINE = ["1.1.1.1", "8.8.8.8", "93.184.216.34", "2606:4700:4700::1111", "::ffff:1.1.1.1"]


def test_only_addresses_of_the_internet_are_reached(app):
    assert [address for address in NEVER.split() if may_reach(address)] == []
    assert [address for address in FINE if not may_reach(address)] == []
    local = [address for address in (*NEVER.split(), *FINE) if may_reach(address, local_allowed=True)]
    assert sorted(set(local) - set(FINE)) == ["127.0.0.1", "127.8.8.8", "::1"]


def budget(seconds=5.0, most=2_000):
    return Budget(most, time.monotonic() + seconds)


def why(url, *, seconds=5.0, **more):
    with pytest.raises(Outside) as refused:
        fetch_json(url, budget=budget(seconds), **{"local_allowed": True, **more})
    return str(refused.value)


def test_every_address_of_a_name_is_looked_at_before_any_is_connected_to(app):
    asked = []

    def find(host, port):
        asked.append((host, port))
        return ["93.184.216.34", "10.0.0.7"]

    assert "eigenes Netz" in why("https://ideen.example.org/x", find=find, local_allowed=False)
    assert asked == [("ideen.example.org", 443)]
    assert "eigenes Netz" in why("https://localhost/", local_allowed=False)
    assert "keinen Server" in why("https://ideen.example.org/x", find=lambda _host, _port: [], local_allowed=False)


def test_it_goes_to_the_address_that_was_checked_and_names_the_host_it_wanted(app):
    with partner(said({"fine": 1})) as (url, asked):
        port = url.rpartition(":")[2]
        answer = fetch_json(
            f"http://ideen.example.org:{port}/api?x=1", budget=budget(), local_allowed=True,
            find=lambda _host, _port: ["127.0.0.1"],
        )  # fmt: skip
    assert answer == {"fine": 1}
    assert asked[0].startswith(f"GET /api?x=1 HTTP/1.1\r\nHost: ideen.example.org:{port}\r\n")
    assert "cookie" not in asked[0].lower()


@pytest.mark.parametrize("url", [
    "http://example.org/", "ftp://example.org/", "file:///etc/passwd", "https://", "https://a@example.org/", "//x",
    "https://example.org:99999/", "https://exämple.org/", "https://example.org/a b", "https://[::1/", "gopher://x",
])  # fmt: skip
def test_only_whole_addresses_with_https_are_asked(app, url):
    assert why(url, local_allowed=False)


LONG = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
HOSTILE = {
    "redirect": (said({}, status="302 Found", extra="Location: http://127.0.0.1/\r\n"), "leitet"),
    "error": (said({}, status="500 Oops"), "500"),
    "html": (said(b"<html>", kind="text/html"), "nicht mit JSON"),
    "no json": (said(b"{"), "kein JSON"),
    "not utf-8": (said(b'"\xff"'), "kein JSON"),
    "NaN": (said(b"[NaN]"), "kein JSON"),
    "deep": (said(b"[" * 1900), "kein JSON"),
    "long number": (said(b"9" * 1900), None),
    "too large": (said(b" " * 3_000), "zu groß"),
    "endless": (raw(LONG + b"\r\n", then=b" " * 1000), "zu groß"),
    "endless chunks": (raw(LONG + b"Transfer-Encoding: chunked\r\n\r\n", then=b"5\r\n     \r\n" * 50), "zu groß"),
    "endless head": (raw(b"HTTP/1.1 200 OK\r\n", then=b"X-A: b\r\n" * 50), "nicht erreichbar"),
    "packed": (said(b"x", extra="Content-Encoding: gzip\r\n"), "gepackt"),
    "cut": (raw(LONG + b"Content-Length: 900\r\n\r\n{"), "nicht erreichbar"),
    "silence": (raw(b""), "nicht erreichbar"),
    "noise": (raw(b"\x00\xff" * 40 + b"\r\n\r\n"), "nicht erreichbar"),
    "ssh": (raw(b"SSH-2.0-OpenSSH_9.6\r\n"), "nicht erreichbar"),
}  # fmt: skip


def test_what_a_hostile_server_does_ends_in_a_sentence(app):
    found = {}
    for name, (answer, sentence) in HOSTILE.items():
        with partner(answer) as (url, _asked):
            if sentence is None:
                fetch_json(url, budget=budget(), local_allowed=True)
            else:
                found[name] = sentence in why(url)
    assert found == {name: True for name, (_answer, sentence) in HOSTILE.items() if sentence}


def dripping(head):
    def answer(line, _path):
        line.sendall(head)
        while True:
            line.sendall(b"x")
            time.sleep(0.05)

    return answer


def test_who_drips_is_left_when_the_time_is_over(app):
    for head in (b"", b"HTTP/1.1 200 OK\r\nX-A: ", LONG + b"Content-Length: 900\r\n\r\n", LONG + b"\r\n"):
        with partner(dripping(head)) as (url, _asked):
            begun = time.monotonic()
            assert "zu langsam" in why(url, seconds=0.3)
            assert time.monotonic() - begun < 5


def test_who_speaks_no_tls_or_shows_no_valid_certificate_is_not_read(app):
    with partner(said({})) as (url, _asked):
        assert why(url.replace("http:", "https:"), seconds=0.5)


CERTIFICATES = Path(__file__).parent / "certificates"  # with keys that protect nothing, valid until 2126


def test_only_a_certificate_that_somebody_we_trust_vouches_for_this_name_is_believed(app, monkeypatch):
    def asked(certificate, host="127.0.0.1"):
        with partner(said({"fine": 1}), certificate=CERTIFICATES / certificate) as (url, heard):
            address = url.replace("127.0.0.1", host)
            try:
                found = fetch_json(
                    address, budget=budget(), local_allowed=True, find=lambda _host, _port: ["127.0.0.1"]
                )
            except Outside as fault:
                found = fault.stored
            return found, len(heard)

    refused = ("certificate", 0)  # nothing was said to them
    assert (asked("self_signed.pem"), asked("vouched_for.pem")) == (refused, refused)
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "authority.pem"))
    assert asked("vouched_for.pem") == ({"fine": 1}, 1)
    assert (asked("self_signed.pem"), asked("vouched_for.pem", host="ideen.example.org")) == (refused, refused)
