"""Who has handed in, and which team gets more time than all others."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.hackathons.queries import get_hackathon
from ideenlab.prototypes import actions
from ideenlab.prototypes.forms import LatePermitForm
from ideenlab.prototypes.queries import get_late_permit, handed_in_of, late_permits_of
from ideenlab.prototypes.rules import may_give_late_permit
from ideenlab.teams.queries import teams_of

blueprint = Blueprint("manage_prototypes", __name__, url_prefix="/organisation")


@blueprint.route("/hackathons/<slug>/abgaben", methods=["GET", "POST"])
@organiser
def hand_ins(slug: str) -> ResponseReturnValue:
    """Every team with what it handed in last, and the late permits."""
    hackathon, form = get_hackathon(slug), LatePermitForm()
    teams = {team.id: team for team in teams_of(hackathon)}
    form.team.choices = [(team.id, team.name) for team in teams.values()]
    if form.validate_on_submit():
        assert form.until.data is not None  # required
        try:
            actions.give_late_permit(
                me(), team=teams[form.team.data], until=form.until.data, reason=form.reason.data or ""
            )
        except Invalid as error:
            refuse(form, error.field, str(error))
        else:
            flash(_("The team may hand in later. Its members are told by mail."), "success")
            return redirect(url_for(".hand_ins", slug=slug), 303)
    handed_in = {prototype.team_id: (prototype, version) for prototype, version in handed_in_of(hackathon)}
    page = render_template(
        "prototypes/manage/hand_ins.html", hackathon=hackathon, form=form, teams=teams.values(), handed_in=handed_in,
        permits=late_permits_of(hackathon), now=now(), verdict=may_give_late_permit(me(), hackathon),
    )  # fmt: skip
    return page, 422 if form.errors or form.form_errors else 200


@blueprint.post("/hackathons/<slug>/abgaben/nachfrist/<int:permit_id>/zuruecknehmen")
@organiser
def end_late_permit(slug: str, permit_id: int) -> ResponseReturnValue:
    permit = get_late_permit(get_hackathon(slug), permit_id)
    actions.end_late_permit(me(), permit=permit)
    flash(_("The late permit has ended. What was handed in with it stays."), "success")
    return redirect(url_for(".hand_ins", slug=slug), 303)
