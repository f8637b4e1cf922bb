"""Events from a table: what would happen is shown first, nothing happens before the second press."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import number
from ideenlab.core.links import url_for
from ideenlab.core.tables import Unreadable, csv_line
from ideenlab.core.web import accepts_body, streamed
from ideenlab.events import actions, queries
from ideenlab.events.actions import Preview
from ideenlab.events.forms.imports import ImportForm
from ideenlab.events.manage.door import blueprint
from ideenlab.programme.models import Edition
from ideenlab.programme.queries import get_edition

LARGEST = 250_000  # bytes


@blueprint.route("/<slug>/einlesen", methods=["GET", "POST"])
@organiser
@accepts_body(2)
def import_events(slug: str) -> ResponseReturnValue:
    edition, form = get_edition(slug), ImportForm()
    if not form.validate_on_submit():
        return _page(edition, form), 422 if form.errors else 200
    table = _table(form)
    preview = _preview(form, table, edition)
    if preview is None:
        return _page(edition, form), 422
    seen = actions.fingerprint(preview)
    if form.seen.data != seen or ("file" in request.files and request.files["file"].filename):
        if form.seen.data:
            flash(_("Something has changed since you looked. Please look again."), "warning")
        form.table.data, form.seen.data = _as_text(table), seen
        return _page(edition, form, preview)
    done = actions.import_events(me(), edition=edition, preview=preview, publish=form.publish.data)
    text = _("%(new)s events are new, %(changed)s changed, %(same)s were like this already.", **_numbers(done))
    flash(text, "success")
    return redirect(url_for("manage_events.events"), 303)


@blueprint.get("/<slug>/veranstaltungen.csv")
@organiser
def events_table(slug: str) -> ResponseReturnValue:
    """In the columns of the import, so that it can be changed and read in again."""
    get_edition(slug)
    headers = {"Content-Disposition": f"attachment; filename=veranstaltungen-{slug}.csv"}

    def rows() -> Iterator[str]:
        yield "\ufeff" + csv_line(queries.table_columns())
        for row in queries.table_rows(get_edition(slug)):
            yield csv_line(row)

    return streamed(rows, "text/csv", **headers)


def _table(form: ImportForm) -> bytes:
    sent = request.files.get("file")
    if sent and sent.filename:
        return sent.stream.read(LARGEST + 1)
    return (form.table.data or "").encode()


def _as_text(table: bytes) -> str:
    """The second press sends it along, in one encoding."""
    for name in ("utf-8-sig", "utf-16", "cp1252", "latin-1"):
        if name == "utf-16" and table[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        try:
            return table.decode(name)
        except UnicodeDecodeError:
            continue
    return ""


def _preview(form: ImportForm, table: bytes, edition: Edition) -> Preview | None:
    if not table:
        refuse(form, "file", _("Please choose a file."))
        return None
    if len(table) > LARGEST:
        refuse(form, "file", _("The file is larger than %(most)s kB.", most=LARGEST // 1000))
        return None
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        file.write(table)
        file.flush()
        try:
            return actions.preview_events(Path(file.name), edition=edition)
        except Unreadable as problem:
            refuse(form, "file", str(problem))
            return None


def _numbers(done: dict[str, int]) -> dict[str, str]:
    return {name: number(count) for name, count in done.items()}


def _page(edition: Edition, form: ImportForm, preview: Preview | None = None) -> str:
    return render_template(
        "events/manage/import_events.html", edition=edition, form=form, preview=preview,
        columns=actions.COLUMNS, needed=actions.NEEDED, known=actions.KNOWN_WORDS,
    )  # fmt: skip
