"""The picture beside a link that somebody shares: 1200 × 630, drawn with the fonts of the pages."""

from collections.abc import Sequence
from functools import cache, lru_cache
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from ideenlab.core.assets import asset_file

WIDTH, HEIGHT, MARGIN = 1200, 630, 80
PAPER, INK, QUIET, MARK = "#ffffff", "#1a1e2e", "#4d5467", "#00695c"
SIZES, MOST_LINES = (76, 66, 56, 48), 4
SUBSETS = ("latin", "latin-ext")
NO_SIGN = "\uffff"
Font = ImageFont.FreeTypeFont


class Card(NamedTuple):
    """`kind` stands above the title, `note` below it, `city` at the bottom. White can be read on `colour`."""

    city: str
    kind: str
    title: str
    note: str = ""
    colour: str = MARK


@cache
def _fonts(weight: int, size: int) -> tuple[Font, ...]:
    return tuple(
        ImageFont.truetype(str(asset_file(f"fira-sans-{subset}-{weight}.ttf")), size) for subset in SUBSETS
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _font_for(sign: str, weight: int, size: int) -> Font | None:
    """The first that has this sign; None where none has it, and the sign is left out."""
    for font in _fonts(weight, size):
        if sign == " " or bytes(font.getmask(sign)) != bytes(font.getmask(NO_SIGN)):
            return font
    return None


def _signs(text: str, weight: int, size: int) -> list[tuple[str, Font]]:
    return [(sign, font) for sign in text if (font := _font_for(sign, weight, size))]


@lru_cache(maxsize=4096)
def _advance(sign: str, weight: int, size: int) -> float:
    font = _font_for(sign, weight, size)
    return font.getlength(sign) if font else 0.0


def _length(text: str, weight: int, size: int) -> float:
    return sum(_advance(sign, weight, size) for sign in text)


def wrap(text: str, *, weight: int, size: int, width: int) -> list[str]:
    """Lines that fit. A word that is too long for a line is cut."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _length(longer, weight, size) <= width:
            lines[-1] = longer
        else:
            lines += _pieces(word, weight, size, width)
    return lines


def _pieces(word: str, weight: int, size: int, width: int) -> list[str]:
    pieces = [""]
    for sign in word:
        if pieces[-1] and _length(pieces[-1] + sign, weight, size) > width:
            pieces.append("")
        pieces[-1] += sign
    return pieces


def fitted(title: str) -> tuple[list[str], int]:
    """The largest size at which the title has at most four lines; a longer one ends with three dots."""
    width, size, lines = WIDTH - 2 * MARGIN, 0, list[str]()
    for size in SIZES:
        lines = wrap(title[:400], weight=600, size=size, width=width)
        if len(lines) <= MOST_LINES:
            return lines, size
    last = lines[MOST_LINES - 1]
    while last and _length(last + " …", 600, size) > width:
        last = last[:-1]
    return [*lines[: MOST_LINES - 1], last.rstrip() + " …"], size


@lru_cache(maxsize=64)
def draw(card: Card) -> bytes:
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, 24, HEIGHT), fill=card.colour)
    pen.rectangle((0, HEIGHT - 110, WIDTH, HEIGHT), fill=card.colour)
    _write(pen, [card.kind[:60]], top=70, size=34, weight=600, colour=card.colour)
    lines, size = fitted(card.title)
    below = _write(pen, lines, top=130, size=size, weight=600, colour=INK)
    _write(pen, wrap(card.note[:120], weight=400, size=34, width=WIDTH - 2 * MARGIN)[:1], top=below + 16, size=34,
           weight=400, colour=QUIET)  # fmt: skip
    _write(pen, [card.city[:60]], top=HEIGHT - 84, size=40, weight=600, colour=PAPER)
    file = BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def _write(
    pen: ImageDraw.ImageDraw, lines: Sequence[str], *, top: int, size: int, weight: int, colour: str
) -> int:  # fmt: skip
    """Where the next line would begin."""
    for line in lines:
        left = float(MARGIN)
        for sign, font in _signs(line, weight, size):
            pen.text((left, top), sign, font=font, fill=colour)
            left += font.getlength(sign)
        top += round(size * 1.18)
    return top
