"""A picture of how evenly the ideas of a call are seen, with the table behind it."""

from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public
from ideenlab.core.i18n import gettext as _
from ideenlab.core.page_cache import same_for_visitors
from ideenlab.core.paging import PAGE
from ideenlab.core.tables import csv_line
from ideenlab.ideas.maths import MILLION, gini, gini_by_chance, lorenz, tenths
from ideenlab.ideas.queries import Exposure, exposure_of, get_call
from ideenlab.ideas.views.door import blueprint

DAYS = ("1", "7", "28")
USUAL = "7"
MOST_POINTS = 200


def _days() -> int:
    return int(request.args["tage"] if request.args.get("tage") in DAYS else USUAL)


@blueprint.get("/ideen/<slug>/sichtbarkeit")
@public
@same_for_visitors
def exposure(slug: str) -> ResponseReturnValue:
    call = get_call(slug)
    found = exposure_of(call, _days())
    return render_template(
        "ideas/exposure.html", call=call, found=found, days=_days(), choices=[int(days) for days in DAYS], shown=PAGE,
        rows=_rows(found), points=_points(found), unevenness=gini(found.seen) / MILLION,
        by_chance=gini_by_chance(found.ideas, found.appearances, PAGE),
    )  # fmt: skip


@blueprint.get("/ideen/<slug>/sichtbarkeit.csv")
@public
def exposure_table(slug: str) -> ResponseReturnValue:
    found = exposure_of(get_call(slug), _days())
    head = [_("Tenth of the ideas"), _("Appearances"), _("Share in percent")]
    rows = [[tenth, f"{times:.1f}", f"{share:.2f}"] for tenth, times, share in _rows(found)]
    name = f"sichtbarkeit-{slug}-{found.first:%Y%m%d}-{found.last:%Y%m%d}.csv"
    answer = Response("".join([csv_line(head), *map(csv_line, rows)]), mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _rows(found: Exposure) -> list[tuple[int, float, float]]:
    """Of each tenth, the least seen first: its appearances, and their share in percent."""
    if not found.appearances:
        return []
    return [
        (place, float(times), float(100 * times / found.appearances))
        for place, times in enumerate(tenths(found.seen), 1)
    ]


def _points(found: Exposure) -> str:
    """The Lorenz curve as points of a picture 100 wide and 100 high, whose upper left corner is 0,0."""
    curve: list[Any] = lorenz(found.seen)
    step = -(-len(curve) // MOST_POINTS)
    some = [*curve[::step], curve[-1]]
    ideas, total = curve[-1]
    return " ".join(f"{100 * x / max(1, ideas):.2f},{100 - 100 * y / max(1, total):.2f}" for x, y in some)
