import gzip
import json
import re

import pytest
from flask import Flask

from ideenlab.config import ROOT
from ideenlab.core.assets import AssetsMissing, asset, manifest_of, register_assets
from tools import assets as build

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
VENDOR = ROOT / "static" / "vendor"


@pytest.fixture
def client():
    app = Flask("nothing but files", static_folder=None)
    register_assets(app)

    return app.test_client()


def built_css():
    return (VENDOR / manifest_of(ROOT / "static")["ideenlab.css"]).read_text()


def test_an_address_has_a_hash_and_no_language(app):
    with app.test_request_context("/en/ideen"):
        assert re.fullmatch(r"/static/vendor/ideenlab\.[0-9a-f]{12}\.css", asset("ideenlab.css"))


def test_an_unknown_name_is_a_clear_fault(app):
    with app.test_request_context("/"), pytest.raises(AssetsMissing, match=r"no 'nowhere\.css' among them"):
        asset("nowhere.css")


def test_missing_files_name_the_command(tmp_path):
    with pytest.raises(AssetsMissing, match="make setup"):
        manifest_of(tmp_path)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("ideenlab.css", "text/css; charset=utf-8"),
        ("start.js", "text/javascript; charset=utf-8"),
        ("favicon.svg", "image/svg+xml; charset=utf-8"),
        ("fira-sans-latin-400.woff2", "font/woff2"),
    ],
)
def test_files_last_for_ever_and_say_what_they_are(client, name, kind):
    response = get(client, name)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == kind
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "Cookie" not in response.headers.get("Vary", "")


def asset_path(name):
    return f"/static/vendor/{manifest_of(ROOT / 'static')[name]}"


def get(client, name, **more):
    return client.get(asset_path(name), buffered=True, **more)


def test_text_travels_compressed_where_that_is_understood(client):
    plain = get(client, "ideenlab.css")
    small = get(client, "ideenlab.css", headers={"Accept-Encoding": "br;q=0, gzip"})
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "gzip"
    assert small.headers["Content-Type"] == plain.headers["Content-Type"]
    assert small.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(small.data) == plain.data
    assert len(small.data) * 4 < len(plain.data)


def test_a_refused_compression_is_not_sent(client):
    response = get(client, "ideenlab.css", headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in response.headers


@pytest.mark.parametrize(
    "path", ["vendor/stamp", "vendor/nothing.css", "../wsgi.py", "%2e%2e/wsgi.py", "vendor/../../wsgi.py", ".gitignore"]
)
def test_nothing_else_is_sent(client, path):
    assert client.get(f"/static/{path}").status_code == 404


def test_the_compressed_twin_has_no_address_of_its_own(client):
    assert client.get(asset_path("ideenlab.css") + ".gz").status_code == 404


def test_the_first_view_of_a_list_stays_small():
    """100 kB with fonts, of which 8 kB are left for the page itself."""
    names = manifest_of(ROOT / "static")
    fonts = ["fira-sans-latin-400.woff2", "fira-sans-latin-600.woff2"]
    texts = ["ideenlab.css", "start.js", "live.js", "favicon.svg"]
    size = sum((VENDOR / names[name]).stat().st_size for name in fonts)
    size += sum((VENDOR / f"{names[name]}.gz").stat().st_size for name in texts)
    assert size < 92_000


def test_no_style_comes_from_another_host():
    css = built_css().replace("http://www.w3.org/2000/svg", "")
    assert "//" not in css
    assert "@import" not in css


def test_every_class_that_a_page_takes_from_kern_is_built():
    css = built_css()
    used = set()
    for file in [*TEMPLATES, *(ROOT / "static" / "js").glob("*.js")]:
        used |= set(re.findall(r"\bkern-[a-z][\w-]*[a-z]\b", file.read_text()))
    missing = {name for name in used if f".{name}" not in css}
    assert missing == set()


def test_every_icon_that_a_page_names_exists():
    css = built_css()
    named = set()
    for file in TEMPLATES:
        text = file.read_text()
        named |= set(re.findall(r'\bicon\("([\w-]+)"', text)) | set(re.findall(r'icon_name="([\w-]+)"', text))
    assert {name for name in named if f"-icon--{name}{{" not in css} == set()


def test_pruning_keeps_what_is_used_and_nothing_else():
    css = (
        '@charset "UTF-8";.kern-btn,.kern-dialog{color:red}.kern-col-4{width:1px}'
        '.kern-icon--add{mask:url("data:image/svg+xml,{}")}.kern-icon--dark-mode{mask:none}'
        "@media print{.kern-row{margin:0}}@media screen{.kern-alert{margin:0}.kern-flex{gap:0}}"
        ":is(body,.kern-dark){--x:1}.kern-dark{--x:2}@keyframes a{from{top:0}to{top:1px}}"
    )
    assert build.prune(css) == (
        '.kern-btn{color:red}.kern-icon--add{mask:url("data:image/svg+xml,{}")}'
        "@media screen{.kern-alert{margin:0}}:is(body,.kern-dark){--x:1}@keyframes a{from{top:0}to{top:1px}}"
    )


def test_tokens_nobody_asks_for_are_left_out():
    css = ":root{--kern-a:1px;--kern-b:var(--kern-c);--kern-c:2px}p{top:var(--kern-a)}"
    assert build.drop_unused_tokens(css) == ":root{--kern-a:1px;}p{top:var(--kern-a)}"


def test_a_fallback_stays_only_where_nothing_is_declared():
    css = ":root{--kern-a:1px}p{top:var(--kern-a, calc(1px + 2px));left:var(--other, 3px)}"
    assert build.drop_fallbacks(css) == ":root{--kern-a:1px}p{top:var(--kern-a);left:var(--other, 3px)}"


def test_what_is_built_is_what_the_manifest_says():
    manifest = json.loads((VENDOR / "manifest.json").read_text())
    assert [name for name, entry in manifest.items() if not build.intact(entry)] == []


def test_a_changed_file_is_found(tmp_path, monkeypatch):
    (tmp_path / "a.css").write_text("p{}")
    entry = {"file": "a.css", "sha384": "0" * 96}
    (tmp_path / "manifest.json").write_text(json.dumps({"a.css": entry}))
    monkeypatch.setattr(build, "VENDOR", tmp_path)
    with pytest.raises(SystemExit, match=r"Changed or missing in static/vendor: a\.css"):
        build.check()


def test_the_lock_file_holds_no_addresses_and_only_exact_versions():
    lock = json.loads((ROOT / "package-lock.json").read_text())
    named = json.loads((ROOT / "package.json").read_text())
    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
    assert all(package["integrity"].startswith("sha512-") for name, package in lock["packages"].items() if name)
    wanted = {**named["dependencies"], **named["devDependencies"]}
    assert wanted == {name: lock["packages"][f"node_modules/{name}"]["version"] for name in wanted}
