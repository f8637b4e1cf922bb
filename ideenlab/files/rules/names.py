from collections.abc import Mapping

from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import number
from ideenlab.core.text import clean_line
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.files.models import StoredFile

Kinds = Mapping[str, str]
MEGABYTE = 1_000_000
LARGEST_FILE = 200 * MEGABYTE
LARGEST_PICTURE = 50 * MEGABYTE
LARGEST_SHOWN = 12 * MEGABYTE  # of a picture that is drawn anew: what a telephone's camera makes
KINDS = {
    "zip": "application/zip", "pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg",
    "webp": "image/webp", "gif": "image/gif", "mp4": "video/mp4",
}  # fmt: skip
DATA_KINDS = KINDS | {
    "csv": "text/csv", "json": "application/json", "geojson": "application/geo+json",
    "xlsx": "application/octet-stream",  # its real name is longer than the column; everybody goes by the ending
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}  # fmt: skip
LARGEST_JSON = 20 * MEGABYTE  # it is read whole
LONGEST_NAME: int = StoredFile.name.type.length


def clean_name(name: str) -> str:
    """A file's name as people see it: the last part of a path, one line, the end kept when it is too long."""
    name = clean_line(name.replace("\\", "/").rpartition("/")[2])
    stem, dot, ending = name.rpartition(".")
    if not dot:
        return name[:LONGEST_NAME]
    ending = ending[:10]
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"


def ending_of(name: str) -> str:
    stem, _dot, ending = name.rpartition(".")
    return ending.casefold() if stem.strip(". ") else ""


def kind_of(name: str, kinds: Kinds = KINDS) -> str:
    """`image/png` for `Bild.PNG`, empty for what we do not take. What is not said otherwise is without data."""
    return kinds.get(ending_of(name), "")


def kinds_in_words(kinds: Kinds = KINDS) -> str:
    return ", ".join(f".{ending}" for ending in kinds)


def may_upload(name: str, size: int, kinds: Kinds = KINDS) -> Verdict:
    """Whether a file of this name and size is taken at all, before its content is known."""
    if not kind_of(name, kinds):
        allowed = kinds_in_words(kinds)
        return no(_("“%(name)s” is not a kind of file we take. Allowed: %(kinds)s", name=name, kinds=allowed))
    if size <= 0:
        return no(_("“%(name)s” is empty.", name=name))
    if ending_of(name) in ("json", "geojson") and size > LARGEST_JSON:
        most = number(LARGEST_JSON // MEGABYTE)
        return no(_("“%(name)s” is larger than %(most)s MB. Please put it into a zip archive.", name=name, most=most))
    largest = LARGEST_PICTURE if kind_of(name).startswith("image/") else LARGEST_FILE
    if size > largest:
        return no(_("“%(name)s” is larger than %(most)s MB.", name=name, most=number(largest // MEGABYTE)))
    return YES


def may_show(name: str, size: int) -> Verdict:
    """Whether a file of this name and size can become a picture on a page."""
    if not kind_of(name).startswith("image/"):
        return no(_("“%(name)s” is not a picture that can be shown. Please choose a JPEG, PNG or WebP.", name=name))
    if size <= 0:
        return no(_("“%(name)s” is empty.", name=name))
    if size > LARGEST_SHOWN:
        return no(_("“%(name)s” is larger than %(most)s MB.", name=name, most=number(LARGEST_SHOWN // MEGABYTE)))
    return YES
