import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import juror, me, public, sign_in_browser, visitor
from ideenlab.accounts.actions import forget_tries, write_try
from ideenlab.accounts.rules import may_try, slow_down
from ideenlab.core.attachment import attachment, shown_picture
from ideenlab.core.clock import now
from ideenlab.core.errors import Conflict, Gone, Invalid, NotAllowed, NotFound
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import in_city_time, ngettext, number
from ideenlab.core.page_cache import same_for_visitors
from ideenlab.core.security import network, wider_network
from ideenlab.core.text import safe_html
from ideenlab.core.verdict import YES, Verdict, no, require
from ideenlab.core.web import begin_writing, keep_first, slow_first
from ideenlab.hackathons.queries import get_hackathon
from ideenlab.jury.actions import accept_invitation, is_code_of, reopen_ballot, score_prototype
from ideenlab.jury.forms import BallotForm, ConfirmForm, InvitationForm, ballot_form
from ideenlab.jury.maths import half_up
from ideenlab.jury.models import BallotRevision, Juror
from ideenlab.jury.queries import (
    Seat,
    comments_for,
    criteria_of,
    find_juror_by_invitation,
    find_result,
    find_seat,
    get_prototype_for_jury,
    is_frozen,
    queue_of,
    rules_of,
    scores_of,
)  # fmt: skip
from ideenlab.jury.rules import (
    may_accept_invitation,
    may_read_hand_in,
    may_reopen_ballot,
    may_score,
    may_see_result,
    scoring_has_begun,
    scoring_is_open,
)  # fmt: skip
from ideenlab.prototypes import queries as handed_in
from ideenlab.prototypes.models import Prototype
from ideenlab.teams.queries import find_team_of

blueprint = Blueprint("jury", __name__)


@blueprint.app_template_filter("points")
def points(value: Fraction | str, digits: int = 2) -> str:
    """Exact points as people read them: rounded half up, German with a comma."""
    return number(float(half_up(Fraction(value), digits)), digits)


@blueprint.app_template_filter("share")
def share(weight: Decimal, total: Decimal) -> str:
    """A weight in per cent of all weights."""
    return number(float(half_up(Fraction(weight) * 100 / Fraction(total), 1)))


@blueprint.get("/jury")
@juror
def queue() -> ResponseReturnValue:
    """What a juror has to do, hackathon by hackathon: what can be scored now comes first."""
    at = now()
    juries = [
        (juror, items, scoring_is_open(juror.hackathon, at), scoring_has_begun(juror.hackathon, at))
        for juror, items in queue_of(me())
    ]
    juries.sort(key=lambda jury: not jury[2])
    return render_template("jury/queue.html", juries=juries, now=at)


@blueprint.route("/jury/prototyp/<int:prototype_id>", methods=["GET", "POST"])
@juror
def ballot(prototype_id: int) -> ResponseReturnValue:
    prototype = get_prototype_for_jury(prototype_id)
    seat = find_seat(me(), prototype)
    require(may_read_hand_in(me(), prototype, now(), seat=seat))
    form = _form(prototype, seat)
    if request.method == "GET":
        return _page(prototype, seat, form)
    try:
        if form.validate():
            _save(prototype, form)
            return _next_page(prototype, form)
    except Invalid as error:
        refuse(form, error.field, str(error))
    except NotAllowed as error:
        return _page(prototype, seat, form, refused=str(error)), 403
    form.renew()
    return _page(prototype, seat, form), 422


@blueprint.get("/jury/prototyp/<int:prototype_id>/datei/<int:file_id>")
@juror
def file(prototype_id: int, file_id: int) -> ResponseReturnValue:
    """A file of the version that counts, for the jury of this hackathon; for all others it does not exist."""
    attached = handed_in.get_file(prototype_id, file_id)
    if not may_read_hand_in(me(), attached.prototype, now()) or not handed_in.is_file_handed_in(attached):
        raise NotFound
    kept = attached.file
    return attachment(kept.key, name=kept.name, media_type=kept.media_type, size=kept.size)


