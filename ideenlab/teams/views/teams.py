from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, public, signed_in, slowed, try_once, visitor
from ideenlab.accounts.actions import forget_tries
from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid
from ideenlab.core.forms import Form, refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.phases import is_open
from ideenlab.core.web import begin_writing, slow_first
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import find_registration, get_hackathon
from ideenlab.teams import actions, queries
from ideenlab.teams.forms import CodeForm, NameForm
from ideenlab.teams.models import Approach, Team
from ideenlab.teams.rules import may_found_team, may_leave_team, may_see_board
from ideenlab.teams.views.door import blueprint, to_team

CODES_TO_TRY = 10


@blueprint.get("/hackathon/<slug>/teams")
@public
def teams(slug: str) -> ResponseReturnValue:
    hackathon, person = get_hackathon(slug), visitor()
    mine = queries.find_team_of(person, hackathon) if person else None
    verdict = may_found_team(person, hackathon, now()) if person and not mine else None
    registered = bool(person and (mine or find_registration(person, hackathon)))
    return render_template(
        "teams/teams.html", hackathon=hackathon, teams=queries.teams_of(hackathon), mine=mine, verdict=verdict,
        registered=registered, forming=is_open(hackathon, "teams", now()),
        invitations=_invitations(person, hackathon) if person and not mine else [],
        requests=queries.requests_of(person, hackathon) if person and not mine else [],
        may_see_board=may_see_board(person, hackathon),
    )  # fmt: skip


def _invitations(person: Person, hackathon: Hackathon) -> list[tuple[Approach, str]]:
    """Each with the address where it is answered: also the one whose link was followed before registering."""
    found = [
        (approach, url_for("teams.my_invitation", approach_id=approach.id))
        for approach in queries.invitations_to(person, hackathon)
    ]
    token = session.get("team_invitation", "")
    by_link = queries.find_invitation_by_secret(token) if token else None
    if by_link and by_link.team.hackathon_id == hackathon.id and by_link not in [approach for approach, _url in found]:
        found.append((by_link, url_for("teams.invitation", token=token)))
    return found


@blueprint.route("/hackathon/<slug>/teams/gruenden", methods=["GET", "POST"])
@signed_in
def founding(slug: str) -> ResponseReturnValue:
    hackathon, form = get_hackathon(slug), NameForm()
    if form.validate_on_submit():
        try:
            team = actions.found_team(me(), hackathon=hackathon, name=form.name.data)
        except Invalid as error:
            refuse(form, error.field, str(error))
        else:
            flash(_("Your team is founded. Give its code to the people you want in it."), "success")
            return to_team(team)
    verdict = may_found_team(me(), hackathon, now())
    page = render_template("teams/founding.html", hackathon=hackathon, form=form, verdict=verdict)
    return page, 422 if form.errors else 200


@blueprint.route("/hackathon/<slug>/teams/beitreten", methods=["GET", "POST"])
@signed_in
@slow_first
def joining(slug: str) -> ResponseReturnValue:
    """A link may bring the code along; joining is always a click of its own."""
    hackathon, form = get_hackathon(slug), CodeForm()
    if request.method == "GET":
        form.code.data = queries.plain_code(request.args.get("code", ""))[:40]
    if form.validate_on_submit():
        try:
            team = _join(slug, form.code.data)
        except Invalid as error:
            refuse(form, error.field, str(error))
        else:
            flash(_("Welcome to the team “%(name)s”.", name=team.name), "success")
            return to_team(team)
    hackathon = get_hackathon(slug)
    verdict = may_found_team(me(), hackathon, now())
    page = render_template("teams/joining.html", hackathon=hackathon, form=form, verdict=verdict)
    return page, 422 if form.errors else 200


def _join(slug: str, code: str) -> Team:
    """Guessing is slowed, counted in the database; a right code forgets the wrong ones before it."""
    trying = slowed("team-code", str(me().id), limit=CODES_TO_TRY)
    if not (allowed := try_once(trying)):
        raise Invalid(allowed.reason, field="code")
    begin_writing()
    team = actions.join_team(me(), hackathon=get_hackathon(slug), code=code)
    forget_tries(trying)
    return team


@blueprint.get("/hackathon/<slug>/mein-team")
@signed_in
def my_team(slug: str) -> ResponseReturnValue:
    return redirect(_address_of_mine(slug, "teams.team"))


@blueprint.get("/hackathon/<slug>/mein-prototyp")
@signed_in
def my_prototype(slug: str) -> ResponseReturnValue:
    return redirect(_address_of_mine(slug, "prototypes.draft"))


@blueprint.route("/team/<int:team_id>/verlassen", methods=["GET", "POST"])
@signed_in
def leaving(team_id: int) -> ResponseReturnValue:
    found, form = queries.get_team(team_id), Form()
    if form.validate_on_submit():
        actions.leave_team(me(), team=found)
        flash(_("You have left the team."), "success")
        return redirect(url_for("teams.teams", slug=found.hackathon.slug), 303)
    return render_template("teams/leaving.html", team=found, verdict=may_leave_team(me(), found, now()))


def _address_of_mine(slug: str, endpoint: str) -> str:
    hackathon = get_hackathon(slug)
    mine = queries.find_team_of(me(), hackathon)
    return url_for(endpoint, team_id=mine.id) if mine else url_for("teams.teams", slug=slug)
