import json
from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import juror, me
from ideenlab.core.clock import now
from ideenlab.core.errors import Conflict, Invalid, NotAllowed, NotFound
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import in_city_time, ngettext
from ideenlab.core.text import safe_html
from ideenlab.core.verdict import require
from ideenlab.jury.actions import confirm_ballot, reopen_ballot, score_prototype
from ideenlab.jury.forms import BallotForm, ConfirmForm, ballot_form
from ideenlab.jury.models import BallotRevision, Score
from ideenlab.jury.queries import (
    Difference,
    Seat,
    criteria_of,
    differences,
    earlier_points,
    find_seat,
    get_prototype_for_jury,
    rules_in_force,
    rules_of,
    scores_of,
    versions_of,
    way_of,
)
from ideenlab.jury.rules import (
    may_confirm_ballot,
    may_read_hand_in,
    may_reopen_ballot,
    may_score,
)  # fmt: skip
from ideenlab.jury.views.blueprint import blueprint
from ideenlab.prototypes import queries as handed_in
from ideenlab.prototypes.models import Prototype


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
            return {"revision": saved.number, "message": _saved_at(saved.saved_at), "left": left}
    except Conflict as error:
        return _both_versions(prototype, error, here), 409
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


@blueprint.post("/jury/prototyp/<int:prototype_id>/bestaetigen")
@juror
def confirm(prototype_id: int) -> ResponseReturnValue:
    """The rules were changed, the ballot stays."""
    prototype = get_prototype_for_jury(prototype_id)
    here = redirect(url_for(".ballot", prototype_id=prototype.id), 303)
    try:
        confirm_ballot(me(), prototype=prototype, revision=ConfirmForm().revision.data)
    except Invalid as error:
        flash(f"{error} " + str(_("Please open the ballot again and fill this in.")), "error")
        return here
    flash(_("Your ballot is confirmed under the new rules."), "success")
    return here


def _form(prototype: Prototype, seat: Seat) -> BallotForm:
    criteria = criteria_of(prototype.hackathon)
    scores = scores_of(seat.ballot) if request.method == "GET" else {}  # else the form holds what was sent
    return ballot_form(criteria, rules_of(prototype.hackathon), ballot=seat.ballot, scores=scores)


def _save(prototype: Prototype, form: BallotForm) -> BallotRevision:
    return score_prototype(
        me(), prototype=prototype, half_points=form.half_points, excuses=form.excuses, remarks=form.remarks,
        revision=form.revision.data, save_id=form.save_id.data, submit=form.submitting,
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
        form=form, refused=refused, left=_left(form.left), left_texts=_left_texts(), seat=seat,
        saved_at=_saved_at(seat.ballot.changed_at) if seat.ballot else "",
        way=way_of(seat.juror, prototype) if seat.juror else None,
        earlier=_earlier(prototype, seat),
        may_score=may_score(me(), prototype, moment, seat=seat),
        may_reopen=may_reopen_ballot(me(), prototype, moment, seat=seat),
        may_confirm=may_confirm_ballot(me(), prototype, moment, seat=seat), changes=_changes(prototype, seat),
    )  # fmt: skip


def _earlier(prototype: Prototype, seat: Seat) -> dict[int, dict[int, Score]]:
    """The juror's own points of the rounds before."""
    if seat.juror is None or seat.round is None:
        return {}
    return earlier_points(seat.juror, prototype, round_number=seat.round.number)


def _changes(prototype: Prototype, seat: Seat) -> list[Difference]:
    """What is different since the rules under which the ballot was saved."""
    if seat.ballot is None or seat.current_version_confirmed:
        return []
    written = {version.number: json.loads(version.content) for version in versions_of(prototype.hackathon)}
    before = written.get(seat.ballot.rules_version)
    return differences(before, rules_in_force(prototype.hackathon)) if before else []


def _both_versions(prototype: Prototype, error: Conflict, here: str) -> dict[str, object]:
    """With the revision that is stored, where the juror may still put their own in its place."""
    told: dict[str, object] = {"message": str(error), "url": here, "mine": error.mine, "stored": error.stored}
    ballot = find_seat(me(), prototype).ballot
    return told | {"stored_revision": ballot.revision} if ballot and ballot.state == "open" else told


def _left(left: int) -> str:
    if not left:
        return str(_("Every criterion is filled in."))
    return str(ngettext("%(num)s criterion is still open.", "%(num)s criteria are still open.", left))


def _left_texts() -> list[str]:
    """For one and for many, to be filled in by the page itself."""
    return [_left(1), _left(2).replace("2", "{n}")]


def _saved_at(moment: datetime) -> str:
    return str(_("Saved at %(time)s.", time=f"{in_city_time(moment):%H:%M:%S}"))


def _first_errors(form: BallotForm) -> list[str]:
    return [errors[0] for errors in form.errors.values() if errors]
