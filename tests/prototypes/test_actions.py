import hashlib
import io
import json
from contextlib import suppress
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.core.storage import storage
from ideenlab.files.actions import store_content
from ideenlab.files.models import StoredFile
from ideenlab.history.models import Entry
from ideenlab.mail.models import Mail
from ideenlab.prototypes.actions import (
    DraftText,
    add_file,
    add_imported_prototype,
    add_piece,
    begin_upload,
    check_upload,
    finish_upload,
    hand_in,
    remove_file,
    save_draft,
)
from ideenlab.prototypes.models import HandIn, Prototype, PrototypeFile
from ideenlab.prototypes.queries import (
    content_of,
    file_ids_of,
    files_of,
    find_prototype_of,
    get_file,
    hand_ins_of,
    handed_in_of,
    latest_hand_in,
    space_taken,
)
from ideenlab.prototypes.rules import quota
from ideenlab.teams.queries import members_of
from tests.factories import a_hackathon, a_person, a_team
from tests.files.samples import PROGRAM, archive

pytestmark = pytest.mark.usefixtures("in_english")
TEXT = DraftText(title="Parkfinder", pitch="Freie Plätze sehen.", description="Eine **Karte**.")
SECOND = timedelta(seconds=1)


def save(person, team, text=TEXT, revision=1):
    with transaction():
        return save_draft(person, team=team, text=text, revision=revision)


def hand(person, team, revision=2):
    with transaction():
        return hand_in(person, team=team, revision=revision)


def add(person, team, name="anhang.zip"):
    content = store_content(io.BytesIO(archive()), name=name, size=len(archive()))
    with transaction():
        return add_file(person, team=team, content=content)


def begin(person, team, size=10, name="a.zip"):
    with transaction():
        return begin_upload(person, team=team, name=name, size=size)


def test_a_member_saves_the_draft(person, team):
    prototype = save(person, team)
    assert (prototype.title, prototype.revision) == ("Parkfinder", 2)
    assert find_prototype_of(team) == prototype
    assert latest_hand_in(prototype) is None


def test_two_members_never_overwrite_each_other_unseen(person, team):
    save(person, team)
    with pytest.raises(Conflict) as refused:
        save(person, team, DraftText(title="Radfinder", pitch=TEXT.pitch, description=TEXT.description), revision=1)
    assert refused.value.mine == [("Title", "Radfinder")]
    assert refused.value.stored == [("Title", "Parkfinder")]
    assert find_prototype_of(team).title == "Parkfinder"


def test_saving_the_same_again_changes_nothing(person, team):
    assert save(person, team).revision == 2
    assert save(person, team, revision=1).revision == 2


def test_an_upload_that_came_first_does_not_make_the_first_text_a_conflict(person, team):
    add(person, team)
    assert save(person, team, revision=1).title == "Parkfinder"


def test_nobody_else_changes_a_draft(team):
    for other in (a_person(), a_person("organiser"), a_person("juror")):
        for deed in (lambda: save(other, team), lambda: hand(other, team), lambda: begin(other, team)):  # noqa: B023
            with pytest.raises(NotAllowed, match="Only members"):
                deed()
    assert find_prototype_of(team) is None


def test_a_hand_in_is_kept_with_a_receipt(person, team):
    save(person, team)
    attached = add(person, team)
    before = now()
    version = hand(person, team)
    assert (version.number, version.title, version.handed_in_by) == (1, "Parkfinder", person)
    assert before <= version.handed_in_at <= now()
    assert version.sha256 == hashlib.sha256(version.content.encode()).hexdigest()
    assert json.loads(version.content)["files"] == [
        {"id": attached.file_id, "name": "anhang.zip", "media_type": "application/zip",
         "size": attached.file.size, "sha256": attached.file.sha256}
    ]  # fmt: skip
    assert "<strong>Karte</strong>" in version.description_html
    assert team.handed_in_at is not None


def test_every_member_gets_the_receipt_by_mail(team):
    members = [a_person(language="de"), a_person(language="en")]
    team = a_team(a_hackathon(), *members)
    save(members[0], team)
    version = hand(members[0], team)
    mails = {mail.recipient: mail for mail in db.session.scalars(select(Mail))}
    assert set(mails) == {member.email for member in members_of(team)}
    assert mails[members[1].email].subject == "Handed in: Parkfinder, version 1"
    for mail in mails.values():
        assert version.sha256 in mail.text
        assert f"/prototyp/{version.prototype_id}/version/1" in mail.text


