"""Commands about events: `flask events …`, and what the worker does about places and reminders."""

import click
from flask import Blueprint

from ideenlab.attendance.queries import ids_with_work
from ideenlab.core.clock import now
from ideenlab.core.db import begin_reading, transaction
from ideenlab.core.i18n import ngettext
from ideenlab.core.jobs import job, stopping
from ideenlab.events.actions import drop_unproved, forget_sign_ups, move_up, remind_some
from ideenlab.events.actions.signing_up import KEPT_UNPROVED
from ideenlab.events.models import EVENT_PLACES
from ideenlab.events.queries import find_event, unproved_sign_ups, unreminded_sign_ups

DAYS_FOR_SIGN_UPS = 30

blueprint = Blueprint("events_cli", __name__, cli_group="events")


@blueprint.cli.command("forget")
@click.option("--days", type=click.IntRange(0, 3650), default=DAYS_FOR_SIGN_UPS, show_default=True)
def forget(*, days: int) -> None:
    """Wipe names, addresses, telephone numbers and notes of events that are over. Cannot be undone."""
    with transaction():
        number = forget_sign_ups(days=days)
    click.echo(ngettext("%(num)s sign-up forgotten.", "%(num)s sign-ups forgotten.", number))


@job("events.forget", seconds=86_400)
def keep_forgetting() -> None:
    with transaction():
        forget_sign_ups(days=DAYS_FOR_SIGN_UPS)


@job("events.places", seconds=60)
def keep_places() -> None:
    """Offers that nobody took lapse, and free places are offered to who waits."""
    for number in ids_with_work(EVENT_PLACES, now()):
        if stopping.is_set():
            break
        with transaction():
            event = find_event(number)
            if event:
                move_up(event)
    begin_reading()
    if unproved_sign_ups(now() - KEPT_UNPROVED):
        with transaction():
            drop_unproved()


@job("events.remind", seconds=300)
def keep_reminding() -> None:
    """The day before."""
    begin_reading()
    while unreminded_sign_ups(now(), most=1) and not stopping.is_set():
        with transaction():
            remind_some()
        begin_reading()
