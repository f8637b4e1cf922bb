"""The organisers' list of events; editors of a partner change their own drafts here too."""

from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser, signed_in
from ideenlab.core.clock import now
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.verdict import require
from ideenlab.core.web import accepted, begin_reading
from ideenlab.events import actions, queries
from ideenlab.events.forms import SAME, CancelEventForm, EventForm
from ideenlab.events.manage.door import blueprint
from ideenlab.events.models import EVENT_STATES, Event
from ideenlab.events.rules import (
    may_cancel_event,
    may_edit_event,
    may_manage_events,
    may_publish_event,
    may_withdraw_event,
)
from ideenlab.partners.queries import all_partners, partners_edited_by
from ideenlab.programme.models import Edition
from ideenlab.programme.queries import current_edition, editions, get_edition, topics_of


@blueprint.get("")
@organiser
def events() -> ResponseReturnValue:
    edition, state = _edition(), request.args.get("stand", "")
    state = state if state in EVENT_STATES else ""
    return render_template(
        "events/manage/events.html", edition=edition, editions=editions(), state=state, states=EVENT_STATES,
        events=queries.all_events(edition, state=state) if edition else [],
        counts=queries.count_events(edition) if edition else {},
    )  # fmt: skip


def _edition() -> Edition | None:
    slug = request.args.get("ausgabe", "")
    return get_edition(slug) if slug else current_edition()


@blueprint.route("/neu", methods=["GET", "POST"])
@organiser
def new_event() -> ResponseReturnValue:
    edition = _edition()
    if edition is None:
        return redirect(url_for("manage_programme.new_edition"), 303)
    form = EventForm()
    _offer(form, edition)
    if form.validate_on_submit():
        try:
            event = actions.create_event(me(), plan=form.plan())
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
        else:
            flash(_("The event is saved as a draft. Only organisers see it."), "success")
            return redirect(url_for("manage_events.event", number=event.id), 303)
    page = render_template("events/manage/new_event.html", form=form, edition=edition)
    return page, 422 if form.errors or form.form_errors else 200


@blueprint.get("/<int:number>")
@organiser
def event(number: int) -> ResponseReturnValue:
    found, time = queries.get_event(number), now()
    return render_template(
        "events/manage/event.html", event=found, figures=queries.attendance_figures(found),
        may_publish=may_publish_event(me(), found), may_withdraw=may_withdraw_event(me(), found),
        may_cancel=may_cancel_event(me(), found, time),
    )  # fmt: skip


@blueprint.route("/<int:number>/bearbeiten", methods=["GET", "POST"])
@signed_in
def edit_event(number: int) -> ResponseReturnValue:
    found = queries.get_event(number)
    require(may_edit_event(me(), found))
    form = EventForm() if request.method == "POST" else EventForm.about(found)
    _offer(form, found.edition, found)
    if form.validate_on_submit():
        moved_before = found.sequence
        try:
            actions.edit_event(me(), event=found, plan=form.plan(), revision=form.seen_revision())
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
        except Conflict as conflict:
            raise _with_both(conflict, form, number) from None
        else:
            text = _("The changes are saved.")
            if found.sequence != moved_before:
                text = _("The event is moved. Everybody who signed up is told.")
            flash(text, "success")
            return redirect(_after_editing(found), 303)
    page = render_template("events/manage/edit_event.html", event=found, form=form, back=_after_editing(found))
    return page, 422 if form.errors or form.form_errors else 200


def _after_editing(event: Event) -> str:
    if may_manage_events(me()):
        return url_for("manage_events.event", number=event.id)
    return url_for("events.proposal", number=event.id)


def _offer(form: EventForm, edition: Edition, event: Event | None = None) -> None:
    """Editors choose among their own partners only."""
    is_organiser = bool(may_manage_events(me()))
    form.offer(
        edition=edition, event=event, partners=all_partners() if is_organiser else partners_edited_by(me()),
        topics=topics_of(edition), venues=queries.venues(),
        further=queries.further_partners_of(event) if event else (), may_be_without_partner=is_organiser,
    )  # fmt: skip


def _with_both(conflict: Conflict, form: EventForm, number: int) -> Conflict:
    """The refusal with what was typed and what is stored, as far as they differ."""
    begin_reading()
    stored = queries.get_event(number)
    mine, theirs = [], []
    for name in SAME:
        typed, kept = _shown(form[name].data), _shown(getattr(stored, name))
        if typed != kept:
            mine.append((str(form[name].label.text), typed))
            theirs.append((str(form[name].label.text), kept))
    return Conflict(str(conflict), mine=mine, stored=theirs)


def _shown(value: Any) -> str:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "–" if value is None or value == "" else str(value)


@blueprint.post("/<int:number>/<any(veroeffentlichen, zurueckziehen):deed>")
@organiser
def decision(number: int, deed: str) -> ResponseReturnValue:
    found = queries.get_event(number)
    if deed == "veroeffentlichen":
        actions.publish_event(me(), event=found)
        flash(_("The event is in the programme. Everybody sees it."), "success")
    else:
        actions.withdraw_event(me(), event=found)
        flash(_("The event is out of the programme."), "success")
    return redirect(url_for("manage_events.event", number=number), 303)


@blueprint.post("/<int:number>/kopieren")
@organiser
def copy(number: int) -> ResponseReturnValue:
    made = actions.duplicate_event(me(), event=queries.get_event(number))
    flash(_("This is the copy, a draft. Please set its time."), "success")
    return redirect(url_for("manage_events.edit_event", number=made.id), 303)


@blueprint.route("/<int:number>/absagen", methods=["GET", "POST"])
@organiser
def cancellation(number: int) -> ResponseReturnValue:
    found, form = queries.get_event(number), CancelEventForm()
    if accepted(form, lambda: actions.cancel_event(me(), event=found, reason=form.reason.data)):
        flash(_("The event is cancelled. Everybody who signed up is told."), "success")
        return redirect(url_for("manage_events.event", number=number), 303)
    verdict = may_cancel_event(me(), found, now())
    page = render_template("events/manage/cancellation.html", event=found, form=form, verdict=verdict)
    return page, 422 if form.errors or form.form_errors else 200
