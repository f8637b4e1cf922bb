from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.barriers.actions import answer_barrier
from ideenlab.barriers.forms import AnswerForm
from ideenlab.barriers.queries import barriers as every_barrier
from ideenlab.barriers.queries import get_barrier, open_barriers
from ideenlab.barriers.rules import is_late, may_answer_barrier
from ideenlab.core.clock import now
from ideenlab.core.i18n import gettext as _
from ideenlab.core.web import accepted

blueprint = Blueprint("manage_barriers", __name__, url_prefix="/organisation/barrieren")


@blueprint.get("")
@organiser
def barriers() -> ResponseReturnValue:
    time = now()
    return render_template("barriers/manage/barriers.html", barriers=every_barrier(), time=time, is_late=is_late)


@blueprint.route("/<int:barrier_id>", methods=["GET", "POST"])
@organiser
def barrier(barrier_id: int) -> ResponseReturnValue:
    found, form = get_barrier(barrier_id), AnswerForm()
    if accepted(form, lambda: answer_barrier(me(), barrier=found, answer=form.answer.data or "")):
        flash(_("The answer is kept, and sent if there was an address."), "success")
        return redirect(url_for("manage_barriers.barriers"), 303)
    page = render_template(
        "barriers/manage/barrier.html", barrier=found, form=form, time=now(), is_late=is_late,
        may_answer=may_answer_barrier(me(), found),
    )  # fmt: skip
    return page, 422 if form.errors else 200


@blueprint.app_context_processor
def give_barriers() -> dict[str, object]:
    """For the entrance of organisers and their day (decision 0007)."""
    return {"open_barriers": open_barriers}
