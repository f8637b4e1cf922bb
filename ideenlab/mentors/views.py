from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, public, signed_in, visitor
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.hackathons.queries import get_hackathon
from ideenlab.mentors import actions, queries
from ideenlab.mentors.forms import HelpForm
from ideenlab.mentors.models import HelpRequest
from ideenlab.mentors.rules import may_ask_for_help, may_help, may_see_help
from ideenlab.teams.queries import get_team, is_member, links_of, members_of

blueprint = Blueprint("mentors", __name__)


@blueprint.get("/hackathon/<slug>/mentoren")
@public
def mentors(slug: str) -> ResponseReturnValue:
    hackathon, person = get_hackathon(slug), visitor()
    return render_template(
        "mentors/mentors.html", hackathon=hackathon, mentors=queries.mentors_of(hackathon),
        may_help=bool(person and may_help(person, hackathon)),
    )  # fmt: skip


@blueprint.get("/hackathon/<slug>/mentoren/anfragen")
@signed_in
def queue(slug: str) -> ResponseReturnValue:
    hackathon = get_hackathon(slug)
    require(may_help(me(), hackathon))
    waiting, mentor = queries.waiting_requests_of(hackathon), queries.find_mentor(me(), hackathon)
    return render_template(
        "mentors/queue.html", hackathon=hackathon, mentor=mentor,
        mine=[one for one in waiting if mentor and one.mentor_id == mentor.id],
        waiting=[one for one in waiting if one.state == "open"],
        others=[one for one in waiting if one.state == "taken" and not (mentor and one.mentor_id == mentor.id)],
    )  # fmt: skip


@blueprint.route("/team/<int:team_id>/hilfe", methods=["GET", "POST"])
@signed_in
def help(team_id: int) -> ResponseReturnValue:
    """The page that a team and the mentors share."""
    team, form = get_team(team_id), HelpForm()
    require(may_see_help(me(), team))
    if form.validate_on_submit():
        try:
            actions.ask_for_help(me(), team=team, text=form.text.data, place=form.place.data)
        except Invalid as error:
            refuse(form, error.field, str(error))
        else:
            flash(_("The mentors know. You see here who comes."), "success")
            return redirect(url_for("mentors.help", team_id=team.id), 303)
    page = render_template(
        "mentors/help.html", team=team, form=form, members=members_of(team), links=links_of(team),
        requests=queries.help_requests_of(team), is_member=is_member(me(), team),
        mentor=queries.find_mentor(me(), team.hackathon), may_ask=may_ask_for_help(me(), team, now()),
        mentor_count=len(queries.mentors_of(team.hackathon)),
    )  # fmt: skip
    return page, 422 if form.errors else 200


@blueprint.post("/hilfe/<int:request_id>/uebernehmen")
@signed_in
def take(request_id: int) -> ResponseReturnValue:
    return _to_team(_changed(request_id, actions.take_help_request, _("The team knows that you come.")))


@blueprint.post("/hilfe/<int:request_id>/zurueckgeben")
@signed_in
def give_back(request_id: int) -> ResponseReturnValue:
    found = _changed(request_id, actions.give_back_help_request, _("Somebody else can help now."))
    return redirect(url_for("mentors.queue", slug=found.hackathon.slug), 303)


@blueprint.post("/hilfe/<int:request_id>/erledigt")
@signed_in
def finish(request_id: int) -> ResponseReturnValue:
    return _to_team(_changed(request_id, actions.finish_help_request, _("Done.")))


@blueprint.post("/hilfe/<int:request_id>/zuruecknehmen")
@signed_in
def withdraw(request_id: int) -> ResponseReturnValue:
    return _to_team(_changed(request_id, actions.withdraw_help_request, _("The request is withdrawn.")))


def _changed(request_id: int, deed: Callable[..., None], said: str) -> HelpRequest:
    found = queries.get_help_request(request_id)
    deed(me(), request=found)
    flash(said, "success")
    return found


def _to_team(request: HelpRequest) -> ResponseReturnValue:
    return redirect(url_for("mentors.help", team_id=request.team_id), 303)
