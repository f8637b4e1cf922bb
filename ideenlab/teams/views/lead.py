from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, signed_in
from ideenlab.accounts.queries import get_person
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid
from ideenlab.core.forms import Form, refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.teams import actions, queries
from ideenlab.teams.forms import HandOverForm, ReasonForm
from ideenlab.teams.rules import may_dissolve_team, may_hand_over_lead, may_remove_member
from ideenlab.teams.views.door import blueprint, to_team


@blueprint.route("/team/<int:team_id>/leitung", methods=["GET", "POST"])
@signed_in
def handing_over(team_id: int) -> ResponseReturnValue:
    team = queries.get_team(team_id)
    verdict = may_hand_over_lead(me(), team, now())
    require(verdict)
    form = HandOverForm()
    form.offer([member for member in queries.members_of(team) if member.id != team.lead_id])
    if form.validate_on_submit():
        try:
            actions.hand_over_lead(me(), team=team, to=get_person(int(form.member.data)))
        except Invalid as error:
            refuse(form, error.field, str(error))
        else:
            flash(_("The team has a new lead."), "success")
            return to_team(team)
    return render_template("teams/handing_over.html", team=team, form=form), 422 if form.errors else 200


@blueprint.route("/team/<int:team_id>/mitglied/<int:person_id>/entfernen", methods=["GET", "POST"])
@signed_in
def removal(team_id: int, person_id: int) -> ResponseReturnValue:
    team, member, form = queries.get_team(team_id), get_person(person_id), ReasonForm()
    require(may_remove_member(me(), team, member, now()))
    if form.validate_on_submit():
        try:
            actions.remove_member(me(), team=team, member=member, reason=form.reason.data)
        except Invalid as error:
            refuse(form, error.field, str(error))
        else:
            flash(_("%(name)s is not in the team any more. The team has a new code.", name=member.pseudonym), "success")
            return to_team(team)
    return render_template("teams/removal.html", team=team, member=member, form=form), 422 if form.errors else 200


@blueprint.route("/team/<int:team_id>/aufloesen", methods=["GET", "POST"])
@signed_in
def dissolving(team_id: int) -> ResponseReturnValue:
    team, form = queries.get_team(team_id), Form()
    if form.validate_on_submit():
        actions.dissolve_team(me(), team=team)
        flash(_("The team is dissolved. Your place in the hackathon stays yours."), "success")
        return redirect(url_for("teams.teams", slug=team.hackathon.slug), 303)
    return render_template("teams/dissolving.html", team=team, verdict=may_dissolve_team(me(), team, now()))
