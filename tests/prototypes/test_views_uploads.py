"""Files in pieces: the tus protocol in raw requests, connections that are cut, and what must not come in."""

import base64
import io
import re
from contextlib import closing
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.storage import NoRoom, Storage, storage
from ideenlab.files.actions import remove_unclaimed
from ideenlab.files.models import StoredFile
from ideenlab.prototypes.actions import hand_in
from ideenlab.prototypes.models import PrototypeFile
from ideenlab.prototypes.queries import content_of
from ideenlab.teams.models import Membership
from tests.factories import a_hackathon, a_person, a_prototype, a_team
from tests.files.samples import HARMLESS_AFTERWARDS, archive, hostile
from tests.prototypes.tus import TUS, begin, send, stands_at


@pytest.fixture(autouse=True)
def _empty_storage(app):
    """The tests before left files whose rows are gone."""
    for key, _written_at in list(storage().keys()):
        storage().delete(key)


@pytest.fixture
def team(person):
    return a_team(a_hackathon(submission_until=now() + timedelta(hours=1)), person, a_person())


@pytest.fixture
def member(client, person):
    client.sign_in(person)
    return client


def files():
    db.session.rollback()
    return db.session.scalars(select(PrototypeFile)).all()


def rows_are_files():
    """The janitor's proof, both ways: every file has a row, every whole row its file."""
    db.session.rollback()
    known = dict(db.session.execute(select(StoredFile.key, StoredFile.state)).all())
    stored = set(dict(storage().keys()))
    whole = {key for key, state in known.items() if state == "whole"}
    return whole <= stored <= set(known)


class Cut(io.BytesIO):
    """The beginning of a body that says to be longer: then the connection is lost."""

    def __init__(self, came, whole):
        super().__init__(came)
        self.whole, self.at_end = whole, False

    def seek(self, place, whence=io.SEEK_SET):
        self.at_end = whence == io.SEEK_END
        return super().seek(place, whence)

    def tell(self):
        return self.whole if self.at_end else super().tell()


def cut(client, url, content, offset, length):
    """Send a piece whose connection is lost after `length` bytes."""
    piece = Cut(content[offset : offset + length], len(content) - offset)
    headers = {**TUS, "Upload-Offset": str(offset)}
    return client.patch(url, input_stream=piece, headers=headers, content_type="application/offset+octet-stream")


def test_the_server_says_what_it_speaks(member, team):
    answer = member.options(f"/team/{team.id}/prototyp/uploads")
    assert answer.status_code == 204
    told = {name: answer.headers[name] for name in ("Tus-Version", "Tus-Extension", "Tus-Max-Size", "Tus-Resumable")}
    assert told == {
        "Tus-Version": "1.0.0", "Tus-Extension": "creation,termination", "Tus-Max-Size": "200000000",
        "Tus-Resumable": "1.0.0",
    }  # fmt: skip


def test_an_upload_follows_the_protocol(member, team):
    content = archive()
    begun = begin(member, team)
    url = begun.location
    assert (begun.status_code, begun.data, begun.headers["Tus-Resumable"]) == (201, b"", "1.0.0")
    head = member.head(url, headers=TUS)
    assert (head.status_code, head.data, head.headers["Cache-Control"]) == (200, b"", "private, no-store")
    assert (head.headers["Upload-Offset"], head.headers["Upload-Length"]) == ("0", str(len(content)))
    first = send(member, url, content[:60], 0)
    assert (first.status_code, first.data, first.headers["Upload-Offset"]) == (204, b"", "60")
    for wrong in (0, 59, 80):
        refused = send(member, url, content[wrong:], wrong)
        assert (refused.status_code, refused.headers["Upload-Offset"]) == (409, "60")
    assert "wird noch hochgeladen" in member.get(f"/team/{team.id}/prototyp/dateien").text
    last = send(member, url, content[60:], 60)
    assert (last.status_code, last.headers["Upload-Offset"]) == (204, str(len(content)))
    assert stands_at(member, url) == len(content)
    assert send(member, url, content[60:], 60).headers["Upload-Offset"] == str(len(content))
    item = member.get(url, headers=TUS).json["item"]
    fetched = member.get(re.search(r'href="([^"]+/datei/[^"]+)"', item)[1], buffered=True)
    assert fetched.data == content


def test_a_client_of_another_version_is_told_which_one_we_speak(member, team):
    url = begin(member, team).location
    for version in ({}, {"Tus-Resumable": "0.2.2"}, {"Tus-Resumable": "2.0.0"}):
        for answer in (
            member.post(f"/team/{team.id}/prototyp/uploads", headers=version), member.head(url, headers=version),
            member.patch(url, data=b"x", headers=version), member.delete(url, headers=version),
        ):  # fmt: skip
            assert (answer.status_code, answer.headers["Tus-Version"]) == (412, "1.0.0")
    assert stands_at(member, url) == 0


