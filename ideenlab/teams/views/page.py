from datetime import datetime

from flask import flash, render_template
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, public, signed_in, visitor
from ideenlab.accounts.models import Person
from ideenlab.challenges.queries import challenges_of
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid, NotFound
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.links import public_url
from ideenlab.core.phases import is_open
from ideenlab.core.verdict import Verdict
from ideenlab.teams import actions, queries
from ideenlab.teams.actions import TeamText
from ideenlab.teams.forms import NameForm, TeamForm
from ideenlab.teams.models import Team
from ideenlab.teams.rules import (
    may_ask_to_join,
    may_change_team,
    may_dissolve_team,
    may_edit_team,
    may_hand_over_lead,
    may_invite,
    may_keep_links,
    may_leave_team,
    may_rename_team,
    may_see_code,
    may_see_team,
)
from ideenlab.teams.views.door import blueprint, to_team


@blueprint.get("/team/<int:team_id>")
@public
def team(team_id: int) -> ResponseReturnValue:
    found, person, time = queries.get_team(team_id), visitor(), now()
    if found.hackathon.rehearsal_of_id and not may_see_team(person, found):
        raise NotFound  # the address of a rehearsal is told, and a number can be guessed
    return render_template(
        "teams/team.html", team=found, may_see_code=may_see_code(person, found),
        memberships=queries.memberships_of(found) if may_see_team(person, found) else None,
        forming=is_open(found.hackathon, "teams", time), may=_allowed(person, found, time) if person else {},
        join_url=public_url("teams.joining", slug=found.hackathon.slug, anchor=f"code={found.code}"),
        **(_for_members(found) if may_see_code(person, found) else _for_others(person, found, time)),
    )  # fmt: skip


def _for_members(team: Team) -> dict[str, object]:
    return {
        "requests": queries.requests_to(team), "invitations": queries.invitations_by(team),
        "links": queries.links_of(team),
        "notice": queries.find_notice_of(me(), team.hackathon, team),
    }  # fmt: skip


def _for_others(person: Person | None, team: Team, time: datetime) -> dict[str, object]:
    """Whether somebody can ask to come, and what is open between them and the team."""
    asked = queries.find_open_approach(team, person) if person else None
    return {"approach": asked, "may_ask": may_ask_to_join(person, team, time) if person else None}


def _allowed(person: Person, team: Team, time: datetime) -> dict[str, Verdict]:
    """What this person may do with the team, by the word the template asks for."""
    return {
        "change": may_change_team(person, team, time), "leave": may_leave_team(person, team, time),
        "edit": may_edit_team(person, team, time), "hand_over": may_hand_over_lead(person, team, time),
        "dissolve": may_dissolve_team(person, team, time), "invite": may_invite(person, team, time),
        "links": may_keep_links(person, team, time),
    }  # fmt: skip


@blueprint.route("/team/<int:team_id>/bearbeiten", methods=["GET", "POST"])
@signed_in
def editing(team_id: int) -> ResponseReturnValue:
    found = queries.get_team(team_id)
    form, challenges = TeamForm(obj=found), challenges_of(found.hackathon)
    form.offer(challenges, chosen=found.challenge)
    if form.validate_on_submit():
        text = TeamText(form.about.data, form.chosen())
        try:
            actions.edit_team(me(), team=found, text=text, revision=form.seen_revision())
        except Invalid as error:
            refuse(form, error.field, str(error))
        else:
            flash(_("Saved."), "success")
            return to_team(found)
    verdict = may_edit_team(me(), found, now())
    page = render_template("teams/editing.html", team=found, form=form, verdict=verdict)
    return page, 422 if form.errors else 200


@blueprint.route("/team/<int:team_id>/umbenennen", methods=["GET", "POST"])
@signed_in
def renaming(team_id: int) -> ResponseReturnValue:
    found = queries.get_team(team_id)
    form = NameForm(obj=found)
    if form.validate_on_submit():
        try:
            actions.rename_team(me(), team=found, name=form.name.data)
        except Invalid as error:
            refuse(form, error.field, str(error))
        else:
            flash(_("The team has a new name."), "success")
            return to_team(found)
    verdict = may_rename_team(me(), found, now())
    page = render_template("teams/renaming.html", team=found, form=form, verdict=verdict)
    return page, 422 if form.errors else 200


@blueprint.post("/team/<int:team_id>/code")
@signed_in
def renew_code(team_id: int) -> ResponseReturnValue:
    found = queries.get_team(team_id)
    actions.renew_code(me(), team=found)
    flash(_("The team has a new code. The old one no longer works."), "success")
    return to_team(found)