@blueprint.get("/jury/prototyp/<int:prototype_id>/bild/<key>/<int:width>")
@juror
def screenshot(prototype_id: int, key: str, width: int) -> ResponseReturnValue:
    found, size = handed_in.get_screenshot(key, width)
    allowed = found.prototype_id == prototype_id and may_read_hand_in(me(), found.prototype, now())
    if not allowed or not handed_in.is_screenshot_handed_in(found):
        raise NotFound
    return shown_picture(size.file.key, sha256=size.file.sha256, size=size.file.size, everybody=False)


@blueprint.post("/jury/prototyp/<int:prototype_id>/zwischenstand")
@juror
def autosave(prototype_id: int) -> ResponseReturnValue:
    """The same save as by the button, answered in JSON for the page that saves by itself."""
    prototype = get_prototype_for_jury(prototype_id)
    form = _form(prototype, find_seat(me(), prototype))
    form.submitting = False
    here = url_for(".ballot", prototype_id=prototype.id)
    try:
        if form.validate():
            saved = _save(prototype, form)
            left = _left(form.left)
            return {"revision": saved.number, "message": _saved_at(saved), "left": left}
    except Conflict as error:
        return {"message": str(error), "url": here, "mine": error.mine, "stored": error.stored}, 409
    except NotAllowed as error:
        return {"message": str(error), "url": here}, 403
    except Invalid as error:
        refuse(form, error.field, str(error))
    return {"message": next(iter(form.form_errors or _first_errors(form))), "url": here}, 422


@blueprint.post("/jury/prototyp/<int:prototype_id>/oeffnen")
@juror
def reopen(prototype_id: int) -> ResponseReturnValue:
    prototype = get_prototype_for_jury(prototype_id)
    reopen_ballot(me(), prototype=prototype, revision=ConfirmForm().revision.data)
    flash(_("The ballot is open again. It counts when you hand it in again."), "info")
    return redirect(url_for(".ballot", prototype_id=prototype.id), 303)


@blueprint.route("/jury/einladung/<token>", methods=["GET", "POST"])
@public
@slow_first
def invitation(token: str) -> ResponseReturnValue:
    """Link and code together sign a juror in, on as many devices as they like."""
    invited = _invited(token)
    form = InvitationForm(data={"name": invited.name})
    if form.validate_on_submit():
        allowed = _try_code(invited, token, form.code.data)
        if allowed:
            begin_writing()
            invited = _invited(token)
            sign_in_browser(accept_invitation(invited, name=form.name.data))
            return redirect(url_for(".queue"), 303)
        refuse(form, "code", allowed.reason)
    page = render_template("jury/invitation.html", hackathon=invited.hackathon, form=form)
    return page, 422 if request.method == "POST" else 200


def _invited(token: str) -> Juror:
    found = find_juror_by_invitation(token)
    if found is None or not may_accept_invitation(found):
        raise Gone
    return found


def _try_code(invited: Juror, token: str, code: str) -> Verdict:
    """Guessing is slowed, counted in the database; a right code forgets the wrong ones before it."""
    slowed = slow_down("jury-code", token, network=network(), wider_network=wider_network())
    keep_first(lambda: write_try(slowed))
    allowed = may_try(slowed, now(), written=True)
    if not allowed:
        return allowed
    if not is_code_of(_invited(token), secret=token, code=code):
        return no(_("This code does not belong to this link. Please check it, or ask the organisers for a new one."))
    keep_first(lambda: forget_tries(slowed))
    return YES


def _form(prototype: Prototype, seat: Seat) -> BallotForm:
    criteria = criteria_of(prototype.hackathon)
    scores = scores_of(seat.ballot) if request.method == "GET" else {}  # else the form holds what was sent
    return ballot_form(criteria, rules_of(prototype.hackathon), ballot=seat.ballot, scores=scores)


