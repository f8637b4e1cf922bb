from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ideenlab.core.links import public_page
from ideenlab.core.phases import window
from ideenlab.events.models import Event, Venue
from ideenlab.ideas.models import PHASES, Call
from ideenlab.ideas.queries import call_stage
from ideenlab.opendata.api.shapes.common import MICRO, Shape, day, named, same, time
from ideenlab.partners.models import Partner
from ideenlab.programme.models import Edition, Topic

WINDOW: Shape = {"from": "date-time?", "until": "date-time?"}
EDITION: Shape = {
    "slug": "string", "title": "string", "motto": "string?", "summary": "string?", "description": "string?",
    "starts_on": "date", "ends_on": "date",
}  # fmt: skip
TOPIC: Shape = {"id": "integer", "slug": "string", "title": "string", "edition": "Named"}
CALL: Shape = {
    "slug": "string", "url": "uri", "title": "string", "summary": "string?", "description": "string?",
    "edition": "Named", "stage": "string", "support_mode": "string", "answer_until": "date-time?", "phases": "Phases",
}  # fmt: skip
PART: Shape = {"edition": "string", "part": "string?"}
PARTNER: Shape = {
    "slug": "string", "url": "uri?", "title": "string", "summary": "string?", "description": "string?",
    "website": "string?", "parts": "[Part]",
}  # fmt: skip
VENUE: Shape = {
    "title": "string", "address": "string?", "access_notes": "string?", "is_accessible": "boolean",
    "latitude": "number?", "longitude": "number?",
}  # fmt: skip
EVENT: Shape = {
    "id": "integer", "url": "uri?", "state": "string", "title": "string", "summary": "string?",
    "description": "string?", "format": "string", "language": "string?", "edition": "Named", "topic": "Named?",
    "partners": "[Named]", "series": "string?", "track": "string?", "starts_at": "date-time",
    "ends_at": "date-time", "venue": "Venue?",
    "room": "string?", "access_notes": "string?", "is_accessible": "boolean", "is_for_families": "boolean",
    "sign_up": "string", "sign_up_url": "string?", "sign_up_until": "date-time?", "places": "integer?",
    "published_at": "date-time?", "moved_at": "date-time?", "cancelled_at": "date-time?", "cancelled_reason": "string?",
}  # fmt: skip
PHASES_SHAPE: Shape = dict.fromkeys(PHASES, "Window")
TEXTS = ("title", "summary", "description")


def edition(row: Edition) -> dict[str, Any]:
    return {
        **same(row, ("slug", *TEXTS, "motto")), "starts_on": day(row.starts_on), "ends_on": day(row.ends_on),
    }  # fmt: skip


def topic(row: Topic) -> dict[str, Any]:
    return {**same(row, ("id", "slug", "title")), "edition": named(row.edition.slug, row.edition.title)}


def call(row: Call, at: datetime) -> dict[str, Any]:
    return {
        **same(row, ("slug", *TEXTS, "support_mode")), "url": public_page("ideas.ideas", slug=row.slug),
        "edition": named(row.edition.slug, row.edition.title), "stage": call_stage(row, at),
        "answer_until": time(row.answer_until), "phases": {phase: _window(row, phase) for phase in PHASES},
    }  # fmt: skip


def _window(thing: object, phase: str) -> dict[str, str | None]:
    begin, end = window(thing, phase)
    return {"from": time(begin), "until": time(end)}


def partner(row: Partner, parts: Sequence[tuple[str, str]]) -> dict[str, Any]:
    return {
        **same(row, ("slug", *TEXTS, "website")), "url": public_page("partners.partner", slug=row.slug),
        "parts": [{"edition": edition, "part": part or None} for edition, part in parts],
    }  # fmt: skip


def event(row: Event, further: Sequence[Partner]) -> dict[str, Any]:
    first = [row.partner] if row.partner else []
    shown = [each for each in (*first, *further) if each.published_at]
    own = ("id", *TEXTS, "state", "format", "language", "track", "room", "access_notes", "is_accessible",
           "is_for_families", "sign_up", "sign_up_url", "cancelled_reason")  # fmt: skip
    moments = ("starts_at", "ends_at", "sign_up_until", "published_at", "moved_at", "cancelled_at")
    return {
        **same(row, own), **{name: time(getattr(row, name)) for name in moments},
        "url": public_page("events.event", number=row.id), "edition": named(row.edition.slug, row.edition.title),
        "topic": named(row.topic.slug, row.topic.title) if row.topic else None,
        "partners": [named(each.slug, each.title) for each in shown],
        "series": row.series.title if row.series else None, "venue": _venue(row.venue) if row.venue else None,
        "places": row.places if row.sign_up == "here" else None,
    }  # fmt: skip


def _venue(row: Venue) -> dict[str, Any]:
    return {
        **same(row, ("title", "address", "access_notes", "is_accessible")),
        "latitude": None if row.latitude is None else row.latitude / MICRO,
        "longitude": None if row.longitude is None else row.longitude / MICRO,
    }
