"""Outlines and the map: read, kept small, drawn, and back."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ideenlab.city.maths import (
    KEPT_POINTS,
    WIDTH,
    BadOutline,
    area_of,
    box_of,
    path_of,
    projection_of,
    read_outline,
    simplified,
    written_outline,
)

SQUARE = [[8.0, 52.2], [8.1, 52.2], [8.1, 52.3], [8.0, 52.3], [8.0, 52.2]]


def polygon(*rings, kind="Polygon"):
    return json.dumps({"type": kind, "coordinates": [*rings] if kind == "Polygon" else [[ring] for ring in rings]})


def a_round(points, radius=0.05):
    ring = [
        [8 + radius * math.cos(2 * math.pi * n / points), 52 + radius / 2 * math.sin(2 * math.pi * n / points)]
        for n in range(points)
    ]
    return [*ring, ring[0]]


def feature(geometry):
    return json.dumps(
        {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": json.loads(geometry)}]}
    )


@pytest.mark.parametrize(
    "text", [polygon(SQUARE), polygon(SQUARE, kind="MultiPolygon"), feature(polygon(SQUARE))],
    ids=["polygon", "multipolygon", "collection"],
)  # fmt: skip
def test_every_kind_of_outline_gives_its_rings(text):
    assert read_outline(text) == (tuple((x, y) for x, y in SQUARE),)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "json"),
        ("{", "json"),
        ("[" * 100_000, "json"),
        ('{"type": "Polygon", "coordinates": [[[NaN, 1], [1, 1], [1, 0], [NaN, 1]]]}', "json"),
        ('{"type": "Polygon", "coordinates": [[[1e999, 1], [1, 1], [1, 0], [1e999, 1]]]}', "place"),
        ("7", "kind"),
        ("null", "kind"),
        ('{"type": "Point", "coordinates": [8, 52]}', "kind"),
        ('{"type": "Polygon", "coordinates": {}}', "kind"),
        ('{"type": "Polygon", "coordinates": [[1, 2, 3, 1]]}', "kind"),
        ('{"type": "FeatureCollection", "features": []}', "points"),
        (polygon(SQUARE[:3]), "points"),
        (polygon(SQUARE[:4]), "points"),
        (polygon([["8", 52], [8, 53], [9, 53], ["8", 52]]), "points"),
        (polygon([[True, 52], [8, 53], [9, 53], [True, 52]]), "points"),
        (polygon([[8, 52]] * 4), "points"),
        (polygon([[52.2, 188], [52.3, 188], [52.3, 189], [52.2, 188]]), "place"),
        (polygon([[0, 40], [20, 40], [20, 60], [0, 40]]), "place"),
        (polygon(a_round(20_001)), "points"),
    ],
)
def test_what_is_no_outline_is_named(text, word):
    with pytest.raises(BadOutline, match=word):
        read_outline(text)


def test_a_long_outline_is_kept_small_and_nearly_as_large():
    rings = read_outline(polygon(a_round(5_000)))
    kept = read_outline(written_outline(rings))
    assert len(kept[0]) <= KEPT_POINTS + 1
    assert area_of(kept[0]) == pytest.approx(area_of(rings[0]), rel=0.01)


def test_a_hole_too_small_to_be_kept_is_left_out():
    speck = [[8.05, 52.25]] * 4
    assert len(read_outline(written_outline(read_outline(polygon(SQUARE, speck))))) == 1


@given(st.lists(st.tuples(st.floats(7, 9), st.floats(51, 53)), min_size=3, max_size=60, unique=True))
def test_a_simplified_ring_is_closed_and_made_of_its_own_points(points):
    ring = (*points, points[0])
    kept = simplified(ring, 12)
    assert kept[0] == kept[-1]
    assert set(kept) <= set(ring)
    assert 4 <= len(kept) <= 13


@given(st.floats(7.9, 8.2), st.floats(52.1, 52.4))
def test_a_place_on_the_map_and_back_is_the_same_to_a_few_metres(longitude, latitude):
    sheet = projection_of(box_of([read_outline(polygon(SQUARE))]))
    x, y = sheet.place(longitude, latitude)
    again = sheet.degrees(x, y)
    assert abs(again[0] - longitude) < 0.0002
    assert abs(again[1] - latitude) < 0.0002


def test_north_is_up_and_east_is_right():
    sheet = projection_of(box_of([read_outline(polygon(SQUARE))]))
    west, east = sheet.place(8.0, 52.25), sheet.place(8.1, 52.25)
    south, north = sheet.place(8.05, 52.2), sheet.place(8.05, 52.3)
    assert 0 < west[0] < east[0] < WIDTH
    assert 0 < north[1] < south[1] < sheet.height


def test_the_path_goes_once_around():
    rings = read_outline(polygon(SQUARE))
    path = path_of(rings, projection_of(box_of([rings])))
    assert (path.count("M"), path.count("L"), path.count("Z")) == (1, 3, 1)
