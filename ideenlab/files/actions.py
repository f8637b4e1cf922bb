import hashlib
import io
import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO

from PIL import Image, ImageCms, ImageOps

from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.storage import CHUNK, storage
from ideenlab.core.verdict import Verdict
from ideenlab.files.models import StoredFile
from ideenlab.files.queries import given_up, known_keys
from ideenlab.files.rules import KINDS, Kinds, clean_name, kind_of, may_keep, may_show, may_upload

KEPT_UNCLAIMED = timedelta(hours=24)
KEPT_OF_A_PICTURE = ("icc_profile", "transparency", "duration", "loop", "background", "gamma")

WIDTHS = (400, 800, 1600)  # of a picture on a page
QUALITY = 80

_one_picture = threading.Lock()  # decoding takes up to 200 MB


@dataclass(frozen=True)
class Content:
    """A stored file that was looked at and has no row yet."""

    key: str
    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Drawn:
    """One width of a picture that was drawn anew."""

    width: int
    height: int
    content: Content


@dataclass(frozen=True)
class JanitorReport:
    """What a look through storage and rows found."""

    unclaimed: int  # files without a row, removed
    given_up: int  # uploads that stopped long ago, removed with their row
    missing: tuple[str, ...]  # keys of rows whose file is gone: nothing can be done here


def store_content(source: BinaryIO, *, name: str, size: int, kinds: Kinds = KINDS) -> Content:
    """Store an upload and look at it. Slow: call it outside any transaction. Raises Invalid with the reason."""
    name = clean_name(name)
    _insist(may_upload(name, size, kinds))
    key = storage().put(source)
    return check_content(key, name=name, kinds=kinds)


def check_content(key: str, *, name: str, kinds: Kinds = KINDS) -> Content:
    """Look at a stored file, take out of pictures what does not show, and count its hash. Slow.

    What must not be kept is removed, and Invalid says why.
    """
    try:
        with closing(storage().open(key)) as content:
            _insist(may_keep(name, content, kinds))
        if kind_of(name).startswith("image/"):
            _clean_picture(key, name)
        size = storage().size(key)
        _insist(may_upload(name, size, kinds))
    except Invalid:
        storage().delete(key)
        raise
    return Content(key=key, name=name, media_type=kind_of(name, kinds), size=size, sha256=_sha256(key))


def draw_picture(source: BinaryIO, *, name: str) -> list[Drawn]:
    """Draw a picture anew in some widths and store these: what came in is not kept. Slow: outside any transaction.

    Upright, in the colours of the web, without place, camera or anything behind it. Raises Invalid with the reason.
    """
    name, size = clean_name(name), source.seek(0, os.SEEK_END)
    _insist(may_show(name, size))
    source.seek(0)
    _insist(may_keep(name, source))
    source.seek(0)
    drawn: list[Drawn] = []
    try:
        with _one_picture:
            for picture in _in_widths(source, name):
                drawn.append(_stored_drawing(picture))
    except BaseException:
        for each in drawn:
            with suppress(OSError):
                storage().delete(each.content.key)
        raise
    return drawn[::-1]


def _in_widths(source: BinaryIO, name: str) -> Iterator[Image.Image]:
    """From the largest to the smallest, each out of the one before; a small picture is never blown up."""
    try:
        with Image.open(source) as given:
            given.draft("RGB", (2 * WIDTHS[-1], 2 * WIDTHS[-1]))  # a JPEG is not unpacked larger than needed
            given.load()
            whole = ImageOps.exif_transpose(_in_web_colours(given))
    except Exception as error:  # a broken picture may raise anything
        raise Invalid(_("“%(name)s” is damaged or incomplete.", name=name), field="files") from error
    before = 0
    for width in reversed(WIDTHS):
        whole.thumbnail((width, 2 * width), Image.Resampling.LANCZOS)
        if whole.width != before:
            yield whole
        before = whole.width


def _in_web_colours(picture: Image.Image) -> Image.Image:
    """As RGB, by the picture's own colour profile where it has a sound one. Only the side that is up is still told."""
    profile, side = picture.info.get("icc_profile"), picture.getexif().get(0x0112, 1)
    transparent = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    plain: Image.Image | None = None
    if profile and not transparent and picture.mode in ("RGB", "CMYK"):
        with suppress(Exception):  # a profile may be anything
            given, web = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
            plain = ImageCms.profileToProfile(picture, given, web, outputMode="RGB")
    plain = plain or picture.convert("RGBA" if transparent else "RGB")
    plain.info = {}
    plain.getexif().clear()
    plain.getexif()[0x0112] = side
    return plain


