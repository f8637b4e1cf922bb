"""What members keep for themselves on the page of their team."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, signed_in
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.teams import actions, queries
from ideenlab.teams.forms import LinkForm, MyselfForm
from ideenlab.teams.rules import may_add_link, may_edit_team, may_keep_links, may_see_log, may_show_name
from ideenlab.teams.views.door import blueprint, to_team


@blueprint.route("/team/<int:team_id>/ich", methods=["GET", "POST"])
@signed_in
def myself(team_id: int) -> ResponseReturnValue:
    team = queries.get_team(team_id)
    require(may_edit_team(me(), team, now()))
    form, naming = MyselfForm(obj=queries.get_membership(me(), team)), may_show_name(me())
    if form.validate_on_submit():
        try:
            name = form.shown_name.data or ""
            actions.describe_myself(me(), team=team, role=form.role.data, shown_name=name)
        except Invalid as error:
            refuse(form, error.field, str(error))
        else:
            flash(_("Saved."), "success")
            return to_team(team)
    page = render_template("teams/myself.html", team=team, form=form, naming=naming)
    return page, 422 if form.errors else 200


@blueprint.route("/team/<int:team_id>/links", methods=["GET", "POST"])
@signed_in
def links(team_id: int) -> ResponseReturnValue:
    team, form = queries.get_team(team_id), LinkForm()
    require(may_keep_links(me(), team, now()))
    if form.validate_on_submit():
        try:
            actions.add_link(me(), team=team, title=form.title.data, url=form.url.data)
        except Invalid as error:
            refuse(form, error.field, str(error))
        else:
            flash(_("The link is added."), "success")
            return redirect(url_for("teams.links", team_id=team.id), 303)
    page = render_template(
        "teams/links.html", team=team, form=form, links=queries.links_of(team), may_add=may_add_link(me(), team, now()),
    )  # fmt: skip
    return page, 422 if form.errors else 200


@blueprint.post("/team/link/<int:link_id>/entfernen")
@signed_in
def remove_link(link_id: int) -> ResponseReturnValue:
    link = queries.get_link(link_id)
    team = link.team
    actions.remove_link(me(), link=link)
    flash(_("The link is removed."), "success")
    return redirect(url_for("teams.links", team_id=team.id), 303)


@blueprint.get("/team/<int:team_id>/verlauf")
@signed_in
def log(team_id: int) -> ResponseReturnValue:
    team = queries.get_team(team_id)
    require(may_see_log(me(), team))
    return render_template("teams/log.html", team=team, deeds=queries.deeds_of(team))
