import io

import pytest

from ideenlab.core.i18n import speaking
from ideenlab.files.rules import DATA_KINDS, clean_name, kind_of, may_keep, may_upload
from tests.files.samples import GOOD, data_files, hostile


@pytest.fixture(autouse=True)
def _english(app):
    with app.test_request_context(), speaking("en"):
        yield


@pytest.mark.parametrize("name", GOOD)
def test_what_is_allowed_is_taken(name):
    assert may_upload(name, len(GOOD[name]))
    assert may_keep(name, io.BytesIO(GOOD[name])).reason == ""


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [row for row in hostile() if not row[0].startswith("cut.") or row[0][4:] not in ("png", "jpg", "webp")],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_hostile_is_refused_with_its_reason(name, content, word):
    verdict = may_keep(name, io.BytesIO(content))
    assert word in verdict.reason
    assert f"“{name}”" in verdict.reason


def test_data_is_what_its_name_says_and_only_where_it_is_taken():
    for name, content, word in data_files():
        verdict = may_keep(name, io.BytesIO(content), DATA_KINDS)
        assert (word in verdict.reason, bool(verdict)) == (True, not word), (name, verdict.reason)
        assert not may_upload(name, 10)
        assert not may_keep(name, io.BytesIO(content))
        assert may_upload(name, 10, DATA_KINDS)
    assert "20 MB. Please put it into a zip" in may_upload("a.geojson", 20_000_001, DATA_KINDS).reason
    assert all(may_keep(name, io.BytesIO(content), DATA_KINDS) for name, content in GOOD.items())


ENDINGS = [
    "exe", "html", "htm", "svg", "xml", "js", "mjs", "php", "jar", "lnk", "scr", "hta", "docm", "docx", "xlsx", "apk",
    "sh", "bat", "py", "txt", "csv", "tar", "gz", "7z", "heic", "mov", "zip.exe", "png.", ".png",
]  # fmt: skip


@pytest.mark.parametrize("ending", ENDINGS)
def test_other_kinds_are_refused_with_what_is_allowed(ending):
    verdict = may_upload(f"evil.{ending}" if not ending.startswith(".") else ending, 10)
    assert "Allowed: .zip, .pdf, .png" in verdict.reason


@pytest.mark.parametrize("name", ["..", ".htaccess", "CON.txt", "", "png", ".png", "   .png", "..png"])
def test_names_that_are_no_names_are_refused(name):
    assert not may_upload(clean_name(name), 10)


@pytest.mark.parametrize(
    ("name", "size", "word"),
    [
        ("a.zip", 0, "empty"), ("a.zip", -1, "empty"), ("a.zip", 200_000_000, ""),
        ("a.zip", 200_000_001, "larger than 200 MB"), ("a.mp4", 5_000_000_000, "larger than 200 MB"),
        ("a.png", 50_000_000, ""), ("a.png", 50_000_001, "larger than 50 MB"),
    ],
)  # fmt: skip
def test_sizes_have_limits(name, size, word):
    reason = may_upload(name, size).reason
    assert word in reason
    assert bool(reason) == bool(word)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Schulweg Ü.pdf", "Schulweg Ü.pdf"), ("日本語.pdf", "日本語.pdf"), ("../../etc/passwd.zip", "passwd.zip"),
        ("C:\\Bilder\\Foto.PNG", "Foto.PNG"), ("a\x00.png", "a.png"), ("rechnung\u202egnp.zip", "rechnunggnp.zip"),
        ("  viel \t Platz .zip", "viel Platz .zip"), ("<svg onload=alert(1)>.png", "<svg onload=alert(1)>.png"),
        ("zwei\r\nZeilen.pdf", "zwei Zeilen.pdf"), ("x" * 300 + ".pdf", "x" * 196 + ".pdf"), ("y" * 300, "y" * 200),
    ],
)  # fmt: skip
def test_names_are_shown_as_typed_but_clean_and_cut(typed, shown):
    assert clean_name(typed) == shown


@pytest.mark.parametrize(("name", "kind"), [("a.PNG", "image/png"), ("b.tar.zip", "application/zip"), ("c.svg", "")])
def test_the_kind_follows_the_ending(name, kind):
    assert kind_of(name) == kind
