"""Commands about events: `flask events …`, and what the worker does about places and reminders."""

import json
import sys
from pathlib import Path

import click
from flask import Blueprint

from ideenlab.attendance.queries import ids_with_work
from ideenlab.core.clock import now
from ideenlab.core.db import begin_reading, transaction
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import ngettext
from ideenlab.core.jobs import job, stopping
from ideenlab.core.tables import Unreadable
from ideenlab.events.actions import (
    drop_unproved,
    forget_sign_ups,
    import_events,
    move_up,
    preview_events,
    remind_some,
    send_some,
    tell_some,
)
from ideenlab.events.actions.signing_up import KEPT_UNPROVED
from ideenlab.events.models import EVENT_PLACES
from ideenlab.events.queries import (
    find_event,
    next_letter,
    unproved_sign_ups,
    unreminded_sign_ups,
    untold_sign_ups,
)
from ideenlab.programme.queries import editions, find_edition

DAYS_FOR_SIGN_UPS = 30

blueprint = Blueprint("events_cli", __name__, cli_group="events")


@blueprint.cli.command("forget")
@click.option("--days", type=click.IntRange(0, 3650), default=DAYS_FOR_SIGN_UPS, show_default=True)
def forget(*, days: int) -> None:
    """Wipe names, addresses, telephone numbers and notes of events that are over. Cannot be undone."""
    with transaction():
        number = forget_sign_ups(days=days)
    click.echo(ngettext("%(num)s sign-up forgotten.", "%(num)s sign-ups forgotten.", number))


@blueprint.cli.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--edition", "slug", required=True, help="Short name of the week, as in the address of its programme.")
@click.option("--publish", is_flag=True, help="New events stand in the programme at once; otherwise they are drafts.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
def import_(*, file: Path, slug: str, publish: bool, dry_run: bool, as_json: bool) -> None:
    """Read the events of a table (CSV) from FILE into the programme of a week.

    Columns: Nummer, Titel, Datum, Beginn, Ende and others; the page "From a table" of the organisers lists them all.
    Times are the city's. A second import of the same table changes nothing. A row that cannot be used is left out and
    named with its line; then the command ends with 1.
    """
    try:
        with transaction():
            edition = find_edition(slug)
            if edition is None:
                known = ", ".join(one.slug for one in editions()) or "–"
                raise click.ClickException(f"There is no edition {slug!r}. There are: {known}")
            preview = preview_events(file, edition=edition)
            done = {name: len(preview.having(name)) for name in ("new", "changed", "same")}
            if not dry_run:
                import_events(None, edition=edition, preview=preview, publish=publish, name=file.name)
    except Unreadable as fault:
        raise click.ClickException(str(fault)) from fault
    _say(done, preview.refused, as_json=as_json)


def _say(done: dict[str, int], refused: list[tuple[int, str]], *, as_json: bool) -> None:
    if as_json:
        lines = [{"line": line, "reason": reason} for line, reason in refused]
        click.echo(json.dumps({**done, "refused": lines}, ensure_ascii=False))
    else:
        for line, reason in refused:
            click.echo(_("Line %(line)s left out: %(reason)s", line=line, reason=reason))
        figures = {"new": done["new"], "changed": done["changed"], "same": done["same"], "refused": len(refused)}
        click.echo(_("%(new)s new, %(changed)s changed, %(same)s as they are, %(refused)s refused", **figures))
    if refused:
        sys.exit(1)


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


@job("events.tell", seconds=5)
def keep_telling() -> None:
    """Mails to everybody who signed up for what was moved or cancelled, and letters to all, a few at a time."""
    begin_reading()
    while (untold_sign_ups(most=1) or next_letter()) and not stopping.is_set():
        with transaction():
            send_some()  # first: who is told of a cancellation has no place any more
            tell_some()
        begin_reading()


@job("events.remind", seconds=300)
def keep_reminding() -> None:
    """The day before."""
    begin_reading()
    while unreminded_sign_ups(now(), most=1) and not stopping.is_set():
        with transaction():
            remind_some()
        begin_reading()
