import hashlib
import re
from dataclasses import dataclass

from sqlalchemy import select

from ideenlab.city.maths import MICRO, Projection, box_of, kept_rings, path_of, projection_of
from ideenlab.city.models import CitySetting, District, GlossaryWord
from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound
from ideenlab.core.security import base_settings
from ideenlab.core.settings import over
from ideenlab.core.text import fold
from ideenlab.files.models import StoredFile


@dataclass(frozen=True)
class Part:
    """A district as it is drawn."""

    id: int
    title: str
    path: str


@dataclass(frozen=True)
class CityMap:
    """The outlines of the districts on one sheet."""

    projection: Projection
    parts: tuple[Part, ...]

    def holds(self, latitude: int, longitude: int) -> bool:
        """Whether a pin, in millionths of a degree, lies in the city's box."""
        return self.projection.box.holds(longitude / MICRO, latitude / MICRO)

    def place(self, latitude: int, longitude: int) -> tuple[int, int]:
        """Where a pin is drawn."""
        return self.projection.place(longitude / MICRO, latitude / MICRO)


def districts() -> list[District]:
    """In the city's own order."""
    return list(db.session.scalars(select(District).order_by(District.position, District.title, District.id)))


def get_district(district_id: int) -> District:
    district = find(District, district_id)
    if district is None:
        raise NotFound
    return district


def city_map(known: list[District] | None = None) -> CityMap | None:
    """The map, as soon as one district has an outline."""
    every = [(district, kept_rings(district.outline)) for district in (districts() if known is None else known)]
    drawn = [(district, rings) for district, rings in every if rings]
    if not drawn:
        return None
    projection = projection_of(box_of(rings for _district, rings in drawn))
    parts = tuple(Part(district.id, district.title, path_of(rings, projection)) for district, rings in drawn)
    return CityMap(projection, parts)


@dataclass(frozen=True)
class Stored:
    """What one page of settings says in the database at this moment, and a mark to find out whether it changed."""

    values: dict[str, str]

    @property
    def mark(self) -> str:
        return hashlib.sha256(repr(sorted(self.values.items())).encode()).hexdigest()[:32]


def stored_settings(names: tuple[str, ...], *, locked: bool = False) -> Stored:
    """Read from the table, not from what this process remembers."""
    chosen = select(CitySetting)
    rows = {row.name: row.value for row in db.session.scalars(chosen.with_for_update() if locked else chosen)}
    settings = over(base_settings(), rows)
    return Stored({name: str(getattr(settings, name)) for name in names})


def logo_file(key: str) -> StoredFile:
    file = db.session.scalar(select(StoredFile).where(StoredFile.key == key, StoredFile.state == "whole"))
    if file is None:
        raise NotFound
    return file


def glossary() -> list[GlossaryWord]:
    return list(db.session.scalars(select(GlossaryWord).order_by(GlossaryWord.word_folded)))


def get_word(word_id: int) -> GlossaryWord:
    word = find(GlossaryWord, word_id)
    if word is None:
        raise NotFound
    return word


def words_to_replace(text: str) -> list[tuple[str, str]]:
    """Which words of the list stand in a text, each with what the city says instead. Endings are not looked for."""
    found = {fold(word) for word in re.findall(r"[\w*:_-]+", text)} | {fold(word) for word in re.findall(r"\w+", text)}
    return [(entry.word, entry.instead) for entry in glossary() if entry.word_folded in found]
