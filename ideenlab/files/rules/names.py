from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import number
from ideenlab.core.text import clean_line
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.files.models import StoredFile

MEGABYTE = 1_000_000
LARGEST_FILE = 200 * MEGABYTE
LARGEST_PICTURE = 50 * MEGABYTE
LARGEST_SHOWN = 12 * MEGABYTE  # of a picture that is drawn anew: what a telephone's camera makes
KINDS = {
    "zip": "application/zip", "pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg",
    "webp": "image/webp", "gif": "image/gif", "mp4": "video/mp4",
}  # fmt: skip
LONGEST_NAME: int = StoredFile.name.type.length


def clean_name(name: str) -> str:
    """A file's name as people see it: the last part of a path, one line, the end kept when it is too long."""
    name = clean_line(name.replace("\\", "/").rpartition("/")[2])
    stem, dot, ending = name.rpartition(".")
    if not dot:
        return name[:LONGEST_NAME]
    ending = ending[:10]
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"


def kind_of(name: str) -> str:
    """`image/png` for `Bild.PNG`, empty for what we do not take."""
    stem, _dot, ending = name.rpartition(".")
    return KINDS.get(ending.casefold(), "") if stem.strip(". ") else ""


def kinds_in_words() -> str:
    return ", ".join(f".{ending}" for ending in KINDS)


def may_upload(name: str, size: int) -> Verdict:
    """Whether a file of this name and size is taken at all, before its content is known."""
    if not kind_of(name):
        return no(_("“%(name)s” is not a kind of file we take. Allowed: %(kinds)s", name=name, kinds=kinds_in_words()))
    if size <= 0:
        return no(_("“%(name)s” is empty.", name=name))
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
