import hashlib
import io
import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.storage import storage
from ideenlab.files.actions import store_content
from ideenlab.prototypes.actions import add_file, hand_in
from ideenlab.prototypes.models import HandIn, Prototype, PrototypeFile
from tests.factories import a_hackathon, a_person, a_prototype, a_team
from tests.files.samples import PROGRAM, archive, document, picture
from tests.prototypes.tus import TUS, begin, send

FORM = {"title": "Parkfinder", "pitch": "Freie Plätze", "description": "**Karte**", "revision": "1"}


@pytest.fixture
def team(person):
    return a_team(a_hackathon(submission_until=now() + timedelta(hours=1)), person, a_person())


@pytest.fixture
def member(client, person):
    client.sign_in(person)
    return client


def address(team, rest=""):
    return f"/team/{team.id}/prototyp{rest}"


def attach(person, team, name="anhang.zip", content=None):
    content = content or archive()
    stored = store_content(io.BytesIO(content), name=name, size=len(content))
    with transaction():
        return add_file(person, team=team, content=stored)


def handed_in(person, team):
    a_prototype(team)
    attached = attach(person, team)
    with transaction():
        hand_in(person, team=team, revision=1)
    return attached


def count(model):
    db.session.rollback()
    return len(db.session.scalars(select(model)).all())


def test_draft_is_written_saved_and_shown_again(member, team):
    assert "Noch ist nichts abgegeben" in member.get(address(team)).text
    answer = member.post(address(team), data=FORM)
    assert (answer.status_code, answer.location) == (303, address(team))
    page = member.get(address(team)).text
    assert "Ihr Entwurf ist gespeichert." in page
    assert 'value="Parkfinder"' in page
    assert 'name="revision" type="hidden" value="2"' in page


def test_draft_is_shown_before_it_is_saved(member, team):
    page = member.post(address(team), data={**FORM, "preview": "1"})
    assert page.status_code == 200
    assert "<strong>Karte</strong>" in page.text
    assert count(Prototype) == 0


def test_draft_of_two_members_shows_both_texts(member, team):
    member.post(address(team), data=FORM)
    page = member.post(address(team), data={**FORM, "title": "<b>Radfinder</b>"})
    assert page.status_code == 409
    assert "&lt;b&gt;Radfinder&lt;/b&gt;" in page.text
    assert "Parkfinder" in page.text


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", "x" * 121, "höchstens 120 Zeichen"), ("pitch", "x" * 201, "höchstens 200 Zeichen"),
        ("description", "x" * 10_001, "höchstens 10000 Zeichen"), ("code_url", "javascript:alert(1)", "https://"),
        ("demo_url", "https://good.de@evil.de", "Passwort"), ("video_url", "http://localhost:5000", "sonst niemand"),
        ("code_url", "https://a.de/" + "x" * 500, "höchstens 500 Zeichen"), ("demo_url", "//a.de", "https://"),
    ],
)  # fmt: skip
def test_draft_with_bad_input_is_refused_at_its_field(member, team, field, value, message):
    page = member.post(address(team), data={**FORM, field: value})
    assert page.status_code == 422
    assert message in re.search(rf'id="{field}-error".*?</p>', page.text, re.DOTALL)[0]
    assert "<title>Fehler:" in page.text
    assert count(Prototype) == 0


@pytest.mark.parametrize("revision", ["", "x", "-1", "1.5", "9" * 30, "²", "1 OR 1=1"])
def test_draft_with_a_forged_revision_overwrites_nothing(member, team, revision):
    member.post(address(team), data=FORM)
    answer = member.post(address(team), data={**FORM, "title": "Anders", "revision": revision})
    assert answer.status_code == 409
    assert db.session.scalar(select(Prototype.title)) == "Parkfinder"


def test_draft_keeps_hostile_text_as_text(member, team):
    text = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>"
    others = {"prior_work": text, "ai_use": text, "licence": "own", "licence_own": text[:40]}
    member.post(address(team), data={**FORM, **others, "title": text[:100], "description": text})
    member.post(address(team, "/abgeben"), data={"revision": "2"})
    for path in (address(team), address(team, "/abgeben"), "/prototyp/1/version/1", "/prototyp/1"):
        path = path.replace("/prototyp/1", f"/prototyp/{db.session.scalar(select(Prototype.id))}")
        page = member.get(path).text
        assert "<script>alert" not in page
        assert "onerror=alert(1)>" not in page.replace("onerror=alert(1)&gt;", "")
        assert 'href="javascript' not in page


