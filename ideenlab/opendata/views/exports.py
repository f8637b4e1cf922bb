"""Tables to take along: CSV and sheets for offices, JSON for programs. Made while they are sent."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import send_file
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public
from ideenlab.core.links import public_page
from ideenlab.core.security import city, limiter
from ideenlab.core.sheets import write_sheet
from ideenlab.core.tables import csv_line
from ideenlab.core.web import streamed
from ideenlab.events.models import Event
from ideenlab.ideas.actions.ideas import LICENCE
from ideenlab.ideas.queries import get_call
from ideenlab.opendata import queries
from ideenlab.opendata.views.door import blueprint
from ideenlab.prototypes.queries import content_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPES = {"csv": "text/csv", "json": "application/json", "xlsx": XLSX}
FILETYPE = "<any(csv, json, xlsx):filetype>"
Row = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """`rows` is called where the rows are read, which is after the request."""

    name: str
    columns: Sequence[str]
    rows: Callable[[], Iterator[Row]]
    licence: str = ""


def _sent(table: Table, filetype: str) -> ResponseReturnValue:
    if filetype == "xlsx":
        rows = ([row[name] for name in table.columns] for row in table.rows())
        return send_file(
            write_sheet(table.name, table.columns, rows), mimetype=XLSX, as_attachment=True, max_age=0,
            download_name=f"{table.name}.xlsx",
        )  # fmt: skip
    lines = _as_csv if filetype == "csv" else _as_json
    head = "" if filetype == "csv" else _head(table)
    headers = {"Content-Disposition": f"attachment; filename={table.name}.{filetype}"}
    return streamed(lambda: lines(table, head), MEDIA_TYPES[filetype], **headers)


def _head(table: Table) -> str:
    source = {"name": city().city_name, "url": city().base_url}
    said = {"licence": table.licence or None, "source": source}
    return json.dumps(said, ensure_ascii=False)[:-1] + ', "data": ['


def _as_csv(table: Table, _head: str) -> Iterator[str]:
    yield csv_line(table.columns)
    for row in table.rows():
        yield csv_line([row[name] for name in table.columns])


def _as_json(table: Table, head: str) -> Iterator[str]:
    before = head + "\n"
    for row in table.rows():
        yield before + json.dumps({name: row[name] for name in table.columns}, ensure_ascii=False)
        before = ",\n"
    yield before.removesuffix(",\n") + "\n]}\n"


@blueprint.get(f"/export/ideen/<slug>.{FILETYPE}")
@public
@limiter.limit("30 per minute")
def export_ideas(slug: str, filetype: str) -> ResponseReturnValue:
    call = get_call(slug)
    columns, form = (*queries.IDEA_COLUMNS, "url"), _addresses("ideas.idea", "idea_id")

    def rows() -> Iterator[Row]:
        for row in queries.idea_rows(get_call(slug), LICENCE):
            yield {**row, "url": form.format(row["id"])}

    return _sent(Table(f"ideen-{call.slug}", columns, rows, LICENCE), filetype)


@blueprint.get(f"/export/ideen/<slug>/kommentare.{FILETYPE}")
@public
@limiter.limit("30 per minute")
def export_comments(slug: str, filetype: str) -> ResponseReturnValue:
    call = get_call(slug)
    table = Table(f"kommentare-{call.slug}", queries.COMMENT_COLUMNS, lambda: queries.comment_rows(get_call(slug)))
    return _sent(table, filetype)


EVENT_COLUMNS = (
    "id", "state", "title", "summary", "format", "language", "edition", "topic", "partner", "venue", "address", "room",
    "starts_at", "ends_at", "is_accessible", "access_notes", "is_for_families", "sign_up", "sign_up_url", "url",
)  # fmt: skip


@blueprint.get(f"/export/termine.{FILETYPE}")
@public
@limiter.limit("30 per minute")
def export_events(filetype: str) -> ResponseReturnValue:
    form = _addresses("events.event", "number")

    def rows() -> Iterator[Row]:
        for page in queries.each_of(queries.page_of_events, {}):
            for event in page.rows:
                yield _event(event) | {"url": form.format(event.id)}

    return _sent(Table("termine", EVENT_COLUMNS, rows, LICENCE), filetype)


def _event(event: Event) -> Row:
    own = ("id", "state", "title", "summary", "format", "language", "room", "access_notes", "sign_up", "sign_up_url")
    partner = event.partner if event.partner and event.partner.published_at else None
    return {
        **{name: getattr(event, name) for name in own}, "edition": event.edition.slug,
        "topic": event.topic.title if event.topic else None, "partner": partner.title if partner else None,
        "venue": event.venue.title if event.venue else None, "address": event.venue.address if event.venue else None,
        "starts_at": event.starts_at.isoformat(timespec="seconds"),
        "ends_at": event.ends_at.isoformat(timespec="seconds"), "is_accessible": int(event.is_accessible),
        "is_for_families": int(event.is_for_families),
    }  # fmt: skip


PROTOTYPE_COLUMNS = (
    "id", "hackathon", "team", "title", "pitch", "description", "code_url", "demo_url", "video_url", "licence",
    "prior_work", "ai_use", "sha256", "url",
)  # fmt: skip


@blueprint.get(f"/export/prototypen.{FILETYPE}")
@public
@limiter.limit("30 per minute")
def export_prototypes(filetype: str) -> ResponseReturnValue:
    """Each under the licence that its team chose."""
    form, copied = _addresses("prototypes.prototype", "prototype_id"), PROTOTYPE_COLUMNS[4:12]

    def rows() -> Iterator[Row]:
        for page in queries.each_of(queries.page_of_prototypes, {}):
            for prototype, hand_in in page.rows:
                content = content_of(hand_in)
                yield {
                    "id": prototype.id, "hackathon": prototype.hackathon.slug, "team": prototype.team.name,
                    "title": hand_in.title, **{name: content.get(name) for name in copied}, "sha256": hand_in.sha256,
                    "url": form.format(prototype.id),
                }  # fmt: skip

    return _sent(Table("prototypen", PROTOTYPE_COLUMNS, rows), filetype)


def _addresses(endpoint: str, name: str) -> str:
    """The address of a page with a place for its number: found once for all rows, in the language of the request."""
    number = 1_234_567_890
    return (public_page(endpoint, **{name: number}) or "").replace(str(number), "{}")