@pytest.mark.parametrize("percent", [0, 10, 50, 99])
def test_an_upload_that_is_cut_goes_on_where_it_stopped(member, person, team, percent):
    content = archive([("daten.bin", bytes(range(256)) * 40)])
    a_prototype(team)
    url = begin(member, team, size=len(content)).location
    length = len(content) * percent // 100
    assert cut(member, url, content, 0, length).status_code == 400
    assert stands_at(member, url) == length
    assert rows_are_files()
    page = member.get(f"/team/{team.id}/prototyp/dateien").text
    assert f'data-upload="{url}" data-name="a.zip" data-size="{len(content)}"' in page
    assert "wählen Sie dieselbe Datei noch einmal" in page
    if percent:
        assert re.search(rf"({percent}|{percent - 1})\s*% sind da", page)
    with transaction():
        version = hand_in(person, team=team, revision=1)
    assert (content_of(version)["files"], content_of(version)["files_not_whole"]) == ([], ["a.zip"])
    assert send(member, url, content[length:], length).status_code == 204
    item = member.get(url, headers=TUS).json["item"]
    fetched = member.get(re.search(r'href="([^"]+/datei/[^"]+)"', item)[1], buffered=True)
    assert fetched.data == content
    assert rows_are_files()


def test_an_upload_that_nobody_finishes_is_gone_after_a_day(member, team):
    url = begin(member, team).location
    cut(member, url, archive(), 0, 50)
    for hours, left in ((23, 1), (25, 0)):
        with time_machine.travel(now() + timedelta(hours=hours)), transaction():
            assert remove_unclaimed().given_up == 1 - left
        assert (len(files()), len(dict(storage().keys()))) == (left, left)
    assert member.head(url, headers=TUS).status_code == 404


def test_somebody_who_is_removed_while_uploading_sends_nothing_more(member, person, team):
    url = begin(member, team).location
    cut(member, url, archive(), 0, 50)
    with transaction():
        db.session.delete(db.session.scalar(select(Membership).where(Membership.person_id == person.id)))
    assert send(member, url, archive()[50:], 50).status_code == 404
    assert member.head(url, headers=TUS).status_code == 404
    assert rows_are_files()


def test_what_must_not_come_in_is_refused_at_the_last_piece_and_leaves_nothing(member, team):
    for name, content, _word in hostile():
        begun = begin(member, team, name, len(content))
        if not content:
            assert begun.status_code == 422
            continue
        if len(content) > 8_000_000:
            continue
        refused = send(member, begun.location, content, 0)
        assert refused.status_code == 422, name
        assert name in refused.json["message"]
        assert member.head(begun.location, headers=TUS).status_code == 404
    assert files() == []
    assert dict(storage().keys()) == {}
    for name, make in HARMLESS_AFTERWARDS.items():
        content = make()
        assert send(member, begin(member, team, name, len(content)).location, content, 0).status_code == 204
    kept = b""
    for each in files():
        with closing(storage().open(each.file.key)) as content:
            kept += content.read()
    assert b"<?php" not in kept
    assert b"PK\x03\x04" not in kept


@pytest.mark.parametrize(
    ("name", "shown"),
    [("../../etc/passwd.zip", "passwd.zip"), ("C:\\x\\a.zip", "a.zip"), ("<svg onload=alert(1)>.zip", "&lt;svg"),
     ("日本語 Ü.zip", "日本語 Ü.zip"), ("a\u202egnp.zip", "agnp.zip"), ("CON.zip", "CON.zip"),
     ("x" * 900 + ".zip", "x" * 196)],
)  # fmt: skip
def test_a_hostile_name_is_only_a_name(member, team, name, shown):
    url = begin(member, team, name).location
    assert send(member, url, archive(), 0).status_code == 204
    page = member.get(f"/team/{team.id}/prototyp/dateien").text
    assert shown in page
    assert "<svg" not in page
    assert all(re.fullmatch("[0-9a-f]{40}", key) for key in dict(storage().keys()))


@pytest.mark.parametrize(
    ("name", "size", "status"),
    [("a.exe", 10, 422), ("a.zip", 0, 422), ("a.zip", 200_000_001, 413), ("..", 9, 422), (".htaccess", 9, 422),
     ("a.png", 10**8, 422), ("a.svg", 10, 422), ("a.html", 10, 422)],
)  # fmt: skip
def test_an_upload_that_is_not_allowed_is_refused_before_it_begins(member, team, name, size, status):
    answer = begin(member, team, name, size)
    assert answer.status_code == status
    assert answer.json["message"]


