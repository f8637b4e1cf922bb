import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.assignments import actions, queries
from ideenlab.assignments.actions import NEW_TABLE, Place
from ideenlab.assignments.forms import MoveForm, SendForm
from ideenlab.assignments.models import Seat
from ideenlab.assignments.rules import (
    may_change_assignment,
    may_propose,
    may_put_aside,
    may_send_assignment,
    why_in_words,
)
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import ngettext
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import get_any_hackathon

blueprint = Blueprint("manage_assignments", __name__, url_prefix="/organisation")
ROOM = "/hackathons/<slug>/zuteilung"
HOURS_TO_ANSWER = 24


@blueprint.get(ROOM)
@organiser
def assignment(slug: str) -> ResponseReturnValue:
    hackathon, time = get_any_hackathon(slug), now()
    found = queries.find_assignment(hackathon)
    seats = queries.seats_of(found) if found else []
    names = queries.pseudonyms_in(seats)
    return render_template(
        "assignments/manage/assignment.html", hackathon=hackathon, assignment=found,
        alone=queries.people_without_team(hackathon), gaps=queries.teams_with_gap(hackathon),
        tables=_tables(hackathon, seats),
        answers={seat.id: queries.answer_of(seat, time) for seat in seats},
        why={seat.id: why_in_words(queries.reasons_of(seat), names) for seat in seats},
        may_propose=may_propose(me(), hackathon, time),
        may_send=found and may_send_assignment(me(), found, time),
        may_change=found and may_change_assignment(me(), found, time),
        may_put_aside=found and may_put_aside(me(), found),
    )  # fmt: skip


@blueprint.post(f"{ROOM}/vorschlagen")
@organiser
def propose(slug: str) -> ResponseReturnValue:
    hackathon = get_any_hackathon(slug)
    actions.make_proposal(me(), hackathon=hackathon, seed=secrets.randbelow(1_000_000))
    flash(_("A proposal is made. Nobody is told before you send it."), "success")
    return _back(slug)


@blueprint.route(f"{ROOM}/person/<int:seat_id>", methods=["GET", "POST"])
@organiser
def moving(slug: str, seat_id: int) -> ResponseReturnValue:
    """Put one person at another table."""
    hackathon = get_any_hackathon(slug)
    seat, form = queries.get_seat(hackathon, seat_id), MoveForm()
    places = actions.places_for(seat)
    form.offer([(place.key, _label(place)) for place in places])
    if form.validate_on_submit():
        try:
            actions.move_seat(me(), seat=seat, place=form.place.data, seen=form.seen_table())
        except Invalid as error:
            refuse(form, error.field, str(error))
        else:
            flash(_("%(name)s sits at another table now.", name=seat.registration.person.pseudonym), "success")
            return _back(slug)
    if request.method == "GET":
        form.seen.data = seat.table
    page = render_template(
        "assignments/manage/moving.html", hackathon=hackathon, seat=seat, form=form,
        verdict=may_change_assignment(me(), seat.assignment, now()),
    )  # fmt: skip
    return page, 422 if form.errors else 200


@blueprint.route(f"{ROOM}/<int:assignment_id>/senden", methods=["GET", "POST"])
@organiser
def sending(slug: str, assignment_id: int) -> ResponseReturnValue:
    hackathon = get_any_hackathon(slug)
    found, form = queries.get_assignment(hackathon, assignment_id), SendForm()
    if form.validate_on_submit():
        assert form.until.data is not None  # required
        try:
            told = actions.send_proposal(me(), assignment=found, until=form.until.data)
        except Invalid as error:
            refuse(form, error.field, str(error))
        else:
            flash(ngettext("%(num)s person is told.", "%(num)s people are told.", told), "success")
            return _back(slug)
    if request.method == "GET":
        form.begin_with(_usual_end(hackathon))
    seats = queries.seats_of(found)
    page = render_template(
        "assignments/manage/sending.html", hackathon=hackathon, form=form, seats=seats,
        verdict=may_send_assignment(me(), found, now()),
    )  # fmt: skip
    return page, 422 if form.errors else 200


@blueprint.post(f"{ROOM}/<int:assignment_id>/beiseite")
@organiser
def put_aside(slug: str, assignment_id: int) -> ResponseReturnValue:
    found = queries.get_assignment(get_any_hackathon(slug), assignment_id)
    actions.put_aside(me(), assignment=found)
    flash(_("The proposal is put aside. Who has accepted stays in the team."), "success")
    return _back(slug)


def _tables(hackathon: Hackathon, seats: Sequence[Seat]) -> list[tuple[list[Seat], int]]:
    """Who sits together, and how many people the table is short of the smallest size."""
    tables = [list(group) for _table, group in groupby(seats, lambda seat: seat.table)]
    return [(table, _missing_at(hackathon, table)) for table in tables]


def _missing_at(hackathon: Hackathon, seats: Sequence[Seat]) -> int:
    team = seats[0].team
    new = sum(not (seat.team_id and seat.answer == "accepted") for seat in seats)
    return max(0, hackathon.team_size_min - new - (team.member_count if team else 0))


def _label(place: Place) -> str:
    if place.key == NEW_TABLE:
        return place.name
    return ngettext("%(name)s: %(num)s free place", "%(name)s: %(num)s free places", place.room, name=place.name)


def _usual_end(hackathon: Hackathon) -> datetime:
    end = (now() + timedelta(hours=HOURS_TO_ANSWER)).replace(second=0, microsecond=0)
    return min(end, hackathon.teams_until) if hackathon.teams_until else end


def _back(slug: str) -> ResponseReturnValue:
    return redirect(url_for("manage_assignments.assignment", slug=slug), 303)
