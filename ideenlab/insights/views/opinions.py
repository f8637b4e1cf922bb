from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from typing import Any

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public
from ideenlab.core.errors import NotFound
from ideenlab.core.i18n import gettext as _
from ideenlab.core.page_cache import same_for_visitors
from ideenlab.core.tables import csv_line
from ideenlab.ideas.queries import get_call
from ideenlab.insights.maths.grouping import FEWEST_PEOPLE
from ideenlab.insights.maths.opinions import FEWEST_SEEN, FEWEST_VOTES
from ideenlab.insights.queries import content_of, find_map, titles_of
from ideenlab.insights.rules import may_show_opinions
from ideenlab.insights.views.door import blueprint

LARGEST_CIRCLE, MARGIN, NAMES = 16, 20, "ABCDE"


@dataclass(frozen=True)
class Circle:
    """A group in a picture 100 wide and 70 high; its area says how many people it has."""

    name: str
    size: int
    x: float
    y: float
    radius: float


@blueprint.get("/ideen/<slug>/meinungsbild")
@public
@same_for_visitors
def opinions(slug: str) -> ResponseReturnValue:
    """Groups of people who vote alike, as they were drawn last."""
    call = get_call(slug)
    if not may_show_opinions(call):
        raise NotFound
    found = find_map(call)
    content: dict[str, Any] = content_of(found) if found else {"groups": []}
    lists = [group["says"] for group in content["groups"]] + [content.get("unites", []), content.get("divides", [])]
    return render_template(
        "insights/opinions.html", call=call, found=found, content=content, circles=_circles(content["groups"]),
        titles=titles_of([row["idea"] for rows in lists for row in rows]), fewest_people=FEWEST_PEOPLE,
        fewest_votes=FEWEST_VOTES, fewest_seen=FEWEST_SEEN,
    )  # fmt: skip


@blueprint.get("/ideen/<slug>/meinungsbild.csv")
@public
def opinions_table(slug: str) -> ResponseReturnValue:
    """The shares behind the picture, one line for each idea and group."""
    call = get_call(slug)
    found = find_map(call)
    if not may_show_opinions(call) or found is None:
        raise NotFound
    rows = list(_lines(content_of(found)))
    titles = titles_of([row[2] for row in rows])
    heads = [_("List"), _("Group"), _("Idea"), _("For in percent"), _("Against in percent")]
    lines = [csv_line([*row[:2], titles[row[2]], *row[3:]]) for row in rows if row[2] in titles]
    answer = Response("".join([csv_line(heads), *lines]), mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename=f"meinungsbild-{slug}.csv")
    return answer


def _lines(content: dict[str, Any]) -> Iterator[tuple[str, str, int, int, int]]:
    """List, group, number of the idea, percent for, percent against."""
    for number, group in enumerate(content["groups"]):
        for row in group["says"]:
            yield _("What sets it apart"), NAMES[number], row["idea"], row["agree"], row["against"]
    for title, name in ((_("What unites"), "unites"), (_("What divides"), "divides")):
        for row in content.get(name, []):
            for number, shares in enumerate(zip(row["agree"], row["against"], strict=True)):
                yield title, NAMES[number], row["idea"], *shares


def _circles(groups: list[dict[str, Any]]) -> list[Circle]:
    if not groups:
        return []
    most = max(group["size"] for group in groups)
    xs, ys = _spread([group["x"] for group in groups], 100), _spread([group["y"] for group in groups], 70)
    return [
        Circle(NAMES[number], group["size"], x, y, round(LARGEST_CIRCLE * sqrt(group["size"] / most), 2))
        for number, (group, x, y) in enumerate(zip(groups, xs, ys, strict=True))
    ]


def _spread(places: list[float], length: int) -> list[float]:
    """From one margin to the other; all in the middle where they do not differ."""
    low, high = min(places), max(places)
    room = length - 2 * MARGIN
    return [round(MARGIN + room * (place - low) / (high - low) if high > low else length / 2, 2) for place in places]
