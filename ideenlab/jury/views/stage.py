"""The ceremony on a projector: what was shown last, in big type. Looking at it shows nothing; organisers press."""

from hashlib import sha256
from typing import Any

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public, visitor
from ideenlab.core.clock import now
from ideenlab.core.page_cache import only_if_new, same_for_visitors
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import get_hackathon
from ideenlab.jury.maths.ceremony import Step, awards_of, next_step
from ideenlab.jury.models import Result
from ideenlab.jury.queries import find_sealed_or_published, latest_reveal, read_protocol, revealed_of
from ideenlab.jury.rules import may_reveal
from ideenlab.jury.views.blueprint import blueprint
from ideenlab.jury.views.results import public_awards

SECONDS = 3  # between two questions of a second screen


@blueprint.get("/hackathon/<slug>/ergebnis/buehne")
@public
@same_for_visitors
def stage(slug: str) -> ResponseReturnValue:
    """The same page for everybody; who may show the next place has a button and a key for it."""
    hackathon = get_hackathon(slug)
    found = find_sealed_or_published(hackathon)
    shown = _on_stage(hackathon, found)
    return render_template(
        "jury/stage.html", version=_version(render_template("jury/_stage.html", **shown)), seconds=SECONDS,
        coming=_coming(found), may_steer=_may_steer(found), **shown,
    )  # fmt: skip


@blueprint.get("/hackathon/<slug>/ergebnis/buehne/stand")
@public
@same_for_visitors
def stage_now(slug: str) -> ResponseReturnValue:
    """What the stage shows now, as a part of the page; 304 for who has it already."""
    hackathon = get_hackathon(slug)
    part = render_template("jury/_stage.html", **_on_stage(hackathon, find_sealed_or_published(hackathon)))
    answer = make_response(part)
    answer.set_etag(_version(part))
    return only_if_new(answer)


def _version(part: str) -> str:
    return sha256(part.encode()).hexdigest()[:20]


def _on_stage(hackathon: Hackathon, found: Result | None) -> dict[str, Any]:
    """`current`: the prize that was shown last, with its places so far; `before`: the others that were shown."""
    awards = public_awards(found)
    latest = latest_reveal(found) if found else None
    current = next((shown for shown in awards if latest and shown.award.number == latest.prize), None)
    bands = bool(found and awards and read_protocol(found)["rules"]["content"]["rules"]["shows_bands"])
    return {
        "hackathon": hackathon, "current": current, "latest": latest, "bands": bands,
        "before": [shown for shown in awards if shown is not current],
    }  # fmt: skip


def _may_steer(found: Result | None) -> bool:
    person = visitor()
    return bool(person and found and may_reveal(person, found, now()))


def _coming(found: Result | None) -> Step | None:
    if found is None or not _may_steer(found):
        return None
    return next_step(awards_of(read_protocol(found)), revealed_of(found))
