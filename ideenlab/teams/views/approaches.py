from typing import Any

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import may_send_mail, me, public, signed_in, visitor
from ideenlab.accounts.queries import find_person_by_pseudonym
from ideenlab.core.clock import now
from ideenlab.core.errors import Gone, Invalid, NotFound
from ideenlab.core.forms import Form, refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.core.web import begin_writing, slow_first
from ideenlab.hackathons.queries import is_registered
from ideenlab.teams import actions, queries
from ideenlab.teams.forms import AskForm, InvitationForm
from ideenlab.teams.models import Approach, Team
from ideenlab.teams.rules import (
    is_addressed_to,
    may_accept_invitation,
    may_ask_to_join,
    may_invite,
)
from ideenlab.teams.views.door import blueprint, to_team


@blueprint.route("/team/<int:team_id>/anfragen", methods=["GET", "POST"])
@signed_in
def asking(team_id: int) -> ResponseReturnValue:
    team, form = queries.get_team(team_id), AskForm()
    if form.validate_on_submit():
        actions.ask_to_join(me(), team=team, sentence=form.sentence.data, role=form.role.data)
        flash(_("Your request is on its way. You get a mail when the team has answered."), "success")
        return to_team(team)
    verdict = may_ask_to_join(me(), team, now())
    return render_template("teams/asking.html", team=team, form=form, verdict=verdict), 422 if form.errors else 200


@blueprint.post("/team/anfrage/<int:approach_id>/annehmen")
@signed_in
def accept_request(approach_id: int) -> ResponseReturnValue:
    approach = queries.get_approach(approach_id)
    actions.accept_request(me(), approach=approach)
    name = approach.person.pseudonym if approach.person else ""
    flash(_("%(name)s is in your team now.", name=name), "success")
    return to_team(approach.team)


@blueprint.post("/team/anfrage/<int:approach_id>/ablehnen")
@signed_in
def decline_request(approach_id: int) -> ResponseReturnValue:
    approach = queries.get_approach(approach_id)
    actions.decline_request(me(), approach=approach)
    flash(_("The request is declined. We have written a friendly mail."), "success")
    return to_team(approach.team)


@blueprint.post("/team/anfrage/<int:approach_id>/zuruecknehmen")
@signed_in
def withdraw(approach_id: int) -> ResponseReturnValue:
    approach = queries.get_approach(approach_id)
    asked = approach.kind == "asked"
    actions.withdraw_approach(me(), approach=approach)
    flash(_("Your request is withdrawn.") if asked else _("The invitation is withdrawn."), "success")
    return to_team(approach.team)


@blueprint.route("/team/<int:team_id>/einladen", methods=["GET", "POST"])
@signed_in
@slow_first
def inviting(team_id: int) -> ResponseReturnValue:
    team, form = queries.get_team(team_id), InvitationForm()
    if request.method == "GET":
        form.pseudonym.data = request.args.get("pseudonym", "")[:60]
    if form.validate_on_submit():
        require(may_invite(me(), team, now()))
        try:
            _invite(team_id, form)
        except Invalid as error:
            refuse(form, error.field, str(error))
        else:
            flash(_("The invitation is on its way."), "success")
            return redirect(url_for("teams.team", team_id=team_id), 303)
    team = queries.get_team(team_id)
    page = render_template("teams/inviting.html", team=team, form=form, verdict=may_invite(me(), team, now()))
    return page, 422 if form.errors else 200


def _invite(team_id: int, form: InvitationForm) -> None:
    """Mails to an address are counted before the transaction begins, whoever it belongs to."""
    address = form.email.data
    if address and not may_send_mail(address):
        raise Invalid(_("Too many mails have gone to this address. Please try again in an hour."), field="email")
    begin_writing()
    team = queries.get_team(team_id)
    if address:
        actions.invite_address(me(), team=team, email=address, sentence=form.sentence.data)
        return
    person = find_person_by_pseudonym(form.pseudonym.data)
    if person is None or person.state != "active":
        raise Invalid(_("Nobody has this pseudonym. Please check how it is written."), field="pseudonym")
    actions.invite_person(me(), team=team, person=person, sentence=form.sentence.data)


@blueprint.route("/team/einladung/<token>", methods=["GET", "POST"])
@public
def invitation(token: str) -> ResponseReturnValue:
    """Where the link of a mail leads. Reading it changes nothing; coming in is a click of its own."""
    approach = queries.find_invitation_by_secret(token)
    if approach is None:
        raise Gone
    person = visitor()
    if request.method == "POST" and Form().validate():
        if person is None:
            return redirect(url_for("accounts.sign_in", next=url_for("teams.invitation", token=token)), 303)
        return _answer(approach, by_link=True)
    if person:
        session["team_invitation"] = token  # so that it is there again after registering for the hackathon
    here = url_for("teams.invitation", token=token)
    return render_template("teams/invitation.html", here=here, **_shown(approach, by_link=True))


@blueprint.route("/einladung/team/<int:approach_id>", methods=["GET", "POST"])
@signed_in
def my_invitation(approach_id: int) -> ResponseReturnValue:
    """The same invitation for whom it is addressed to by name, or by the address they have proved."""
    approach = queries.get_approach(approach_id)
    if approach.kind != "invited" or approach.state != "open" or not is_addressed_to(me(), approach):
        raise NotFound
    if request.method == "POST" and Form().validate():
        return _answer(approach, by_link=False)
    here = url_for("teams.my_invitation", approach_id=approach.id)
    return render_template("teams/my_invitation.html", here=here, **_shown(approach, by_link=False))


def _answer(approach: Approach, *, by_link: bool) -> ResponseReturnValue:
    team: Team = approach.team
    if request.form.get("answer") == "decline":
        actions.decline_invitation(me(), approach=approach, by_link=by_link)
        flash(_("You have declined the invitation."), "success")
        answer = redirect(url_for("teams.teams", slug=team.hackathon.slug), 303)
    else:
        actions.accept_invitation(me(), approach=approach, by_link=by_link)
        flash(_("Welcome to the team “%(name)s”.", name=team.name), "success")
        answer = redirect(url_for("teams.team", team_id=team.id), 303)
    session.pop("team_invitation", None)
    return answer


def _shown(approach: Approach, *, by_link: bool) -> dict[str, Any]:
    person = visitor()
    return {
        "approach": approach, "team": approach.team,
        "verdict": may_accept_invitation(person, approach, now(), by_link=by_link) if person else None,
        "registered": bool(person and is_registered(person, approach.team.hackathon)),
    }  # fmt: skip
