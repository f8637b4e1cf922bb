from dataclasses import dataclass
from math import sqrt
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public
from ideenlab.core.errors import NotFound
from ideenlab.core.page_cache import same_for_visitors
from ideenlab.ideas.queries import get_call
from ideenlab.insights.maths.grouping import FEWEST_PEOPLE
from ideenlab.insights.maths.opinions import FEWEST_SEEN, FEWEST_VOTES
from ideenlab.insights.queries import content_of, find_map, titles_of
from ideenlab.insights.rules import may_show_opinions
from ideenlab.insights.views.door import blueprint

LARGEST_CIRCLE, MARGIN = 16, 20


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


def _circles(groups: list[dict[str, Any]]) -> list[Circle]:
    if not groups:
        return []
    most = max(group["size"] for group in groups)
    xs, ys = _spread([group["x"] for group in groups], 100), _spread([group["y"] for group in groups], 70)
    return [
        Circle("ABCDE"[number], group["size"], x, y, round(LARGEST_CIRCLE * sqrt(group["size"] / most), 2))
        for number, (group, x, y) in enumerate(zip(groups, xs, ys, strict=True))
    ]


def _spread(places: list[float], length: int) -> list[float]:
    """From one margin to the other; all in the middle where they do not differ."""
    low, high = min(places), max(places)
    room = length - 2 * MARGIN
    return [round(MARGIN + room * (place - low) / (high - low) if high > low else length / 2, 2) for place in places]
