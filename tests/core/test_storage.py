import errno
import io
import os
import stat
from datetime import UTC, datetime

import pytest

from ideenlab.core.storage import NoRoom, Storage, WrongOffset


@pytest.fixture
def store(tmp_path):
    return Storage(tmp_path / "files")


def read(store, key):
    with store.open(key) as content:
        return content.read()


def paths(store):
    return sorted(str(path.relative_to(store.root)) for path in store.root.rglob("*") if path.is_file())


def test_what_is_put_comes_back(store):
    content = os.urandom(700_000)
    key = store.put(io.BytesIO(content))
    assert read(store, key) == content
    assert store.size(key) == 700_000
    assert paths(store) == [f"{key[:2]}/{key}"]


def test_only_the_house_can_read_it(store):
    key = store.put(io.BytesIO(b"secret"))
    file = store.root / key[:2] / key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_keys_are_random_and_never_what_people_typed(store):
    assert len({store.put(io.BytesIO(b"same")) for _ in range(5)}) == 5
    for hostile in ("../secret", "/etc/passwd", "", "a" * 39, "A" * 40, "a" * 40 + "\n"):
        with pytest.raises(ValueError):
            store.open(hostile)


def test_pieces_become_a_file(store):
    key = store.new_key()
    assert store.arrived(key, 9) == 0
    assert store.append(key, b"abcd", offset=0, total=9) == 4
    assert paths(store) == [f"arriving/{key}"]
    assert store.append(key, b"efgh", offset=4, total=9) == 8
    assert store.arrived(key, 9) == 8
    assert store.append(key, b"i", offset=8, total=9) == 9
    assert read(store, key) == b"abcdefghi"
    assert paths(store) == [f"{key[:2]}/{key}"]


def test_a_piece_that_was_sent_before_replaces_what_follows(store):
    key = store.new_key()
    store.append(key, b"abcd", offset=0, total=8)
    assert store.append(key, b"cd", offset=2, total=8) == 4
    assert store.append(key, b"efgh", offset=4, total=8) == 8
    assert read(store, key) == b"abcdefgh"


@pytest.mark.parametrize(("offset", "piece"), [(5, b"x"), (-1, b"x"), (4, b"too long")])
def test_a_piece_at_the_wrong_place_is_told_the_right_one(store, offset, piece):
    key = store.new_key()
    store.append(key, b"abcd", offset=0, total=8)
    with pytest.raises(WrongOffset) as refused:
        store.append(key, piece, offset=offset, total=8)
    assert refused.value.offset == 4
    assert store.arrived(key, 8) == 4


def test_an_upload_that_was_never_acknowledged_asks_for_its_last_byte_again(store):
    key = store.new_key()
    store.append(key, b"abcd", offset=0, total=4)
    assert store.arrived(key, 4) == 3
    assert store.append(key, b"d", offset=3, total=4) == 4
    assert read(store, key) == b"abcd"


@pytest.mark.parametrize("lost_after", [0, 3])
def test_a_full_disk_keeps_nothing_of_the_write(store, monkeypatch, lost_after):
    key = store.new_key()
    store.append(key, b"abcd", offset=0, total=8)

    def full(file, content):
        file.write(content[:lost_after])
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr("ideenlab.core.storage._write", full)
    with pytest.raises(NoRoom):
        store.append(key, b"efgh", offset=4, total=8)
    with pytest.raises(NoRoom):
        store.put(io.BytesIO(b"more"))
    monkeypatch.undo()
    assert store.arrived(key, 8) == 4
    assert paths(store) == [f"arriving/{key}"]
    store.append(key, b"efgh", offset=4, total=8)
    assert read(store, key) == b"abcdefgh"


def test_replacing_is_all_or_nothing(store):
    key = store.put(io.BytesIO(b"before"))

    class Broken(io.BytesIO):
        def read(self, *_size):
            raise RuntimeError

    with pytest.raises(RuntimeError):
        store.replace(key, Broken())
    assert read(store, key) == b"before"
    store.replace(key, io.BytesIO(b"after"))
    assert read(store, key) == b"after"
    assert len(paths(store)) == 1


def test_deleting_twice_is_fine_and_every_file_is_listed(store):
    key, other = store.put(io.BytesIO(b"a")), store.new_key()
    store.append(other, b"b", offset=0, total=2)
    listed = dict(store.keys())
    assert set(listed) == {key, other}
    assert all(abs((datetime.now(UTC) - written).total_seconds()) < 60 for written in listed.values())
    for name in (key, other, key):
        store.delete(name)
    assert paths(store) == []


def test_a_copy_stands_alone_and_is_young(store):
    key = store.put(io.BytesIO(b"plan"))
    os.utime(store.root / key[:2] / key, (0, 0))
    other = store.copy(key)
    assert dict(store.keys())[other] > datetime(2020, 1, 1, tzinfo=UTC)
    store.replace(key, io.BytesIO(b"something else"))
    assert (read(store, key), read(store, other)) == (b"something else", b"plan")
    store.delete(key)
    assert read(store, other) == b"plan"
    with pytest.raises(FileNotFoundError):
        store.copy(key)


def test_what_is_deleted_while_files_are_held_can_still_be_read(store):
    key, other = store.put(io.BytesIO(b"one")), store.put(io.BytesIO(b"two"))
    with store.holding() as held:
        store.delete(key)
        store.hold(key, held)
        store.hold(other, held)
        store.delete(other)
        assert [read(held, each) for each in (key, other)] == [b"one", b"two"]
        with pytest.raises(FileNotFoundError):
            store.hold(store.new_key(), held)
    assert (list(store.keys()), list(store.root.rglob("held/now"))) == ([], [])


def test_what_a_killed_backup_left_behind_goes_away(store):
    key = store.put(io.BytesIO(b"one"))
    (store.root / "held" / "now").mkdir(parents=True)
    store.delete(key)
    assert len(list(store.root.rglob(key))) == 1
    store.forget_held()
    assert list(store.root.rglob(key)) == []
    with store.holding() as held:
        store.forget_held()
        assert held.root.exists()  # one that lives keeps its files
