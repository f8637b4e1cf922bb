"""A backup that is cut, changed or foreign leaves an empty installation as empty as it was."""

import hashlib
import io
import tarfile

import pytest
from sqlalchemy import text

from ideenlab.core.db import db, roll_back, transaction
from ideenlab.core.errors import NotAllowed
from ideenlab.core.storage import storage
from ideenlab.files.actions import Content, keep_content
from ideenlab.operating.actions import Broken, Refused, back_up, restore, whole_or_nothing
from ideenlab.operating.queries import filled_table, is_storage_empty
from tests.factories import a_comment, an_idea
from tests.operating.conftest import files, rows


def quiet(_line):
    pass


def store(content):
    """A file with its row."""
    key = storage().put(io.BytesIO(content))
    with transaction():
        digest = hashlib.sha256(content).hexdigest()
        return keep_content(Content(key, "a.zip", "application/zip", len(content), digest), owner_id=1)


@pytest.fixture(scope="module")
def backup(house, tmp_path_factory):
    """A small city with two files, and what is in it."""
    app, path = house(), tmp_path_factory.mktemp("backup") / "city.tar"
    with app.app_context():
        a_comment(an_idea())
        later = an_idea().id
        with transaction():  # a row refers to one of its own table that comes after it
            db.session.execute(text(f"UPDATE ideas SET merged_into_id = {later} WHERE id < {later}"))
        store(b"a file" * 1000)
        store(b"another file" * 1000)
        db.session.remove()
        back_up(path, tell=quiet)
        found = rows(), files()
        db.session.remove()
    return path.read_bytes(), found


def unpack(archive):
    with whole_or_nothing() as stored, transaction():
        return restore(io.BytesIO(archive), stored=stored, tell=quiet)


def rewritten(archive, change):
    """The archive with other members: `change` gets name and content and gives pairs of them."""
    target = io.BytesIO()
    with tarfile.open(fileobj=io.BytesIO(archive)) as old, tarfile.open(fileobj=target, mode="w") as new:
        for member in old:
            for info, content in change(member.name, old.extractfile(member).read()):
                known = tarfile.TarInfo(info) if isinstance(info, str) else info
                known.size = len(content)
                new.addfile(known, io.BytesIO(content))
    return target.getvalue()


def link(name):
    info = tarfile.TarInfo(name)
    info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
    return info


def is_file(name):
    return name.startswith("files/")


FOREIGN = {
    "a file too many": lambda name, content: [("files/" + "a" * 40, b"x")] * (name == "end.json") + [(name, content)],
    "a file outside": lambda name, content: [("files/../../../evil" if is_file(name) else name, content)],
    "an absolute name": lambda name, content: [("/tmp/evil" if is_file(name) else name, content)],
    "a link": lambda name, content: [(link(name) if is_file(name) else name, b"" if is_file(name) else content)],
    "a file twice": lambda name, content: [(name, content)] * (2 if is_file(name) else 1),
    "no files": lambda name, content: [] if is_file(name) else [(name, content)],
    "a table missing": lambda name, content: [] if name == "tables/ideas.jsonl.gz" else [(name, content)],
    "another order": lambda name, content: [] if name == "head.json" else [(name, content)],
    "other content": lambda name, content: [(name, content.replace(b"file", b"FILE") if is_file(name) else content)],
    "a later version": lambda name, content: [(name, content.replace(b'"revision": "0', b'"revision": "9'))],
    "not of ours": lambda name, content: [(name, content.replace(b'"Ideenlab"', b'"Others"'))],
    "no JSON": lambda name, content: [(name, b"{" if name == "end.json" else content)],
    "a list": lambda name, content: [(name, b"[]" if name == "head.json" else content)],
    "an end without sums": lambda name, content: [(name, b"{}" if name == "end.json" else content)],
}  # fmt: skip


def test_what_is_no_sound_backup_leaves_nothing_behind(backup, there):
    archive, found = backup
    bad = {name: rewritten(archive, change) for name, change in FOREIGN.items()}
    written = len(archive.rstrip(b"\0"))  # behind it the format only fills up
    bad |= {f"cut at {share} %": archive[: written * share // 100] for share in (0, 1, 30, 60, 80, 99)}
    bad |= {"no tar": b"PK\x03\x04" * 5000, "text": b"Sehr geehrte Damen und Herren", "zeros": bytes(20_000)}
    with there.app_context():
        if db.engine.dialect.name == "postgresql":  # what is read is the same there; what it takes back is its own
            bad = {name: bad[name] for name in ("no files", "other content", "cut at 60 %", "cut at 99 %")}
        for name, wrong in bad.items():
            with pytest.raises((Broken, Refused)):
                print(name, unpack(wrong))  # noqa: T201 - says which one came in
            assert (filled_table(db.session.connection()), is_storage_empty()) == ("", True), name
            roll_back()
        assert unpack(archive).files == 2
        assert (rows(), files()) == found
        db.session.remove()


def test_one_changed_byte_is_found_or_does_not_matter(backup, house):
    archive, _found = backup
    with tarfile.open(fileobj=io.BytesIO(archive)) as opened:
        places = [
            member.offset_data + place
            for member in opened
            for place in (member.size // 2, member.size - 6)  # the latter in what gzip says about the whole
            if member.name in ("head.json", "tables/ideas.jsonl.gz", "tables/people.jsonl.gz", "end.json")
            or is_file(member.name)
        ]
    with house().app_context():
        before = rows()
        for place in places:
            wrong = bytearray(archive)
            wrong[place] ^= 1
            try:
                unpack(bytes(wrong))
            except (Broken, Refused):
                assert (rows(), files()) == (before, {})
            else:
                pytest.fail(f"byte {place} was changed and nobody saw it")
        db.session.remove()


def test_a_failure_at_the_very_end_takes_the_files_along(backup, house):
    with house().app_context():
        before = rows()
        with pytest.raises(RuntimeError), whole_or_nothing() as stored, transaction():
            restore(io.BytesIO(backup[0]), stored=stored, tell=quiet)
            assert len(files()) == 2
            raise RuntimeError
        assert (rows(), files()) == (before, {})
        db.session.remove()


def test_a_city_that_lives_is_left_alone(backup, there):
    with there.app_context():
        store(b"here already")
        before = rows(), files()
        with pytest.raises(NotAllowed):
            unpack(backup[0])
        assert (rows(), files()) == before
        db.session.remove()


def test_a_restore_needs_the_tables_of_this_version(backup, house):
    with house().app_context():
        with transaction():
            db.session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
        with pytest.raises(Refused):
            unpack(backup[0])
        roll_back()
        db.session.remove()


def test_only_one_backup_is_made_at_a_time(house, tmp_path):
    with house().app_context(), storage().holding(), pytest.raises(Refused):
        back_up(tmp_path / "city.tar", tell=quiet)
    assert list(tmp_path.iterdir()) == []
