import hashlib
import io
import os
import re
import time
from contextlib import closing
from datetime import timedelta

import pytest
from PIL import Image

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Invalid
from ideenlab.core.storage import storage
from ideenlab.files.actions import begin_arriving, draw_picture, keep_content, remove_unclaimed, store_content
from ideenlab.files.models import StoredFile
from ideenlab.files.queries import find_file
from tests.files.samples import GOOD, HARMLESS_AFTERWARDS, animation, archive, hostile, photo, picture, png_of_size

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture(autouse=True)
def _empty_storage(app):
    for key in dict(storage().keys()):
        storage().delete(key)


def stored(name, content):
    with db.session.no_autoflush:
        return store_content(io.BytesIO(content), name=name, size=len(content))


def read(content):
    with storage().open(content.key) as file:
        return file.read()


@pytest.mark.on("sqlite")
@pytest.mark.parametrize("name", GOOD)
def test_an_upload_is_stored_with_its_hash(name):
    content = stored(name, GOOD[name])
    assert content.name == name
    assert content.size == len(read(content))
    assert content.sha256 == hashlib.sha256(read(content)).hexdigest()


@pytest.mark.on("sqlite")
def test_nothing_stays_of_a_refused_upload():
    began = time.process_time()
    for name, content, _word in hostile():
        with pytest.raises(Invalid):
            stored(name, content)
    assert dict(storage().keys()) == {}
    assert time.process_time() - began < 2 * len(hostile())


@pytest.mark.on("sqlite")
@pytest.mark.parametrize("name", HARMLESS_AFTERWARDS)
def test_what_hides_behind_a_picture_is_gone(name):
    content = HARMLESS_AFTERWARDS[name]()
    assert b"php" in content or b"PK\x05\x06" in content
    kept = read(stored(name, content))
    assert b"php" not in kept
    assert b"PK\x05\x06" not in kept
    Image.open(io.BytesIO(kept)).load()


@pytest.mark.on("sqlite")
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", [1, 6])
def test_place_and_camera_are_removed_and_what_was_up_stays_up(kind, orientation):
    name = f"foto.{kind.lower()}"
    before = photo(kind, orientation)
    assert b"GeheimeKamera" in before
    kept = read(stored(name, before))
    assert b"Geheim" not in kept
    with Image.open(io.BytesIO(kept)) as picture:
        assert dict(picture.getexif()) == {}
        assert picture.size == ((40, 30) if orientation == 1 else (30, 40))


@pytest.mark.on("sqlite")
@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_moving_pictures_keep_moving(kind):
    kept = read(stored(f"film.{kind.lower()}", animation(kind, frames=4)))
    with Image.open(io.BytesIO(kept)) as picture:
        assert picture.n_frames == 4


@pytest.mark.on("sqlite")
@pytest.mark.parametrize(
    ("kind", "mode"), [("JPEG", "CMYK"), ("JPEG", "L"), ("PNG", "1"), ("PNG", "RGBA"), ("PNG", "I;16"), ("PNG", "P")]
)
def test_unusual_colours_are_kept_or_converted(kind, mode):
    kept = read(stored(f"a.{kind.lower()}", picture(kind, mode=mode)))
    Image.open(io.BytesIO(kept)).load()


@pytest.mark.on("sqlite")
def test_a_jpeg_with_a_huge_comment_is_small_afterwards():
    comments = b"".join(b"\xff\xfe\xff\xff" + b"x" * 65_533 for _ in range(300))  # 20 MB before the picture
    jpeg = picture("JPEG")
    content = stored("a.jpg", jpeg[:2] + comments + jpeg[2:])
    assert content.size < 10_000


def a_row(content):
    with transaction():
        return keep_content(content, owner_id=1)


def age(key, hours):
    moment = time.time() - hours * 3600
    store = storage()
    for path in (store.root / key[:2] / key, store.root / "arriving" / key):
        if path.exists():
            os.utime(path, (moment, moment))


def tidy():
    with transaction():
        return remove_unclaimed()


def test_the_janitor_removes_files_without_a_row_after_a_day_and_never_earlier():
    claimed, fresh, old = (stored(f"{name}.zip", archive()) for name in ("claimed", "fresh", "old"))
    a_row(claimed)
    for content, hours in ((claimed, 100), (fresh, 23), (old, 25)):
        age(content.key, hours)
    assert tidy().unclaimed == 1
    assert set(dict(storage().keys())) == {claimed.key, fresh.key}
    assert tidy().unclaimed == 0


