from dataclasses import replace

from ideenlab.exchange.rules import may_read_from, plain_base_url

TYPED = {
    "ideen.example.org": "https://ideen.example.org", "https://ideen.example.org/": "https://ideen.example.org",
    " https://x": "", "https://a:b@ideen.example.org": "", "https://ideen.example.org:8443/en?x#y":
    "https://ideen.example.org:8443", "https://[::1": "",
}  # fmt: skip


def test_of_an_address_only_the_server_counts(app):
    assert {typed: plain_base_url(typed) for typed in TYPED} == TYPED


def test_this_machine_is_read_only_where_a_setting_says_so(app, monkeypatch):
    assert not may_read_from("http://127.0.0.1:8001")
    assert not may_read_from(app.config["SETTINGS"].base_url)
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], exchange_local=True))
    assert may_read_from(plain_base_url("http://127.0.0.1:8001/ideen"))
    assert not may_read_from("http://ideen.example.org")