GUESSES = (
    "id team_id team hackathon_id hackathon number handed_in_at sha256 content revision_id changed_at removed_at state "
    "owner_id owner key file_id size media_type name role roles is_admin admin organiser person_id code places "
    "submission_until published place score description_html created_at member_count password email"
)


def test_fields_that_nobody_sees_cannot_be_set(member, team):
    forged = {name: "7" for name in GUESSES.split()}
    member.post(address(team), data={**forged, **FORM})
    prototype = db.session.scalar(select(Prototype))
    assert (prototype.team_id, prototype.hackathon_id, prototype.revision) == (team.id, team.hackathon_id, 2)
    assert prototype.description == "**Karte**"
    member.post(address(team, "/abgeben"), data={**forged, "revision": "2"})
    version = db.session.scalar(select(HandIn))
    assert (version.number, version.prototype_id) == (1, prototype.id)
    assert version.sha256 == hashlib.sha256(version.content.encode()).hexdigest()
    assert abs((version.handed_in_at - now()).total_seconds()) < 60


def test_hand_in_ends_at_a_receipt(member, team):
    member.post(address(team), data=FORM)
    page = member.get(address(team, "/abgeben")).text
    assert "Als Version 1 abgeben" in page
    answer = member.post(address(team, "/abgeben"), data={"revision": "2"})
    version = db.session.scalar(select(HandIn))
    assert answer.location == f"/prototyp/{version.prototype_id}/version/1"
    receipt = member.get(answer.location).text
    assert version.sha256 in receipt
    content = member.get(answer.location + "/inhalt.json", buffered=True)
    assert hashlib.sha256(content.data).hexdigest() == version.sha256
    assert content.headers["Content-Disposition"].startswith("attachment")


def test_hand_in_names_what_is_still_arriving(member, team):
    member.post(address(team), data=FORM)
    assert begin(member, team, "langsam.mp4", 5_000_000).status_code == 201
    page = member.get(address(team, "/abgeben")).text
    assert "gehört nicht zu dieser Version" in page
    assert "langsam.mp4" in page
    assert member.post(address(team, "/abgeben"), data={"revision": "2"}).status_code == 303


def test_hand_in_without_a_title_says_what_is_missing(member, team):
    member.post(address(team), data={**FORM, "title": ""})
    page = member.post(address(team, "/abgeben"), data={"revision": "2"})
    assert page.status_code == 422
    assert "Bitte füllen Sie vorher aus: Titel." in page.text


def test_after_the_deadline_everything_is_read_only_and_what_was_typed_is_kept(member, team):
    member.post(address(team), data=FORM)
    with time_machine.travel(team.hackathon.submission_until, tick=False):
        page = member.post(address(team), data={**FORM, "title": "Mein letzter Satz", "revision": "2"})
        assert page.status_code == 403
        assert "Das endete am" in page.text
        assert "Mein letzter Satz" in page.text
        assert member.post(address(team, "/abgeben"), data={"revision": "2"}).status_code == 403
        assert member.post(address(team, "/dateien"), data=upload()).status_code == 403
        assert begin(member, team, "a.zip", 9).status_code == 403
        page = member.get(address(team)).text
        assert "nichts ändern" in page
        assert "<textarea" not in page
    assert count(HandIn) == 0
    assert count(PrototypeFile) == 0


def upload(*files, field="files"):
    files = files or (("anhang.zip", archive()),)
    return {field: [(io.BytesIO(content), name) for name, content in files]}


