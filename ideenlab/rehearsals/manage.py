from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.core.clock import now
from ideenlab.core.i18n import gettext as _
from ideenlab.hackathons.models import WINDOWS
from ideenlab.hackathons.queries import get_any_hackathon
from ideenlab.rehearsals import actions, queries
from ideenlab.rehearsals.forms import StepForm
from ideenlab.rehearsals.rules import may_start_rehearsal

blueprint = Blueprint("manage_rehearsals", __name__, url_prefix="/organisation/hackathons/<slug>/probelauf")


@blueprint.route("", methods=["GET", "POST"])
@organiser
def rehearsal(slug: str) -> ResponseReturnValue:
    """Of the hackathon with this address, or the rehearsal itself."""
    given, form = get_any_hackathon(slug), StepForm()
    found = given if given.rehearsal_of_id else queries.find_rehearsal(given)
    if form.validate_on_submit():
        if found is None:
            actions.start_rehearsal(me(), hackathon=given)
            flash(_("The rehearsal is there. Nothing is open in it yet."), "success")
        else:
            actions.take_next_step(me(), rehearsal=found, step=form.step.data or "")
            flash(_("The next step is taken."), "success")
        return redirect(url_for("manage_rehearsals.rehearsal", slug=slug), 303)
    return render_template(
        "rehearsals/manage/rehearsal.html", hackathon=given, rehearsal=found, form=form, steps=WINDOWS,
        step=queries.step_of(found) if found else None, coming=queries.next_step(found) if found else None,
        verdict=may_start_rehearsal(me(), given, now()),
    )  # fmt: skip


@blueprint.post("/loeschen")
@organiser
def wipe(slug: str) -> ResponseReturnValue:
    found = queries.get_rehearsal(slug)
    original = queries.get_original(found).slug
    actions.wipe_rehearsal(me(), rehearsal=found)
    flash(_("The rehearsal is wiped. Nothing of it is left."), "success")
    return redirect(url_for("manage_rehearsals.rehearsal", slug=original), 303)
