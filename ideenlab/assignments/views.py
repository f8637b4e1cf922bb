from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, signed_in, visitor
from ideenlab.assignments import actions, queries
from ideenlab.assignments.forms import WishesForm
from ideenlab.assignments.models import Seat
from ideenlab.assignments.rules import may_accept_seat, may_decline_seat, may_object, may_wish, why_in_words
from ideenlab.challenges.queries import challenges_of
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid, NotFound
from ideenlab.core.forms import Form, refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import find_registration, get_hackathon
from ideenlab.teams.models import Team
from ideenlab.teams.queries import find_team_of, get_team, is_member, members_of

blueprint = Blueprint("assignments", __name__)


@blueprint.route("/hackathon/<slug>/wuensche", methods=["GET", "POST"])
@signed_in
def wishes(slug: str) -> ResponseReturnValue:
    hackathon, form = get_hackathon(slug), WishesForm()
    registration = find_registration(me(), hackathon)
    form.offer(challenges_of(hackathon))
    if form.validate_on_submit():
        try:
            actions.save_wishes(me(), hackathon=hackathon, challenges=form.wished(), friends=form.pseudonyms())
        except Invalid as error:
            refuse(form, error.field, str(error))
        else:
            flash(_("Your wishes are saved. You can change them until a proposal is sent."), "success")
            return redirect(url_for("assignments.wishes", slug=slug), 303)
    if registration and request.method == "GET":
        friends = [friend.pseudonym for friend in queries.wished_friends(registration)]
        form.show(queries.wished_challenges(registration), friends)
    page = render_template(
        "assignments/wishes.html", hackathon=hackathon, registration=registration, form=form,
        team=find_team_of(me(), hackathon), verdict=may_wish(me(), hackathon, now()),
    )  # fmt: skip
    return page, 422 if form.errors else 200


@blueprint.get("/hackathon/<slug>/vorschlag")
@signed_in
def proposal(slug: str) -> ResponseReturnValue:
    hackathon = get_hackathon(slug)
    seat = _my_seat(hackathon)
    at_table = queries.seats_at(seat)
    team = seat.team if seat.team and not seat.team.dissolved_at else None
    return render_template(
        "assignments/proposal.html", hackathon=hackathon, seat=seat, team=team, answer=queries.answer_of(seat, now()),
        members=members_of(team) if team else [],
        others=[one for one in at_table if one.id != seat.id and queries.answer_of(one, now()) == "waiting"],
        why=why_in_words(queries.reasons_of(seat), queries.pseudonyms_in([seat])),
        may_accept=may_accept_seat(me(), seat, now()), may_decline=may_decline_seat(me(), seat, now()),
        mine=find_team_of(me(), hackathon),
    )  # fmt: skip


@blueprint.post("/hackathon/<slug>/vorschlag/annehmen")
@signed_in
def accept(slug: str) -> ResponseReturnValue:
    team = actions.accept_seat(me(), seat=_my_seat(get_hackathon(slug)))
    flash(_("Welcome to the team “%(name)s”.", name=team.name), "success")
    return redirect(url_for("teams.team", team_id=team.id), 303)


@blueprint.post("/hackathon/<slug>/vorschlag/ablehnen")
@signed_in
def decline(slug: str) -> ResponseReturnValue:
    actions.decline_seat(me(), seat=_my_seat(get_hackathon(slug)))
    flash(
        _("You have declined. You can look for a team yourself, and the organisers see that you are free."), "success"
    )
    return redirect(url_for("teams.teams", slug=slug), 303)


@blueprint.route("/team/<int:team_id>/vorgeschlagen/<int:seat_id>", methods=["GET", "POST"])
@signed_in
def objecting(team_id: int, seat_id: int) -> ResponseReturnValue:
    """A member says that somebody does not fit, on a page of its own: it cannot be taken back."""
    team, form = get_team(team_id), Form()
    seat = next((each for each in queries.seats_for(team) if each.id == seat_id), None)
    if seat is None or not is_member(me(), team):
        raise NotFound
    if form.validate_on_submit():
        actions.object_to_seat(me(), seat=seat)
        flash(_("The place in your team is free again. The person and the organisers know."), "success")
        return redirect(url_for("teams.team", team_id=team_id), 303)
    verdict = may_object(me(), seat, now())
    return render_template("assignments/objecting.html", team=team, seat=seat, form=form, verdict=verdict)


def _my_seat(hackathon: Hackathon) -> Seat:
    seat = queries.find_seat(me(), hackathon)
    if seat is None:
        raise NotFound
    return seat


@blueprint.app_context_processor
def give_assignments() -> dict[str, object]:
    return {"proposed_seat": _proposed_seat, "proposed_to": _proposed_to}


def _proposed_to(team: Team) -> list[tuple[Seat, bool]]:
    """Who is proposed to this team and has not answered, and whether the visitor may object."""
    person, time = visitor(), now()
    waiting = [seat for seat in queries.seats_for(team) if queries.answer_of(seat, time) == "waiting"]
    return [(seat, bool(person and may_object(person, seat, time))) for seat in waiting]


def _proposed_seat(hackathon: Hackathon) -> Seat | None:
    """The seat this visitor has not answered yet, for the pages of the hackathon and its teams."""
    person = visitor()
    seat = queries.find_seat(person, hackathon) if person else None
    return seat if seat and queries.answer_of(seat, now()) == "waiting" else None