def test_the_janitor_removes_uploads_that_stopped_a_day_ago():
    with transaction():
        old = begin_arriving(name="old.zip", size=10, owner_id=1)
        fresh = begin_arriving(name="fresh.zip", size=10, owner_id=1)
        old.created_at, fresh.created_at = now() - timedelta(hours=25), now() - timedelta(hours=23)
        keys = [old.key, fresh.key]
        ids = [old.id, fresh.id]
    for key in keys:
        storage().append(key, b"abc", offset=0, total=10)
    age(keys[0], 25)
    report = tidy()
    assert (report.given_up, report.unclaimed, report.missing) == (1, 1, ())
    assert [find_file(number) is not None for number in ids] == [False, True]
    assert set(dict(storage().keys())) == {keys[1]}


def test_the_janitor_names_rows_whose_file_is_gone():
    content = stored("lost.zip", archive())
    a_row(content)
    storage().delete(content.key)
    assert tidy().missing == (content.key,)
    assert db.session.query(StoredFile).count() == 1


def drawn(content, name="bild.png"):
    return draw_picture(io.BytesIO(content), name=name)


def pixels(each):
    with closing(storage().open(each.content.key)) as source, Image.open(source) as shown:
        shown.load()
        return shown.copy()


def test_a_picture_is_drawn_in_widths_and_never_blown_up(app):
    assert [(each.width, each.height) for each in drawn(picture(size=(2000, 1000)))] == [
        (400, 200), (800, 400), (1600, 800),
    ]  # fmt: skip
    assert [(each.width, each.height) for each in drawn(picture(size=(900, 90)))] == [(400, 40), (800, 80), (900, 90)]
    assert [(each.width, each.height) for each in drawn(picture(size=(40, 30)))] == [(40, 30)]
    assert [(each.width, each.height) for each in drawn(picture(size=(1, 5000)))] == [(1, 3200)]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_drawn_picture_stands_upright_and_says_nothing_of_place_or_camera(app, kind):
    (each,) = drawn(photo(kind, orientation=6), f"foto.{kind.lower()}")
    assert (each.width, each.height) == (30, 40)
    shown = pixels(each)
    assert (shown.format or "WEBP", dict(shown.getexif())) == ("WEBP", {})
    with closing(storage().open(each.content.key)) as source:
        raw = source.read()
    assert b"Geheim" not in raw
    assert b"EXIF" not in raw


def test_what_follows_a_picture_is_not_drawn(app):
    (each,) = drawn(picture() + b"<script>alert(1)</script>" + archive())
    with closing(storage().open(each.content.key)) as source:
        raw = source.read()
    assert b"script" not in raw
    assert b"PK\x03\x04" not in raw


@pytest.mark.parametrize("mode", ["RGBA", "L", "P", "1", "LA"])
def test_every_kind_of_pixel_is_drawn(app, mode):
    (each,) = drawn(picture(mode=mode))
    assert pixels(each).size == (40, 30)


def test_of_an_animation_the_first_picture_is_drawn(app):
    (each,) = drawn(animation(), "a.gif")
    assert getattr(pixels(each), "n_frames", 1) == 1


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "a.svg", "kein Bild, das gezeigt werden kann"),
        (archive(), "a.zip", "kein Bild, das gezeigt werden kann"),
        (picture(), "", "kein Bild, das gezeigt werden kann"),
        (b"", "a.png", "„a.png“ ist leer."),
        (b"<svg/>", "a.png", "passt nicht"),
        (picture(), "a.jpg", "passt nicht"),
        (picture()[:500], "a.png", "beschädigt"),
        (png_of_size(60_000, 60_000), "a.png", "mehr als 25 Millionen"),
        (b"\xff\xd8\xff" + b"x" * 12_000_000, "a.jpg", "größer als 12 MB"),
        (b"GIF89a", "../../etc/passwd/\u202e<b>.gif", "„<b>.gif“ ist beschädigt"),
    ],
)
def test_what_is_no_picture_is_refused_and_nothing_is_kept(app, content, name, sentence):
    before = set(storage().keys())
    with pytest.raises(Invalid, match=re.escape(sentence)):
        drawn(content, name)
    assert set(storage().keys()) == before
