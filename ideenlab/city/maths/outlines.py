"""Outlines on a flat map. Longitude and latitude in degrees (WGS 84) come in, whole map units go out.

An outline is GeoJSON (RFC 7946): a Polygon or MultiPolygon, also inside a Feature or a FeatureCollection. The map is an
equirectangular projection, true at the middle latitude: good enough for a city, and a straight calculation both ways.
"""

import json
import math
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

Point = tuple[float, float]  # longitude, latitude
Ring = tuple[Point, ...]
WIDTH = 1000  # units of the map from west to east
MOST_POINTS = 20_000  # of an outline that comes in
KEPT_POINTS, KEPT_RINGS = 120, 10  # of one that is kept
MICRO = 1_000_000
LARGEST_SPAN, SMALLEST_SPAN = 5.0, 0.0001  # degrees: more than a house, less than a country
EDGE = 0.03  # of the map's width stays free around


class BadOutline(ValueError):
    """Not an outline. The message is a word for what is wrong: json, kind, points, place."""


class Box(NamedTuple):
    """From south-west to north-east, in degrees."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, longitude: float, latitude: float) -> bool:
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north


class Projection(NamedTuple):
    """From degrees to units of the map (x to the east, y to the south) and back."""

    box: Box
    height: int

    def place(self, longitude: float, latitude: float) -> tuple[int, int]:
        x = (longitude - self.box.west) / (self.box.east - self.box.west) * WIDTH
        y = (self.box.north - latitude) / (self.box.north - self.box.south) * self.height
        return round(x), round(y)

    def degrees(self, x: float, y: float) -> Point:
        longitude = self.box.west + x / WIDTH * (self.box.east - self.box.west)
        return longitude, self.box.north - y / self.height * (self.box.north - self.box.south)


def read_outline(text: str) -> tuple[Ring, ...]:
    """The rings of an outline, each closed. Raises BadOutline."""
    try:
        given = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise BadOutline("json") from None
    rings = tuple(_rings(given))
    points = [point for ring in rings for point in ring]
    if not rings or len(points) > MOST_POINTS:
        raise BadOutline("points")
    box = box_of([rings])
    if box.east - box.west > LARGEST_SPAN or box.north - box.south > LARGEST_SPAN:
        raise BadOutline("place")
    if min(box.east - box.west, box.north - box.south) < SMALLEST_SPAN:
        raise BadOutline("points")
    return rings


def _no_number(_name: str) -> float:
    raise ValueError


def _rings(given: Any) -> Iterator[Ring]:
    kind = given.get("type") if isinstance(given, dict) else None
    if kind == "Feature":
        yield from _rings(given.get("geometry"))
    elif kind in ("FeatureCollection", "GeometryCollection"):
        parts = given.get("features" if kind == "FeatureCollection" else "geometries")
        for part in parts if isinstance(parts, list) else ():
            yield from _rings(part)
    elif kind in ("Polygon", "MultiPolygon"):
        polygons = [given.get("coordinates")] if kind == "Polygon" else given.get("coordinates")
        for polygon in _listed(polygons):
            for ring in _listed(polygon):
                yield _ring(ring)
    else:
        raise BadOutline("kind")


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise BadOutline("kind")
    return value


def _ring(given: Any) -> Ring:
    ring = tuple(_point(point) for point in _listed(given))
    if len(ring) < 4 or ring[0] != ring[-1]:
        raise BadOutline("points")
    return ring


def _point(given: Any) -> Point:
    numbers = _listed(given)[:2]
    if len(numbers) < 2 or any(type(number) not in (int, float) for number in numbers):
        raise BadOutline("points")
    if not (abs(numbers[0]) <= 180 and abs(numbers[1]) <= 85):
        raise BadOutline("place")
    return float(numbers[0]), float(numbers[1])


def written_outline(rings: Iterable[Ring]) -> str:
    """As it is kept: a MultiPolygon of few points, five digits (about a metre) each."""
    rounded = (tuple((round(x, 5), round(y, 5)) for x, y in ring) for ring in rings)
    kept = sorted((ring for ring in rounded if len(set(ring)) >= 3), key=area_of, reverse=True)[:KEPT_RINGS]
    if not kept:
        raise BadOutline("points")
    share = KEPT_POINTS // len(kept)
    polygons = [[[list(point) for point in simplified(ring, share)]] for ring in kept]
    return json.dumps({"type": "MultiPolygon", "coordinates": polygons}, separators=(",", ":"))


def area_of(ring: Ring) -> float:
    """In square degrees, whichever way round the points go (the shoelace formula)."""
    return abs(sum(one[0] * other[1] - other[0] * one[1] for one, other in pairwise(ring))) / 2


def simplified(ring: Ring, most: int) -> Ring:
    """At most so many points: those that matter most to the shape (area of their triangles, Visvalingam 1993)."""
    kept = list(dict.fromkeys(ring[:-1]))
    while len(kept) > most:
        sizes = [
            abs(
                (after[0] - before[0]) * (point[1] - before[1]) - (after[1] - before[1]) * (point[0] - before[0])
            )
            for before, point, after in zip(kept[-1:] + kept[:-1], kept, kept[1:] + kept[:1], strict=True)
        ]  # fmt: skip
        small = sorted(sizes)[max(0, (len(kept) - most) // 2)]  # many at once: few rounds for a long outline
        fewer, left_out = [], False
        for point, size in zip(kept, sizes, strict=True):
            left_out = size <= small and not left_out and len(kept) > 3
            if not left_out:
                fewer.append(point)
        kept = fewer if len(fewer) < len(kept) else kept[:most]
    return (*kept, kept[0])


def box_of(outlines: Iterable[Iterable[Ring]]) -> Box:
    """What holds all of these outlines. There must be at least one."""
    points = [point for rings in outlines for ring in rings for point in ring]
    across, along = [point[0] for point in points], [point[1] for point in points]
    return Box(min(across), min(along), max(across), max(along))


def projection_of(box: Box) -> Projection:
    """The map that shows this box with some room around it."""
    room = max((box.east - box.west) * EDGE, 1e-4)
    wide = Box(box.west - room, box.south - room, box.east + room, box.north + room)
    narrowing = math.cos(math.radians((box.south + box.north) / 2))
    height = round(WIDTH * (wide.north - wide.south) / ((wide.east - wide.west) * narrowing))
    return Projection(wide, min(max(height, WIDTH // 4), WIDTH * 2))


def path_of(rings: Iterable[Ring], projection: Projection) -> str:
    """The outline as the `d` of an SVG path."""
    return "".join(
        "M" + "L".join(f"{x} {y}" for x, y in (projection.place(*point) for point in ring[:-1])) + "Z" for ring in rings
    )


@lru_cache(maxsize=512)
def kept_rings(outline: str) -> tuple[Ring, ...]:
    """The rings of a stored outline; none where it cannot be read: a gap on the map is better than no page."""
    try:
        return read_outline(outline)
    except BadOutline:
        return ()
