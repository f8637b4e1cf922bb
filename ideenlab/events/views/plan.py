"""Somebody's own plan: only they see it."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, signed_in, visitor
from ideenlab.core.clock import now
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import in_city_time
from ideenlab.core.links import public_url, url_for
from ideenlab.events.actions import end_calendar_link, make_calendar_link, plan_event, unplan_event
from ideenlab.events.models import Event
from ideenlab.events.queries import (
    Appointment,
    clashes_in,
    clashes_with,
    find_calendar_link,
    find_plan_entry,
    get_event,
    lasts_days,
    plan_of,
)
from ideenlab.events.views.door import blueprint
from ideenlab.programme.queries import today


@blueprint.get("/programm/mein-plan")
@signed_in
def my_plan() -> ResponseReturnValue:
    return _plan_page()


@blueprint.post("/programm/mein-plan/kalender")
@signed_in
def my_calendar() -> ResponseReturnValue:
    """The address is shown on this one page: we keep only its hash."""
    secret = make_calendar_link(me())
    return _plan_page(address=public_url("events.personal_calendar", secret=secret))


@blueprint.post("/programm/mein-plan/kalender/beenden")
@signed_in
def end_my_calendar() -> ResponseReturnValue:
    end_calendar_link(me())
    flash(_("The address of your calendar is gone. Programs that use it get nothing any more."), "success")
    return redirect(url_for("events.my_plan"), 303)


@blueprint.post("/veranstaltung/<int:number>/merken")
@signed_in
def plan_this(number: int) -> ResponseReturnValue:
    event = get_event(number)
    plan_event(me(), event=event)
    flash(_("“%(title)s” is in your plan.", title=event.title), "success")
    return _back(event)


@blueprint.post("/veranstaltung/<int:number>/streichen")
@signed_in
def unplan_this(number: int) -> ResponseReturnValue:
    event = get_event(number)
    unplan_event(me(), event=event)
    flash(_("“%(title)s” is not in your plan any more.", title=event.title), "success")
    return _back(event)


def _back(event: Event) -> ResponseReturnValue:
    """To where the button stood: the plan, or the page of the event."""
    if request.form.get("from") == "plan":
        return redirect(url_for("events.my_plan"), 303)
    return redirect(url_for("events.event", number=event.id), 303)


def _plan_page(address: str = "") -> str:
    plan, at = plan_of(me()), now()
    coming = [one for one in plan if one.ends_at > at]
    return render_template(
        "events/my_plan.html", days=_by_day(coming), over=[one for one in plan if one.ends_at <= at],
        clashes=clashes_in(coming), address=address, calendar_link=find_calendar_link(me()), lasts_days=lasts_days,
    )  # fmt: skip


def _by_day(plan: list[Appointment]) -> dict[object, list[Appointment]]:
    """What began earlier and still runs stands under today."""
    days: dict[object, list[Appointment]] = {}
    for one in plan:
        days.setdefault(max(in_city_time(one.starts_at).date(), today()), []).append(one)
    return days


@blueprint.app_context_processor
def beside_an_event() -> dict[str, object]:
    """For the page of an event and its sign-up: whether it is in the plan, and what else is at that time."""
    return {"is_planned": _is_planned, "clashes_of": _clashes_of}


def _is_planned(event: Event) -> bool:
    person = visitor()
    return person is not None and find_plan_entry(person, event) is not None


def _clashes_of(event: Event) -> list[Appointment]:
    person = visitor()
    return clashes_with(event, plan_of(person)) if person else []