def test_handing_in_again_keeps_every_version_and_the_latest_counts(person, team):
    prototype = save(person, team)
    first = hand(person, team)
    save(person, team, DraftText(title="Parkfinder 2", pitch="Ja", description="Besser."), revision=2)
    assert latest_hand_in(prototype) == first
    second = hand(person, team, revision=3)
    assert [version.number for version in hand_ins_of(prototype)] == [2, 1]
    assert latest_hand_in(prototype) == second
    assert content_of(first)["title"] == "Parkfinder"
    assert handed_in_of(team.hackathon) == [(prototype, second)]


def test_the_same_content_twice_is_one_version(person, team):
    save(person, team)
    assert hand(person, team) == hand(person, team)
    assert len(db.session.scalars(select(Mail)).all()) == 1


def test_a_draft_changed_since_it_was_looked_at_is_not_handed_in(person, team):
    save(person, team)
    with pytest.raises(Conflict, match="changed the draft"):
        hand(person, team, revision=1)
    assert db.session.scalars(select(HandIn)).all() == []


@pytest.mark.parametrize("text", [DraftText(), DraftText(title="Nur ein Titel"), DraftText(description="Nur Text")])
def test_title_and_description_are_needed(person, team, text):
    save(person, team, text)
    with pytest.raises(Invalid, match="Please fill in first"):
        hand(person, team, revision=find_prototype_of(team).revision)


@pytest.mark.parametrize(("offset", "accepted"), [(-SECOND, True), (timedelta(0), False), (SECOND, False)])
def test_the_deadline_is_one_instant(person, team, offset, accepted):
    save(person, team)
    deadline = team.hackathon.submission_until
    with time_machine.travel(deadline + offset, tick=False):
        if accepted:
            assert hand(person, team).handed_in_at == deadline + offset
        else:
            with pytest.raises(NotAllowed, match="This closed on"):
                hand(person, team)
            with pytest.raises(NotAllowed, match="This closed on"):
                save(person, team, DraftText(title="Zu spät"), revision=2)
            with pytest.raises(NotAllowed, match="This closed on"):
                begin(person, team)
    assert len(hand_ins_of(find_prototype_of(team))) == accepted


def test_a_file_still_arriving_is_not_part_of_the_version(person, team):
    prototype = save(person, team)
    begin(person, team, size=10)
    version = hand(person, team)
    assert content_of(version)["files"] == []
    assert len(files_of(prototype)) == 1


def test_a_file_that_is_required_must_have_arrived_whole(person, team):
    with transaction():
        team.hackathon.required_fields += " file"
    save(person, team)
    begin(person, team)
    with pytest.raises(Invalid, match="Please fill in first: At least one whole file"):
        hand(person, team)
    add(person, team)
    assert hand(person, team).number == 1


def send(person, upload, content, size=4):
    for place in range(0, len(content), size):
        offset = add_piece(person, upload=upload, piece=content[place : place + size], offset=place)
    return offset


def test_an_upload_in_pieces_becomes_part_of_the_draft(person, team):
    content = archive()
    upload = begin(person, team, size=len(content))
    assert send(person, upload, content, size=50) == len(content)
    checked = check_upload(upload)
    with transaction():
        finish_upload(person, upload=upload, content=checked)
        finish_upload(person, upload=upload, content=checked)
    assert upload.file.state == "whole"
    assert upload.file.sha256 == hashlib.sha256(content).hexdigest()


def test_an_upload_with_the_wrong_content_leaves_nothing(person, team):
    upload = begin(person, team, size=len(PROGRAM))
    key = upload.file.key
    send(person, upload, PROGRAM, size=100)
    with pytest.raises(Invalid, match="does not fit"):
        check_upload(upload)
    assert db.session.scalars(select(PrototypeFile)).all() == []
    assert not storage().is_whole(key)


