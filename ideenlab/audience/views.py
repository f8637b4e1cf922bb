"""The hall votes with printed codes, the stream with an account. Nothing here says how the vote stands."""

import io

from flask import Blueprint, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, public, signed_in, slowed, try_once, visitor
from ideenlab.accounts.actions import forget_tries
from ideenlab.accounts.queries import get_person
from ideenlab.accounts.rules import Slowed
from ideenlab.audience import actions
from ideenlab.audience.forms import ChoiceForm, HallForm
from ideenlab.audience.models import AudiencePrize
from ideenlab.audience.queries import CODE_LENGTH, choices_of, find_prize, plain_code, released_circles
from ideenlab.audience.rules import may_see_prize_result, may_vote, may_vote_on_stream
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid, NotFound
from ideenlab.core.forms import refuse
from ideenlab.core.security import limiter
from ideenlab.core.verdict import require
from ideenlab.core.web import begin_writing, slow_first
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import get_hackathon
from ideenlab.prototypes.models import Prototype
from ideenlab.prototypes.queries import get_prototype

CODES_TRIED = {"limit": 300, "wider_limit": 600, "overall_limit": 2000}  # wrong ones in a quarter of an hour: a hall

blueprint = Blueprint("audience", __name__)


@blueprint.app_context_processor
def for_templates() -> dict[str, object]:
    return {"audience_prize_of": find_prize}


@blueprint.route("/hackathon/<slug>/publikum", methods=["GET", "POST"])
@public
@slow_first
@limiter.limit("1200 per minute", methods=["POST"])
def vote(slug: str) -> ResponseReturnValue:
    """The hall's vote. A code in the address only fills the field: whether it is right is told by the button."""
    hackathon, prize = _with_prize(slug)
    verdict = may_vote(prize, now())
    if not verdict:
        return render_template(
            "audience/vote.html", hackathon=hackathon, prize=prize, verdict=verdict, form=None
        ), 200 if request.method == "GET" else 403
    form, status = HallForm.of(choices_of(hackathon, visitor())), 200
    if form.validate_on_submit():
        status = _vote_in_hall(hackathon.id, slug, form)
        if status == 303:
            return redirect(url_for("audience.thanks", slug=slug), 303)
        hackathon, prize = _with_prize(slug)
    elif form.errors:
        status = 422
    else:
        form.code.data = plain_code(request.args.get("code", ""))[:CODE_LENGTH]
    return render_template("audience/vote.html", hackathon=hackathon, prize=prize, verdict=verdict, form=form), status


def _vote_in_hall(hackathon_id: int, slug: str, form: HallForm) -> int:
    """What became of it, as the status of the answer; what is wrong stands in the form."""
    trying = slowed("audience code", str(hackathon_id), **CODES_TRIED)
    if not (allowed := try_once(trying)):
        refuse(form, "code", allowed.reason)
        return 429
    person_id = person.id if (person := visitor()) else None
    begin_writing()
    try:
        actions.vote_in_hall(
            get_person(person_id) if person_id else None, hackathon=get_hackathon(slug), code=form.code.data or "",
            prototype=_chosen(form),
        )  # fmt: skip
    except Invalid as problem:
        refuse(form, problem.field, str(problem))
        return 422
    _was_right(trying)
    return 303


def _was_right(trying: Slowed) -> None:
    """A hall has one address: whoever votes there shows that it is no guesser's alone."""
    forget_tries(trying)


def _chosen(form: ChoiceForm) -> Prototype | None:
    return get_prototype(int(form.prototype.data)) if form.prototype.data else None


@blueprint.route("/hackathon/<slug>/publikum/stream", methods=["GET", "POST"])
@signed_in
def stream(slug: str) -> ResponseReturnValue:
    """The vote of who follows from elsewhere: one for each person."""
    hackathon, prize = _with_prize(slug)
    verdict = may_vote_on_stream(me(), prize, now())
    if not verdict:
        return render_template(
            "audience/stream.html", hackathon=hackathon, prize=prize, verdict=verdict, form=None
        ), 200 if request.method == "GET" else 403
    form = ChoiceForm.of(choices_of(hackathon, me()))
    if form.validate_on_submit():
        try:
            actions.vote_on_stream(me(), hackathon=hackathon, prototype=_chosen(form))
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
        else:
            return redirect(url_for("audience.thanks", slug=slug), 303)
    page = render_template("audience/stream.html", hackathon=hackathon, prize=prize, verdict=verdict, form=form)
    return page, 422 if form.errors else 200


@blueprint.get("/hackathon/<slug>/publikum/danke")
@public
def thanks(slug: str) -> ResponseReturnValue:
    """The same for everybody: it says neither for whom, nor whether, somebody voted."""
    hackathon, prize = _with_prize(slug)
    return render_template("audience/thanks.html", hackathon=hackathon, prize=prize)


@blueprint.get("/hackathon/<slug>/publikumspreis")
@public
def result(slug: str) -> ResponseReturnValue:
    hackathon, prize = _with_prize(slug)
    verdict = may_see_prize_result(prize)
    circles = released_circles(prize) if verdict else []
    return render_template(
        "audience/result.html", hackathon=hackathon, prize=prize, verdict=verdict, circles=circles,
        may_vote=bool(may_vote(prize, now())),
    )  # fmt: skip


@blueprint.get("/hackathon/<slug>/publikumspreis.json")
@public
def protocol(slug: str) -> ResponseReturnValue:
    """Exactly the bytes whose SHA-256 stands on the page."""
    _hackathon, prize = _with_prize(slug)
    require(may_see_prize_result(prize))
    name = f"publikumspreis-{slug}.json"
    return send_file(
        io.BytesIO(prize.protocol.encode()), mimetype="application/json", as_attachment=True, download_name=name
    )  # fmt: skip


def _with_prize(slug: str) -> tuple[Hackathon, AudiencePrize]:
    hackathon = get_hackathon(slug)
    prize = find_prize(hackathon)
    if prize is None:
        raise NotFound
    return hackathon, prize