def _save(prototype: Prototype, form: BallotForm) -> BallotRevision:
    return score_prototype(
        me(), prototype=prototype, half_points=form.half_points, excuses=form.excuses, comment=form.comment.data,
        note=form.note.data, revision=form.revision.data, save_id=form.save_id.data, submit=form.submitting,
    )  # fmt: skip


def _next_page(prototype: Prototype, form: BallotForm) -> ResponseReturnValue:
    if form.submitting:
        hand_in = handed_in.latest_hand_in(prototype)  # never the draft's title: the team has not shown that to anybody
        title = hand_in.title if hand_in else prototype.team.name
        flash(_("Your ballot for “%(title)s” is handed in.", title=title), "success")
        return redirect(url_for(".queue") + f"#{prototype.hackathon.slug}", 303)
    flash(_("Saved. It counts when you hand it in."), "success")
    return redirect(url_for(".ballot", prototype_id=prototype.id), 303)


def _page(prototype: Prototype, seat: Seat, form: BallotForm, *, refused: str = "") -> str:
    hand_in = handed_in.latest_hand_in(prototype)
    if hand_in is None:
        raise NotFound
    moment = now()
    return render_template(
        "jury/ballot.html", prototype=prototype, hackathon=prototype.hackathon, hand_in=hand_in,
        content=handed_in.content_of(hand_in), description=safe_html(hand_in.description_html), ballot=seat.ballot,
        form=form, refused=refused, left=_left(form.left),
        may_score=may_score(me(), prototype, moment, seat=seat),
        may_reopen=may_reopen_ballot(me(), prototype, moment, seat=seat),
    )  # fmt: skip


def _left(left: int) -> str:
    if not left:
        return str(_("Every criterion is filled in."))
    return str(ngettext("%(num)s criterion is still open.", "%(num)s criteria are still open.", left))


def _saved_at(saved: BallotRevision) -> str:
    return str(_("Saved at %(time)s.", time=f"{in_city_time(saved.saved_at):%H:%M:%S}"))


def _first_errors(form: BallotForm) -> list[str]:
    return [errors[0] for errors in form.errors.values() if errors]


@blueprint.get("/hackathon/<slug>/bewertung")
@public
def rules(slug: str) -> ResponseReturnValue:
    """How the jury scores, for everybody, before it begins."""
    hackathon = get_hackathon(slug)
    criteria = criteria_of(hackathon)
    return render_template(
        "jury/rules.html", hackathon=hackathon, criteria=criteria, rules=rules_of(hackathon),
        frozen=is_frozen(hackathon), total=sum(criterion.weight for criterion in criteria),
    )  # fmt: skip


@blueprint.get("/hackathon/<slug>/ergebnis")
@public
@same_for_visitors
def result(slug: str) -> ResponseReturnValue:
    """The published result, from its protocol alone; before that the same page for everybody."""
    hackathon = get_hackathon(slug)
    found = find_result(hackathon)
    verdict = may_see_result(hackathon, found)
    if found is None:
        return render_template("jury/result.html", hackathon=hackathon, result=None, reason=verdict.reason), 404
    protocol = json.loads(found.protocol)
    return render_template(
        "jury/result.html",
        hackathon=hackathon,
        result=found,
        protocol=protocol,
        comments=_comments(hackathon, protocol),
    )


def _comments(hackathon: Any, protocol: dict[str, Any]) -> list[str]:
    """What the jury wrote to the visitor's own team."""
    team = find_team_of(person, hackathon) if (person := visitor()) else None
    prototype = handed_in.find_prototype_of(team) if team else None
    scored = {row["number"] for row in protocol["prototypes"]}
    return comments_for(prototype.id) if prototype and prototype.id in scored else []


@blueprint.get("/hackathon/<slug>/ergebnis/protokoll.json")
@public
def protocol(slug: str) -> ResponseReturnValue:
    """The bytes whose hash is published."""
    hackathon = get_hackathon(slug)
    found = find_result(hackathon)
    if found is None:
        raise NotFound
    name = f"attachment; filename=ergebnis-{hackathon.slug}.json"
    return Response(found.protocol, mimetype="application/json", headers={"Content-Disposition": name})
