"""Organisers share prototypes out among the jury, and fill what is missing."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.core.clock import now
from ideenlab.core.errors import Conflict, Invalid, NotFound
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.web import begin_reading
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import get_any_hackathon
from ideenlab.jury.actions import accept_plan, add_assignment, take_assignment
from ideenlab.jury.forms import AcceptForm, AssignmentForm
from ideenlab.jury.manage.door import blueprint
from ideenlab.jury.queries import (
    assignments_of,
    begun_pairs,
    conflicting_pairs,
    gaps_of,
    get_juror,
    get_prototype_for_jury,
    jurors_of,
    pairs_of,
    propose_plan,
    rules_of,
    to_be_scored,
)
from ideenlab.jury.rules import may_share_out


@blueprint.get("/hackathons/<slug>/jury/verteilung")
@organiser
def assignment(slug: str) -> ResponseReturnValue:
    """The plan that holds, what is missing in it, and the one that is proposed."""
    return _page(get_any_hackathon(slug), AssignmentForm())


@blueprint.post("/hackathons/<slug>/jury/verteilung/plan")
@organiser
def accepted_plan(slug: str) -> ResponseReturnValue:
    hackathon = get_any_hackathon(slug)
    try:
        accept_plan(me(), hackathon=hackathon, mark=AcceptForm().mark.data or "")
    except Conflict as error:
        begin_reading()
        return _page(get_any_hackathon(slug), AssignmentForm(formdata=None), refused=str(error)), 409
    flash(_("The plan holds. Everybody whose list has changed is told."), "success")
    return redirect(url_for(".assignment", slug=slug), 303)


@blueprint.post("/hackathons/<slug>/jury/verteilung")
@organiser
def added_assignment(slug: str) -> ResponseReturnValue:
    """One more juror for a prototype: by hand, or as a replacement that was proposed."""
    hackathon, form = get_any_hackathon(slug), AssignmentForm()
    form.offer(to_be_scored(hackathon), jurors_of(hackathon))
    if form.validate_on_submit():
        try:
            added = add_assignment(
                me(), hackathon=hackathon, prototype=get_prototype_for_jury(int(form.prototype.data)),
                juror=get_juror(hackathon, int(form.juror.data)),
                source="replacement" if request.form.get("gap") else "added",
            )  # fmt: skip
        except Invalid as error:
            refuse(form, error.field, str(error))
        else:
            flash(_("%(name)s scores the team “%(team)s”, too.", name=added.juror.name, team=added.prototype.team.name),
                  "success")  # fmt: skip
            return redirect(url_for(".assignment", slug=slug), 303)
    return _page(hackathon, form), 422


@blueprint.post("/hackathons/<slug>/jury/verteilung/<int:prototype_id>/<int:juror_id>/wegnehmen")
@organiser
def taken_assignment(slug: str, prototype_id: int, juror_id: int) -> ResponseReturnValue:
    hackathon = get_any_hackathon(slug)
    prototype, juror = get_prototype_for_jury(prototype_id), get_juror(hackathon, juror_id)
    if prototype.hackathon_id != hackathon.id:
        raise NotFound
    try:
        take_assignment(me(), hackathon=hackathon, prototype=prototype, juror=juror)
        flash(_("%(name)s does not score the team “%(team)s”.", name=juror.name, team=prototype.team.name), "success")
    except Invalid as error:
        flash(str(error), "warning")
    return redirect(url_for(".assignment", slug=slug), 303)


def _page(hackathon: Hackathon, form: AssignmentForm, *, refused: str = "") -> str:
    rules, prototypes, jurors = rules_of(hackathon), to_be_scored(hackathon), jurors_of(hackathon)
    form.offer(prototypes, jurors)
    with_plan = rules.panel == "plan" and prototypes and jurors
    standing = assignments_of(hackathon)
    return render_template(
        "jury/manage/assignment.html", hackathon=hackathon, rules=rules, form=form, refused=refused,
        standing=standing, begun=begun_pairs(hackathon), conflicts=conflicting_pairs(hackathon),
        gaps=gaps_of(hackathon) if with_plan and standing else [],
        proposal=propose_plan(hackathon) if with_plan else None,
        undecided=sum(pair.is_waiting for pair in pairs_of(hackathon)),
        may_share_out=may_share_out(me(), hackathon, now()),
    )  # fmt: skip