def test_files_come_as_part_of_the_form(member, team):
    answer = member.post(address(team, "/dateien"), data=upload(("Schulweg Ü.pdf", document()), ("b.zip", archive())))
    assert answer.status_code == 303
    page = member.get(answer.location).text
    assert "2 Dateien sind hinzugefügt" in page
    assert "Schulweg Ü.pdf" in page


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (dict, "Bitte wählen Sie zuerst eine Datei aus."),
        (lambda: upload(("", b"")), "Bitte wählen Sie zuerst eine Datei aus."),
        (lambda: upload(field="other"), "Bitte wählen Sie zuerst eine Datei aus."),
        (lambda: {"files": "text"}, "Bitte wählen Sie zuerst eine Datei aus."),
        (lambda: upload(("leer.zip", b"")), "ist leer"),
        (lambda: upload(("a.exe", PROGRAM)), "nehmen wir nicht an"),
        (lambda: upload(("a.png", PROGRAM)), "passt nicht"),
        (lambda: upload(("gut.zip", archive()), ("a.svg", b"<svg/>")), "nehmen wir nicht an"),
    ],
)
def test_files_that_are_refused_leave_nothing(member, team, data, message):
    before = set(dict(storage().keys()))
    page = member.post(address(team, "/dateien"), data=data(), content_type="multipart/form-data")
    assert page.status_code == 422
    assert message in page.text
    assert count(PrototypeFile) == 0
    assert set(dict(storage().keys())) == before


def test_a_hostile_file_name_is_shown_as_text(member, team):
    name = "<svg onload=alert(1)>'.png"
    member.post(address(team, "/dateien"), data=upload((name, picture())))
    page = member.get(address(team, "/dateien")).text
    assert "<svg" not in page
    assert "&lt;svg onload=alert(1)&gt;" in page


def test_nothing_changes_without_the_token(member, person, team):
    handed = attach(person, team)
    url = begin(member, team).location
    answers = [
        member.post(address(team), data=FORM, csrf=False),
        member.post(address(team, "/abgeben"), data={"revision": "1"}, csrf=False),
        member.post(address(team, "/dateien"), data=upload(), csrf=False),
        member.post(address(team, f"/dateien/{handed.file_id}/entfernen"), csrf=False),
        begin(member, team, "a.zip", 9, csrf=False),
        send(member, url, b"abc", 0, csrf=False),
        member.delete(url, headers=TUS, csrf=False),
    ]
    assert [answer.status_code for answer in answers] == [400] * 7
    assert count(PrototypeFile) == 2
    assert count(HandIn) == 0
    assert member.head(url, headers=TUS).headers["Upload-Offset"] == "0"


def test_a_file_is_only_ever_given_out_to_be_saved(member, person, team):
    for name, content in (("Schulweg Ü.pdf", document()), ("x.png", picture())):
        attached = attach(person, team, name, content)
        answer = member.get(f"/prototyp/{attached.prototype_id}/datei/{attached.file_id}", buffered=True)
        assert answer.status_code == 200
        assert int(answer.headers["Content-Length"]) == len(answer.data) == attached.file.size
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["Content-Type"] == attached.file.media_type
        assert answer.headers["Content-Disposition"].startswith("attachment; filename")
    assert "filename*=UTF-8''x" not in answer.headers["Content-Disposition"]


def test_a_file_with_another_alphabet_keeps_its_name(member, person, team):
    attached = attach(person, team, "日本語 Ü.pdf", document())
    answer = member.get(f"/prototyp/{attached.prototype_id}/datei/{attached.file_id}", buffered=True)
    assert "filename*=UTF-8''%E6%97%A5%E6%9C%AC%E8%AA%9E%20%C3%9C.pdf" in answer.headers["Content-Disposition"]


def test_a_file_that_is_gone_from_the_disk_breaks_no_page(member, person, team):
    attached = handed_in(person, team)
    storage().delete(attached.file.key)
    for path in (address(team), address(team, "/dateien"), f"/prototyp/{attached.prototype_id}"):
        assert member.get(path).status_code == 200
    assert member.get(f"/prototyp/{attached.prototype_id}/datei/{attached.file_id}", buffered=True).status_code == 404


def test_a_file_is_removed_after_a_question(member, person, team):
    attached = handed_in(person, team)
    url = address(team, f"/dateien/{attached.file_id}/entfernen")
    assert "Diese Datei entfernen?" in member.get(url).text
    assert "ist aus dem Entwurf entfernt" in member.get(member.post(url).location).text
    assert "anhang.zip" not in member.get(address(team, "/abgeben")).text
    assert "anhang.zip" in member.get(f"/prototyp/{attached.prototype_id}/version/1").text
    assert member.get(f"/prototyp/{attached.prototype_id}/datei/{attached.file_id}", buffered=True).data == archive()
    assert member.get(url).status_code == 404
