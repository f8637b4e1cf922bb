"""At the entrance of an event: the parts are those of the hackathon's entrance."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, signed_in
from ideenlab.attendance.forms import CheckInForm
from ideenlab.attendance.queries import find_by_ticket
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.verdict import require
from ideenlab.core.web import begin_reading
from ideenlab.events import actions, queries
from ideenlab.events.forms import WalkInForm
from ideenlab.events.manage.door import blueprint
from ideenlab.events.manage.people import found_event
from ideenlab.events.models import EVENT_PLACES, Event
from ideenlab.events.rules import may_let_in

CAMERA = "camera=(self), geolocation=(), microphone=()"  # on this page alone


@dataclass(frozen=True)
class Answer:
    """What the person at the entrance is told about one ticket."""

    kind: str  # success, info or danger
    title: str
    text: str = ""


@blueprint.route("/<int:number>/einlass", methods=["GET", "POST"])
@signed_in
def check_in(number: int) -> ResponseReturnValue:
    """A page for people, and for the module that sends what was scanned: it asks for the answer alone."""
    event = found_event(number)
    require(may_let_in(me(), event))
    form = CheckInForm() if request.method == "POST" else CheckInForm(data={"code": request.args.get("code", "")})
    answer = _let_in(event, form) if form.validate_on_submit() else None
    refused = bool(form.errors) or (answer is not None and answer.kind == "danger")
    values = {"event": event, "form": form, "answer": answer, "figures": queries.attendance_figures(event)}
    if request.headers.get("X-Check-In"):
        return render_template("attendance/_checked_in.html", **values), 422 if refused else 200
    if answer and not refused:
        flash(" ".join(filter(None, (answer.title, answer.text))), answer.kind)
        return redirect(url_for("manage_events.check_in", number=number), 303)
    page = render_template("events/manage/check_in.html", **values)
    return page, 422 if refused else 200, {"Permissions-Policy": CAMERA}


def _let_in(event: Event, form: CheckInForm) -> Answer:
    try:
        row, first = actions.check_in_by_code(me(), event=event, code=form.code.data, at=form.scanned_at())
    except Invalid as error:
        return Answer("danger", _("Not known"), str(error))
    except NotAllowed as error:
        known = find_by_ticket(EVENT_PLACES, event, form.code.data)
        return Answer("danger", _("Please stop: %(name)s", name=known.name if known else ""), str(error))
    if first:
        return Answer("success", _("Welcome, %(name)s!", name=row.name), row.note)
    since = moment(row.checked_in_at) if row.checked_in_at else ""
    return Answer("info", _("%(name)s is here already", name=row.name), _("Checked in: %(moment)s", moment=since))


@blueprint.route("/<int:number>/einlass/spontan", methods=["GET", "POST"])
@signed_in
def walk_in(number: int) -> ResponseReturnValue:
    """Somebody stands at the door without a ticket."""
    event, form = found_event(number), WalkInForm()
    require(may_let_in(me(), event))
    if form.validate_on_submit():
        guest = actions.Guest(form.name.data)
        try:
            actions.enter_sign_up(me(), event=event, guest=guest, is_here=True)
        except (Invalid, Conflict, NotAllowed) as error:
            refuse(form, "", str(error))
            begin_reading()
            event = found_event(number)
        else:
            flash(_("Welcome, %(name)s!", name=guest.name), "success")
            return redirect(url_for("manage_events.check_in", number=number), 303)
    page = render_template(
        "events/manage/walk_in.html", event=event, form=form, figures=queries.attendance_figures(event)
    )
    return page, 422 if form.errors or form.form_errors else 200
