"""The districts: kept in order, drawn, imported."""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy.exc import IntegrityError

from ideenlab.accounts.models import Person
from ideenlab.city.maths import BadOutline, read_outline, written_outline
from ideenlab.city.models import District
from ideenlab.city.queries import districts
from ideenlab.city.rules import may_manage_districts
from ideenlab.core.db import db
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line, fold, slugify
from ideenlab.core.verdict import require
from ideenlab.history.actions import record

LONGEST_DISTRICT: int = District.title.type.length
LONGEST_OUTLINE = 400_000
MOST_DISTRICTS = 200
NAMES = ("name", "title", "NAME", "Name", "bezeichnung", "stadtteil", "STADTTEIL")


def add_district(organiser: Person | None, *, title: str, outline: str = "") -> District:
    """Put a district at the end of the list. Without a person it is a command that acts."""
    _insist(organiser)
    known = districts()
    title, outline = _checked_title(title, known), _checked_outline(outline)
    if len(known) >= MOST_DISTRICTS:
        raise Invalid(_("There are at most %(most)s districts.", most=MOST_DISTRICTS), field="title")
    position = 1 + max((district.position for district in known), default=0)
    slug = _free_slug(title, {district.slug for district in known})
    district = District(slug=slug, title=title, position=position, outline=outline)
    db.session.add(district)
    record(organiser, "districts.added", district)
    db.session.flush()
    return district


def edit_district(organiser: Person | None, *, district: District, title: str, outline: str) -> None:
    _insist(organiser)
    title = _checked_title(title, [other for other in districts() if other is not district])
    district.title, district.outline = title, _checked_outline(outline)
    record(organiser, "districts.changed", district)
    db.session.flush()


def move_district(organiser: Person, *, district: District, up: bool) -> None:
    """Change places with the one before or after it. At the end of the list nothing happens."""
    _insist(organiser)
    row = districts()
    place = row.index(district)
    other = place - 1 if up else place + 1
    if 0 <= other < len(row):
        row[place], row[other] = row[other], row[place]
    for position, each in enumerate(row, 1):
        each.position = position
    record(organiser, "districts.moved", district)
    db.session.flush()


def remove_district(organiser: Person, *, district: District) -> None:
    """Only one that nothing points to: the database has the last word."""
    _insist(organiser)
    title = district.title
    record(organiser, "districts.removed", district, note=title)
    try:
        with db.session.begin_nested():
            db.session.delete(district)
    except IntegrityError as problem:
        sentence = _("“%(title)s” cannot be removed: ideas name it as their place. You can rename it.", title=title)
        raise Invalid(sentence, field="title") from problem


def import_districts(text: str) -> tuple[int, int]:
    """Add or redraw districts from a FeatureCollection; gives how many are new and how many were changed.

    A feature's name stands in one of the properties `NAMES`. Running it again changes nothing more.
    """
    known = {fold(district.title): district for district in districts()}
    added = changed = 0
    for title, outline in _features(text):
        district = known.get(fold(title))
        if district is None:
            known[fold(title)] = add_district(None, title=title, outline=outline)
            added += 1
        elif district.outline != _checked_outline(outline):
            edit_district(None, district=district, title=district.title, outline=outline)
            changed += 1
    return added, changed


def _features(text: str) -> Iterator[tuple[str, str]]:
    try:
        given: Any = json.loads(text)
        features = given["features"]
        for number, feature in enumerate(features, 1):
            named = [feature["properties"].get(name) for name in NAMES]
            title = next((name for name in named if isinstance(name, str) and clean_line(name)), None)
            if title is None:
                raise Invalid(_("Feature %(number)s has no name.", number=number), field="outline")
            yield title, json.dumps(feature["geometry"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise Invalid(_("This is not a GeoJSON collection of districts."), field="outline") from problem


def _insist(organiser: Person | None) -> None:
    if organiser is not None:
        require(may_manage_districts(organiser))


def _checked_title(title: str, others: list[District]) -> str:
    title = clean_line(title)
    if not 2 <= len(title) <= LONGEST_DISTRICT:
        raise Invalid(_("A name has 2 to %(most)s characters.", most=LONGEST_DISTRICT), field="title")
    if fold(title) in {fold(other.title) for other in others}:
        raise Invalid(_("There is a district of this name already."), field="title")
    return title


def _checked_outline(text: str) -> str:
    if not text.strip():
        return ""
    if len(text) > LONGEST_OUTLINE:
        raise Invalid(_("This outline is too long. Please simplify it first."), field="outline")
    try:
        kept = written_outline(read_outline(text))
        read_outline(kept)  # what is left of it must still be one
        return kept
    except BadOutline as problem:
        raise Invalid(_what_is_wrong(str(problem)), field="outline") from problem


def _what_is_wrong(word: str) -> str:
    return {
        "json": _("This is not GeoJSON: the text cannot be read."),
        "kind": _("Please give a Polygon or a MultiPolygon."),
        "points": _("Each ring needs at least four points, the last one like the first, and an area."),
        "place": _("Please give longitude and latitude in degrees, first the longitude, for one city."),
    }[word]  # fmt: skip


def _free_slug(title: str, taken: set[str]) -> str:
    base = slug = slugify(title) or "stadtteil"
    number = 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
