"""What everybody may read: the rules, the result as far as it was shown, and its protocol."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public, visitor
from ideenlab.core.attachment import made_just_now
from ideenlab.core.page_cache import same_for_visitors
from ideenlab.core.verdict import require
from ideenlab.hackathons.queries import get_hackathon
from ideenlab.jury.maths.ceremony import Award, awards_of, bands_among
from ideenlab.jury.models import Result
from ideenlab.jury.queries import (
    find_sealed_or_published,
    get_result,
    read_protocol,
    revealed_of,
    withdrawn_results,
)
from ideenlab.jury.queries.sections import band_lines, first_chance, front_lines, percent, sections_of, tie_lines
from ideenlab.jury.rules import may_read_protocol, may_see_result
from ideenlab.jury.views.blueprint import blueprint
from ideenlab.jury.views.paper import protocol_sheet


@dataclass(frozen=True)
class Shown:
    """A prize as far as it is public: its places, best first, and what is said beside them."""

    award: Award
    steps: Collection[Any]
    bands: Collection[str]


def shown_awards(protocol: Mapping[str, Any], revealed: Collection[tuple[int, int]] | None) -> list[Shown]:
    """`revealed`: prizes and places that were shown on stage; None when all is published."""
    titles = {row["number"]: row["title"] for row in protocol["prototypes"]}
    found = []
    for award in awards_of(protocol):
        steps = award.shown({step.key for step in award.steps} if revealed is None else revealed)
        known = {winner.prototype for step in steps for winner in step.winners}
        if steps:
            found.append(Shown(award, steps, band_lines(bands_among(award, known), titles)))
    return found


@blueprint.get("/hackathon/<slug>/ergebnis")
@public
@same_for_visitors
def result(slug: str) -> ResponseReturnValue:
    """From the protocol alone. Before it is published: what was shown on stage, or the same page for everybody."""
    hackathon = get_hackathon(slug)
    found = find_sealed_or_published(hackathon)
    published = found if found and found.published_at else None
    awards = public_awards(found)
    page = render_template(
        "jury/result.html", hackathon=hackathon, result=published, awards=awards,
        withdrawn=withdrawn_results(hackathon), reason=may_see_result(hackathon, published).reason,
        **(_whole(published) if published else {}),
    )  # fmt: skip
    return page, 200 if awards else 404


def public_awards(found: Result | None) -> list[Shown]:
    """What may be seen by everybody now; nothing of a sealed result that was not shown yet."""
    if found is None:
        return []
    revealed = None if found.published_at else revealed_of(found)
    return shown_awards(read_protocol(found), revealed) if revealed is None or revealed else []


def _whole(found: Result) -> dict[str, object]:
    protocol = read_protocol(found)
    names = {row["number"]: row for row in protocol["prototypes"]}
    titles = {number: row["title"] for number, row in names.items()}
    return {
        "protocol": protocol, "rows": [{**row, **names[row["prototype"]]} for row in protocol["figures"]["order"]],
        "bands": band_lines(protocol["figures"]["bands"], titles), "ties": tie_lines(protocol, names),
        "front": front_lines(protocol, names), "chance": lambda row: percent(first_chance(row)),
        "readable": may_read_protocol(visitor(), found),
    }  # fmt: skip


@blueprint.get("/hackathon/<slug>/ergebnis/protokoll")
@blueprint.get("/hackathon/<slug>/ergebnis/<int:number>/protokoll")
@public
def protocol(slug: str, number: int = 0) -> ResponseReturnValue:
    """Everything of the file, to be read."""
    found = _readable(slug, number)
    return render_template(
        "jury/protocol.html", hackathon=found.hackathon, result=found, sections=sections_of(read_protocol(found))
    )  # fmt: skip


@blueprint.get("/hackathon/<slug>/ergebnis/protokoll.json")
@blueprint.get("/hackathon/<slug>/ergebnis/<int:number>/protokoll.json")
@public
def protocol_json(slug: str, number: int = 0) -> ResponseReturnValue:
    """The bytes whose hash is published."""
    found = _readable(slug, number)
    name = f"attachment; filename=ergebnis-{slug}-{found.number}.json"
    return Response(found.protocol, mimetype="application/json", headers={"Content-Disposition": name})


@blueprint.get("/hackathon/<slug>/ergebnis/protokoll.pdf")
@blueprint.get("/hackathon/<slug>/ergebnis/<int:number>/protokoll.pdf")
@public
def protocol_pdf(slug: str, number: int = 0) -> ResponseReturnValue:
    found = _readable(slug, number)
    content = protocol_sheet(found, sections_of(read_protocol(found)))
    return made_just_now(content, name=f"ergebnis-{slug}-{found.number}.pdf", media_type="application/pdf")


def _readable(slug: str, number: int) -> Result:
    """0: the one that holds. One that was withdrawn stays readable by its number."""
    found = get_result(get_hackathon(slug), number)
    require(may_read_protocol(visitor(), found))
    return found
