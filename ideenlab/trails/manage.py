from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.prototypes.queries import get_prototype
from ideenlab.trails import actions, queries
from ideenlab.trails.forms import OutcomeForm
from ideenlab.trails.models import Outcome
from ideenlab.trails.rules import may_tell_outcome_of

blueprint = Blueprint("manage_trails", __name__, url_prefix="/organisation")


@blueprint.route("/prototyp/<int:prototype_id>/danach", methods=["GET", "POST"])
@organiser
def outcomes(prototype_id: int) -> ResponseReturnValue:
    """What became of a prototype: what was told so far, and a form for more."""
    prototype, form = get_prototype(prototype_id), OutcomeForm()
    verdict = may_tell_outcome_of(me(), prototype, now())
    if form.validate_on_submit():
        try:
            actions.tell_outcome(me(), prototype=prototype, **form.given())
        except Invalid as error:
            refuse(form, error.field, str(error))
        else:
            flash(_("Everybody can read it now. The people of the idea are told."), "success")
            return _back(prototype_id)
    page = render_template(
        "trails/manage/outcomes.html", prototype=prototype, form=form, verdict=verdict,
        outcomes=queries.outcomes_of(prototype),
    )  # fmt: skip
    return page, 422 if form.errors else 200


@blueprint.route("/danach/<int:outcome_id>", methods=["GET", "POST"])
@organiser
def outcome(outcome_id: int) -> ResponseReturnValue:
    found = queries.get_outcome(outcome_id)
    form = OutcomeForm(obj=found)
    if form.validate_on_submit():
        try:
            actions.edit_outcome(me(), outcome=found, revision=form.seen_revision(), **form.given())
        except Invalid as error:
            refuse(form, error.field, str(error))
        else:
            flash(_("The changes are saved."), "success")
            return _back(found.prototype_id)
    if request.method == "GET":
        form.revision.data = found.revision
    return render_template("trails/manage/outcome.html", outcome=found, form=form), 422 if form.errors else 200


@blueprint.post("/danach/<int:outcome_id>/zurueckziehen")
@organiser
def withdraw(outcome_id: int) -> ResponseReturnValue:
    found: Outcome = queries.get_outcome(outcome_id)
    actions.withdraw_outcome(me(), outcome=found)
    flash(_("It is withdrawn. Nobody reads it any more."), "success")
    return _back(found.prototype_id)


@blueprint.post("/danach/<int:outcome_id>/zeigen")
@organiser
def show_again(outcome_id: int) -> ResponseReturnValue:
    found = queries.get_outcome(outcome_id)
    actions.show_outcome_again(me(), outcome=found)
    flash(_("Everybody can read it again."), "success")
    return _back(found.prototype_id)


def _back(prototype_id: int) -> ResponseReturnValue:
    return redirect(url_for("manage_trails.outcomes", prototype_id=prototype_id), 303)
