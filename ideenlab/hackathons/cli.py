"""Commands about hackathons: `flask hackathons …`."""

from datetime import timedelta

import click
from flask import Blueprint

from ideenlab.attendance.queries import ids_with_work
from ideenlab.core.clock import now
from ideenlab.core.db import find, transaction
from ideenlab.core.i18n import gettext as _
from ideenlab.core.jobs import job, stopping
from ideenlab.core.security import city
from ideenlab.hackathons.actions import forget_hackathons, move_up
from ideenlab.hackathons.models import PLACES, Hackathon
from ideenlab.hackathons.queries import count_private, hackathons_to_forget

blueprint = Blueprint("hackathons_cli", __name__, cli_group="hackathons")


@blueprint.cli.command("forget")
@click.option("--days", type=click.IntRange(0, 3650), help="After the end. [default: DAYS_FOR_HACKATHON_DATA]")
@click.option("--dry-run", is_flag=True, help="Only say what would be forgotten.")
def forget(*, days: int | None, dry_run: bool) -> None:
    """Wipe legal names, diet, access needs, guardians and answers of hackathons that are over. Cannot be undone."""
    days = city().days_for_hackathon_data if days is None else days
    if dry_run:
        found = [(hackathon, count_private(hackathon)) for hackathon in hackathons_to_forget(now() - timedelta(days))]
        _say(found)
        click.echo(_("Dry run, nothing was stored."))
        return
    with transaction():
        _say(forget_hackathons(days=days))


def _say(found: list[tuple[Hackathon, int]]) -> None:
    for hackathon, number in found:
        click.echo(f"{hackathon.slug}\t{number}")
    if not found:
        click.echo(_("There is nothing to forget."))


@job("hackathons.places", seconds=60)
def keep_places() -> None:
    """Offers that nobody took lapse, and free places are offered to who waits."""
    for number in ids_with_work(PLACES, now()):
        if stopping.is_set():
            break
        with transaction():
            hackathon = find(Hackathon, number)
            if hackathon:
                move_up(hackathon)
