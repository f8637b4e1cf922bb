from dataclasses import dataclass

from sqlalchemy import select

from ideenlab.city.maths import MICRO, Projection, box_of, kept_rings, path_of, projection_of
from ideenlab.city.models import District
from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound


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