@pytest.mark.parametrize(
    "headers",
    [{"Upload-Length": ""}, {"Upload-Length": "-5"}, {"Upload-Length": "1.5"}, {"Upload-Length": "9" * 30},
     {"Upload-Length": "NaN"}, {"Upload-Length": "1e400"}, {"Upload-Metadata": ""}, {"Upload-Metadata": "filename"},
     {"Upload-Metadata": "filename ***"}, {"Upload-Metadata": "filename /w=="}, {"Upload-Metadata": ",,,  ,"},
     {"Upload-Metadata": "filename " + base64.b64encode(b"x" * 1001).decode()}, {"Upload-Metadata": "x" * 9000}],
    ids=lambda headers: str(headers)[:40],
)  # fmt: skip
def test_an_upload_that_makes_no_sense_is_answered_400(member, team, headers):
    assert begin(member, team, headers=headers).status_code == 400
    assert files() == []


@pytest.mark.parametrize("offset", ["", "-1", "x", "1.5", "9" * 20])
def test_a_piece_without_a_proper_offset_is_answered_400(member, team, offset):
    assert send(member, begin(member, team).location, b"abc", offset).status_code == 400


def test_a_piece_of_another_kind_is_answered_415(member, team):
    url = begin(member, team).location
    for kind in ("application/octet-stream", "application/x-www-form-urlencoded", ""):
        assert send(member, url, b"abc", 0, kind=kind).status_code == 415
    assert stands_at(member, url) == 0


def test_a_piece_that_is_too_large_is_answered_413(member, team):
    url = begin(member, team, size=20_000_000).location
    assert send(member, url, b"x" * 9_000_001, 0).status_code == 413
    assert send(member, url, b"x" * (8 * 1024 * 1024 + 1), 0).status_code == 413
    assert stands_at(member, url) == 0
    assert send(member, url, b"x" * (8 * 1024 * 1024), 0).headers["Upload-Offset"] == str(8 * 1024 * 1024)


def test_an_upload_that_grows_beyond_what_it_said_is_refused(member, team):
    url = begin(member, team, size=10).location
    assert send(member, url, b"x" * 11, 0).status_code == 409
    assert stands_at(member, url) == 0


def test_a_full_disk_is_said_and_the_upload_goes_on_when_there_is_room(member, team, monkeypatch):
    content, real = archive(), Storage.append
    url = begin(member, team).location

    def full(*_args, **_kwargs):
        raise NoRoom

    monkeypatch.setattr(Storage, "append", full)
    refused = send(member, url, content, 0)
    assert refused.status_code == 507
    assert "kein Platz" in refused.json["message"]
    monkeypatch.setattr(Storage, "append", real)
    assert send(member, url, content, stands_at(member, url)).status_code == 204
    assert rows_are_files()


def test_an_upload_can_be_given_up_at_any_time(member, team):
    for sent in (0, 50, len(archive())):
        url = begin(member, team).location
        send(member, url, archive()[:sent], 0)
        assert member.delete(url, headers=TUS).status_code == 204
        assert member.head(url, headers=TUS).status_code == 404
        assert member.delete(url, headers=TUS).status_code == 404
    assert files() == []
    assert dict(storage().keys()) == {}


def test_strangers_cannot_send_large_bodies(client, team):
    body, kind = b"x" * 2_000_000, "multipart/form-data; boundary=x"
    answer = client.post(f"/team/{team.id}/prototyp/dateien", data=body, content_type=kind)
    assert answer.status_code == 413


def test_an_upload_belongs_to_who_began_it(client, person, team):
    client.sign_in(person)
    url = begin(client, team).location
    other_member = db.session.scalars(select(Membership).where(Membership.person_id != person.id)).one().person
    foreign = a_person()
    other_team = a_team(team.hackathon, foreign)
    for stranger in (other_member, foreign, a_person("organiser")):
        client.sign_in(stranger)
        answers = [client.head(url, headers=TUS), send(client, url, b"abc", 0), client.delete(url, headers=TUS)]
        assert [answer.status_code for answer in answers] == [404, 404, 404]
    client.sign_in(foreign)
    moved = url.replace(f"/team/{team.id}/", f"/team/{other_team.id}/")
    assert client.head(moved, headers=TUS).status_code == 404
    assert begin(client, team).status_code == 403
    client.sign_in(person)
    assert stands_at(client, url) == 0
    client.sign_out()
    assert client.get(url).status_code == 302


def test_a_version_says_which_files_were_not_whole_yet(member, person, team):
    prototype = a_prototype(team)
    begin(member, team, "langsam.mp4", 5_000_000)
    with transaction():
        hand_in(person, team=team, revision=1)
    assert "langsam.mp4" in member.get(f"/prototyp/{prototype.id}/version/1").text