def _stored_drawing(picture: Image.Image) -> Drawn:
    with tempfile.SpooledTemporaryFile(max_size=4_000_000) as fresh:
        picture.save(fresh, "WEBP", quality=QUALITY, method=2, exif=b"", icc_profile=b"")
        size = fresh.tell()
        fresh.seek(0)
        key = storage().put(fresh)  # type: ignore[arg-type]
    content = Content(key, f"bild-{picture.width}.webp", "image/webp", size, _sha256(key))
    return Drawn(picture.width, picture.height, content)


def _insist(verdict: Verdict) -> None:
    if not verdict:
        raise Invalid(verdict.reason, field="files")


def _clean_picture(key: str, name: str) -> None:
    """Write the picture anew: place, camera and everything hidden behind it are gone, what one sees stays."""
    with _one_picture, tempfile.TemporaryFile() as fresh:
        try:
            with closing(storage().open(key)) as content, Image.open(content) as picture:
                _write_anew(picture, fresh)
        except Exception as error:  # a broken picture may raise anything
            raise Invalid(_("“%(name)s” is damaged or incomplete.", name=name), field="files") from error
        fresh.seek(0)
        storage().replace(key, fresh)


def _write_anew(picture: Image.Image, target: BinaryIO) -> None:
    kind = picture.format or ""
    if getattr(picture, "n_frames", 1) > 1 and kind != "JPEG":
        picture.info = {name: value for name, value in picture.info.items() if name in KEPT_OF_A_PICTURE}
        picture.save(target, kind, save_all=True, **({"quality": 90, "method": 2} if kind == "WEBP" else {}))
        return
    picture.load()
    upright = picture.getexif().get(0x0112, 1) == 1
    options: dict[str, object] = {"quality": "keep" if kind == "JPEG" and upright and picture.mode != "CMYK" else 90}
    if kind == "WEBP":
        options["method"] = 2
    if kind == "PNG":
        options = {"compress_level": 4}
    if not upright:
        ImageOps.exif_transpose(picture, in_place=True)
    if picture.mode == "CMYK":
        picture = picture.convert("RGB")
    picture.info = {name: value for name, value in picture.info.items() if name in KEPT_OF_A_PICTURE}
    if "icc_profile" in picture.info:
        options["icc_profile"] = picture.info["icc_profile"]
    picture.save(target, kind, **options)


def _sha256(key: str) -> str:
    digest = hashlib.sha256()
    with closing(storage().open(key)) as content:
        while chunk := content.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def copied_content(file: StoredFile) -> Content:
    """What a file holds once more, for a row of its own. It was looked at when it came."""
    return Content(storage().copy(file.key), file.name, file.media_type, file.size, file.sha256)


def keep_content(content: Content, *, owner_id: int) -> StoredFile:
    """The row of a stored file: from now on the janitor leaves it alone."""
    file = StoredFile(
        key=content.key, name=content.name, media_type=content.media_type, size=content.size,
        sha256=content.sha256, state="whole", owner_id=owner_id,
    )  # fmt: skip
    db.session.add(file)
    db.session.flush()
    return file


def begin_arriving(*, name: str, size: int, owner_id: int) -> StoredFile:
    """The row of an upload that will come in pieces."""
    name = clean_name(name)
    _insist(may_upload(name, size))
    file = StoredFile(key=storage().new_key(), name=name, media_type=kind_of(name), size=size, owner_id=owner_id)
    db.session.add(file)
    db.session.flush()
    return file


def finish_arriving(file: StoredFile, content: Content) -> None:
    file.size, file.sha256, file.state = content.size, content.sha256, "whole"
    db.session.flush()


def remove_unclaimed() -> JanitorReport:
    """Compare storage and rows both ways; remove what nobody claimed for a day. Running it again changes nothing."""
    before = now() - KEPT_UNCLAIMED
    old = given_up(before)
    for file in old:
        db.session.delete(file)
    db.session.flush()
    known, stored, unclaimed = known_keys(), dict(storage().keys()), 0  # in this order: a file is there before its row
    for key in _unclaimed(stored, known, before):
        storage().delete(key)
        unclaimed += 1
    storage().forget_held()
    missing = tuple(sorted(key for key, state in known.items() if state == "whole" and key not in stored))
    return JanitorReport(unclaimed=unclaimed, given_up=len(old), missing=missing)


def _unclaimed(stored: dict[str, datetime], known: dict[str, str], before: datetime) -> Iterator[str]:
    for key, written_at in stored.items():
        if key not in known and written_at < before:
            yield key
