"""The order on the stage for everybody: the plan, the page for the hall, and the slides."""

from datetime import timedelta
from hashlib import sha256

from flask import Blueprint, make_response, render_template
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public, visitor
from ideenlab.core.clock import now
from ideenlab.core.errors import NotFound
from ideenlab.core.links import public_url
from ideenlab.core.page_cache import only_if_new, same_for_visitors
from ideenlab.core.qr import qr_picture
from ideenlab.core.verdict import Verdict
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import get_hackathon
from ideenlab.pitches.maths import lot_of
from ideenlab.pitches.models import PitchPlan
from ideenlab.pitches.queries import by_room, find_plan, is_as_drawn, pitches_of, stages_of, times_drawn, titles_of
from ideenlab.pitches.rules import may_plan_pitches, may_see_plan
from ideenlab.prototypes.queries import content_of
from ideenlab.prototypes.rules import may_see_every_prototype

SECONDS = 5  # between two questions of the page for the hall

blueprint = Blueprint("pitches", __name__)


@blueprint.app_context_processor
def for_templates() -> dict[str, object]:
    return {"pitch_plan_of": find_plan, "lot_of": lot_of, "one_minute": timedelta(minutes=1)}


@blueprint.get("/hackathon/<slug>/pitches")
@public
@same_for_visitors
def plan(slug: str) -> ResponseReturnValue:
    """Who pitches when and where, and how the order was drawn. What the teams made is shown with the gallery."""
    hackathon, found = _with_plan(slug)
    verdict = may_see_plan(visitor(), found)
    if not verdict:
        return _not_yet(hackathon, verdict)
    drawn = {"rooms": by_room(found), "times": times_drawn(found), "as_drawn": is_as_drawn(found)}
    return render_template(
        "pitches/plan.html", hackathon=hackathon, plan=found, titles=_titles(hackathon), **drawn
    )  # fmt: skip


@blueprint.get("/hackathon/<slug>/halle")
@public
@same_for_visitors
def hall(slug: str) -> ResponseReturnValue:
    """Now, next, after that: in big type, for the screen beside the stage."""
    hackathon, found = _with_plan(slug)
    verdict = may_see_plan(visitor(), found)
    if not verdict:
        return _not_yet(hackathon, verdict)
    shown, address = _hall(hackathon, found), public_url("pitches.plan", slug=slug)
    return render_template(
        "pitches/hall.html", hackathon=hackathon, version=_version(render_template("pitches/_hall.html", **shown)),
        seconds=SECONDS, at=now(), address=address, picture=qr_picture(address), **shown,
    )  # fmt: skip


@blueprint.get("/hackathon/<slug>/halle/stand")
@public
@same_for_visitors
def hall_now(slug: str) -> ResponseReturnValue:
    """What the page for the hall shows now, as a part of it; 304 for who has it already."""
    hackathon, found = _with_plan(slug)
    if not may_see_plan(visitor(), found):
        raise NotFound
    part = render_template("pitches/_hall.html", **_hall(hackathon, found))
    answer = make_response(part)
    answer.set_etag(_version(part))
    return only_if_new(answer)


def _hall(hackathon: Hackathon, found: PitchPlan) -> dict[str, object]:
    return {"plan": found, "stages": stages_of(found), "titles": _titles(hackathon)}


def _version(part: str) -> str:
    return sha256(part.encode()).hexdigest()[:20]


@blueprint.get("/hackathon/<slug>/buehne")
@blueprint.get("/hackathon/<slug>/buehne/<int:place>")
@public
def stage(slug: str, place: int = 1) -> ResponseReturnValue:
    """One team on one slide, in the order of the plan, with a timer. The arrow keys turn the slides."""
    hackathon, found = _with_plan(slug)
    verdict = may_see_plan(visitor(), found) and may_see_every_prototype(visitor(), hackathon, now())
    if not verdict:
        return _not_yet(hackathon, verdict)
    pitches = pitches_of(hackathon)
    if not pitches or not 1 <= place <= len(pitches):
        raise NotFound
    pitch, person = pitches[place - 1], visitor()
    hand_in = titles_of(hackathon).get(pitch.prototype_id)
    return render_template(
        "pitches/stage.html", hackathon=hackathon, plan=found, pitch=pitch, place=place, last=len(pitches),
        content=content_of(hand_in) if hand_in else None, at=now(), coming=pitches[place : place + 1],
        may_steer=bool(person and may_plan_pitches(person, hackathon)),
    )  # fmt: skip


def _titles(hackathon: Hackathon) -> dict[int, str]:
    """What the prototypes are called, for who may see them."""
    if not may_see_every_prototype(visitor(), hackathon, now()):
        return {}
    return {number: hand_in.title for number, hand_in in titles_of(hackathon).items()}


def _not_yet(hackathon: Hackathon, verdict: Verdict) -> ResponseReturnValue:
    return render_template("pitches/_not_yet.html", hackathon=hackathon, verdict=verdict), 403


def _with_plan(slug: str) -> tuple[Hackathon, PitchPlan]:
    hackathon = get_hackathon(slug)
    found = find_plan(hackathon)
    if found is None:
        raise NotFound
    return hackathon, found
