"""What came of a call: figures to look at, and its ideas to take along."""

import json
from collections.abc import Iterator

from flask import render_template, send_file
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import organiser
from ideenlab.answers.manage.door import blueprint
from ideenlab.answers.queries import COLUMNS, exported_rows, figures_of, waiting_numbers
from ideenlab.answers.rules import is_overdue
from ideenlab.core.clock import now
from ideenlab.core.sheets import write_sheet
from ideenlab.core.tables import csv_line
from ideenlab.core.web import streamed
from ideenlab.ideas.models import Call
from ideenlab.ideas.queries import get_call

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/aufrufe/<slug>/zahlen")
@organiser
def figures(slug: str) -> ResponseReturnValue:
    call = get_call(slug)
    waiting = waiting_numbers().get(call.id, 0)
    return render_template(
        "answers/manage/figures.html", call=call, figures=figures_of(call), waiting=waiting,
        late=waiting and is_overdue(call, now()),
    )  # fmt: skip


@blueprint.get("/aufrufe/<slug>/ideen.<any(csv, xlsx, json):filetype>")
@organiser
def export(slug: str, filetype: str) -> ResponseReturnValue:
    call = get_call(slug)
    if filetype == "xlsx":
        rows = ([idea[name] for name in COLUMNS] for idea in exported_rows(call))
        return send_file(
            write_sheet(call.slug, COLUMNS, rows), mimetype=XLSX, as_attachment=True,
            download_name=f"{call.slug}.xlsx", max_age=0,
        )  # fmt: skip
    lines, media_type = (_as_csv, "text/csv") if filetype == "csv" else (_as_json, "application/json")
    headers = {"Content-Disposition": f"attachment; filename={call.slug}.{filetype}"}
    return streamed(lambda: lines(get_call(slug)), media_type, **headers)


def _as_csv(call: Call) -> Iterator[str]:
    yield csv_line(COLUMNS)
    for idea in exported_rows(call):
        yield csv_line([idea[name] for name in COLUMNS])


def _as_json(call: Call) -> Iterator[str]:
    before = "[\n"
    for idea in exported_rows(call):
        yield before + json.dumps(idea, ensure_ascii=False)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"