def test_a_removed_file_stays_in_the_versions_that_hold_it(person, team):
    prototype = save(person, team)
    kept, forgotten = add(person, team), None
    version = hand(person, team)
    forgotten = add(person, team, name="spaeter.zip")
    forgotten_id = forgotten.file_id
    for attached in (kept, forgotten):
        with transaction():
            remove_file(person, attached=attached)
    assert files_of(prototype) == []
    assert file_ids_of(version) == {kept.file_id}
    assert get_file(prototype.id, kept.file_id) == kept
    assert db.session.get(StoredFile, forgotten_id) is None
    with pytest.raises(Conflict), transaction():
        remove_file(person, attached=kept)


def test_a_removed_file_leaves_the_disk_at_once_but_only_when_its_row_is_gone(person, team):
    attached = add(person, team)
    key = attached.file.key
    with suppress(RuntimeError), transaction():
        remove_file(person, attached=attached)
        raise RuntimeError("rolled back")
    assert storage().is_whole(key)
    with transaction():
        remove_file(person, attached=get_file(attached.prototype_id, attached.file_id))
    assert not storage().is_whole(key)


def test_an_upload_that_is_given_up_leaves_the_disk_at_once(person, team):
    upload = begin(person, team, size=100)
    key = upload.file.key
    add_piece(person, upload=upload, piece=b"PK\x03\x04", offset=0)
    assert key in dict(storage().keys())
    with transaction():
        remove_file(person, attached=upload)
    assert key not in dict(storage().keys())


def test_a_prototype_holds_so_many_files(person, team, monkeypatch):
    monkeypatch.setattr(quota, "MOST_FILES", 3)
    for _number in range(3):
        add(person, team)
    with pytest.raises(Invalid, match="at most 3 files"):
        add(person, team)
    with pytest.raises(Invalid, match="at most 3 files"):
        begin(person, team)


def test_a_team_has_so_much_room(person, team, monkeypatch):
    monkeypatch.setattr(quota, "LARGEST_DRAFT", 3_000_000)
    begin(person, team, size=2_000_000)
    with pytest.raises(Invalid, match="1 MB are left"):
        begin(person, team, size=1_000_001)
    begin(person, team, size=1_000_000)


def test_older_versions_keep_room_too(person, team, monkeypatch):
    save(person, team)
    attached = add(person, team)
    hand(person, team)
    with transaction():
        remove_file(person, attached=attached)
    size = attached.file.size
    assert space_taken(attached.prototype).draft == 0
    monkeypatch.setattr(quota, "LARGEST_KEPT", size + 9)
    with pytest.raises(Invalid, match="earlier versions"):
        begin(person, team, size=10)


def test_a_person_begins_few_uploads_at_once(person, team):
    for _number in range(5):
        begin(person, team)
    with pytest.raises(Invalid, match="5 uploads are under way"):
        begin(person, team)


def test_two_files_of_one_name_are_both_kept(person, team):
    add(person, team)
    add(person, team)
    assert [attached.file.name for attached in files_of(find_prototype_of(team))] == ["anhang.zip", "anhang.zip"]


def test_links_are_kept_with_their_real_host(person, team):
    prototype = save(person, team, DraftText(title="T", code_url="HTTPS://www.Bücher.de/x?y=ü#z"))
    assert prototype.code_url == "https://www.xn--bcher-kva.de/x?y=ü#z"


def test_what_happens_is_written_down(person, team):
    save(person, team)
    attached = add(person, team)
    hand(person, team)
    with transaction():
        remove_file(person, attached=attached)
    deeds = [(entry.deed, entry.actor_id) for entry in db.session.scalars(select(Entry).order_by(Entry.id))]
    assert deeds == [(f"prototypes.{deed}", person.id) for deed in ("saved", "file_added", "handed_in", "file_removed")]


def test_an_imported_prototype_is_handed_in_by_a_team_of_its_name():
    hackathon = a_hackathon()
    with transaction():
        one = add_imported_prototype(hackathon, title="Parkfinder")
        other = add_imported_prototype(hackathon, title="PARKFINDER")
        long = add_imported_prototype(hackathon, title="x" * 200)
    assert [pair[0] for pair in handed_in_of(hackathon)] == [one, other, long]
    assert [prototype.team.name for prototype in (one, other)] == ["Parkfinder", "PARKFINDER 2"]
    assert members_of(one.team) == []
    assert (latest_hand_in(one).number, latest_hand_in(one).title) == (1, "Parkfinder")
    assert len(long.title) == 120
    assert db.session.scalars(select(Prototype.revision)).all() == [1, 1, 1]
