"""Who comes: the list, who called, letters to all. For the organisers and the editors of the event."""

from collections.abc import Iterator

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, signed_in
from ideenlab.attendance.forms import DoorLine, printed_badges, printed_door_list
from ideenlab.attendance.models import STATES
from ideenlab.attendance.queries import count_by_state
from ideenlab.core.clock import now
from ideenlab.core.errors import NotFound
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import machine_time
from ideenlab.core.tables import csv_line
from ideenlab.core.text import clean_line, fold
from ideenlab.core.verdict import require
from ideenlab.core.web import accepted, streamed
from ideenlab.events import actions, queries
from ideenlab.events.forms import LetterForm
from ideenlab.events.manage.door import blueprint
from ideenlab.events.models import EVENT_PLACES, Event, SignUp
from ideenlab.events.rules import (
    DECIDED_IN,
    may_decide_sign_up,
    may_enter_sign_up,
    may_manage_events,
    may_see_who_comes,
    may_write_to_all,
)

COLUMNS = ("name", "email", "phone", "note", "state", "source", "ticket", "signed_up_at", "checked_in_at", "no_show_at")


def found_event(number: int) -> Event:
    """The event, for who may see who comes."""
    event: Event = queries.get_event(number)
    require(may_see_who_comes(me(), event))
    return event


@blueprint.get("/<int:number>/anmeldungen")
@signed_in
def people(number: int) -> ResponseReturnValue:
    event, state = found_event(number), request.args.get("stand", "")
    words = clean_line(request.args.get("suche", ""))[:100]
    state = state if state in STATES else ""
    rows, time = queries.sign_ups_of(event, state=state, words=words), now()
    return render_template(
        "events/manage/people.html", event=event, rows=rows, state=state, words=words, states=STATES,
        counts=count_by_state(EVENT_PLACES, event), figures=queries.attendance_figures(event),
        may={row.id: {deed: may_decide_sign_up(me(), row, deed, time) for deed in DECIDED_IN} for row in rows},
        may_enter=may_enter_sign_up(me(), event, time), may_write=may_write_to_all(me(), event, time),
        is_organiser=bool(may_manage_events(me())),
    )  # fmt: skip


@blueprint.get("/<int:number>/anmeldungen.csv")
@signed_in
def people_table(number: int) -> ResponseReturnValue:
    found_event(number)
    headers = {"Content-Disposition": f"attachment; filename=anmeldungen-{number}.csv"}
    return streamed(lambda: _as_csv(queries.get_event(number)), "text/csv", **headers)


def _as_csv(event: Event) -> Iterator[str]:
    yield csv_line(COLUMNS)
    for row in queries.sign_ups_of(event):
        email = row.person.email if row.person else row.email
        times = [machine_time(time) if time else "" for time in (row.created_at, row.checked_in_at, row.no_show_at)]
        yield csv_line([row.name, email, row.phone, row.note, row.state, row.source, row.ticket_code, *times])


@blueprint.get("/<int:number>/anmeldungen.pdf")
@signed_in
def door_list(number: int) -> ResponseReturnValue:
    """The same list as at a hackathon's entrance; here people have told us their names."""
    event = found_event(number)
    lines = [DoorLine(row.name, row.note, row.ticket_code or "", row.phone) for row in _by_name(event)]
    return printed_door_list(lines, title=event.title, filename=f"einlass-{number}.pdf")


@blueprint.get("/<int:number>/namensschilder.pdf")
@signed_in
def badges(number: int) -> ResponseReturnValue:
    event = found_event(number)
    names = [row.name for row in _by_name(event)]
    return printed_badges(names, title=event.title, filename=f"namensschilder-{number}.pdf")


def _by_name(event: Event) -> list[SignUp]:
    found = queries.sign_ups_of(event, state="registered")
    if not found:
        raise NotFound
    return sorted(found, key=lambda row: (fold(row.name), row.id))


@blueprint.post("/<int:number>/anmeldungen/<int:place>/<any(absagen, nachruecken, gefehlt, anwesend, da, weg):deed>")
@signed_in
def place_decision(number: int, place: int, deed: str) -> ResponseReturnValue:
    """What one press decides about one person."""
    row = queries.get_sign_up(found_event(number), place)
    if deed == "absagen":
        actions.cancel_for(me(), sign_up=row)
        text = _("Cancelled. The place goes to who waits longest.")
    elif deed == "nachruecken":
        actions.move_up_by_hand(me(), sign_up=row)
        text = _("A place is kept for this person. They are told.")
    elif deed in ("gefehlt", "anwesend"):
        actions.note_absence(me(), sign_up=row, absent=deed == "gefehlt")
        text = _("Noted.")
    elif deed == "da":
        actions.check_in_guest(me(), sign_up=row)
        text = _("Welcome, %(name)s!", name=row.name)
    else:
        actions.take_back_check_in(me(), sign_up=row)
        text = _("Taken back.")
    flash(text, "success")
    return redirect(url_for("manage_events.people", number=number), 303)


@blueprint.route("/<int:number>/mitteilung", methods=["GET", "POST"])
@signed_in
def letter(number: int) -> ResponseReturnValue:
    event, form = found_event(number), LetterForm()
    words = {"title": form.title.data, "text": form.text.data}
    if accepted(form, lambda: actions.write_to_all(me(), event=event, **words)):
        flash(_("The mail is on its way to everybody with a place."), "success")
        return redirect(url_for("manage_events.people", number=number), 303)
    page = render_template(
        "events/manage/letter.html", event=event, form=form, verdict=may_write_to_all(me(), event, now())
    )
    return page, 422 if form.errors or form.form_errors else 200
