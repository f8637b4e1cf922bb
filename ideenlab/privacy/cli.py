"""Commands about data of people: `flask privacy …`."""

import json

import click
from flask import Blueprint

from ideenlab.accounts.queries import find_person, find_person_by_email
from ideenlab.core.db import transaction
from ideenlab.core.errors import NotAllowed
from ideenlab.core.jobs import job
from ideenlab.core.text import normalise_email
from ideenlab.privacy.actions import came_back, complete_list, erase_person, retain, would_go
from ideenlab.privacy.rules import WAYS

blueprint = Blueprint("privacy_cli", __name__, cli_group="privacy")


@blueprint.cli.command("retain")
@click.option("--dry-run", is_flag=True, help="Only say how many of each are due.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
def retain_now(*, dry_run: bool, as_json: bool) -> None:
    """Let go what has been kept as long as the privacy notice says. The worker does it every hour."""
    if dry_run:
        numbers = would_go()
    else:
        with transaction():
            numbers = retain()
    lines = "\n".join(f"{number}\t{name}" for name, number in sorted(numbers.items()))
    click.echo(json.dumps(numbers, indent=1, sort_keys=True) if as_json else lines)
    if dry_run and not as_json:
        click.echo("Dry run, nothing was stored.")


@job("privacy.retain", seconds=3600)
def keep_retaining() -> None:
    with transaction():
        retain()
    complete_list()  # last: where the disk is full or write-protected, this job is shown as failed


@blueprint.cli.command("erase")
@click.argument("who", metavar="ADDRESS_OR_NUMBER")
@click.option("--way", type=click.Choice(WAYS), required=True, help="nameless: ideas and comments stay without a name.")
@click.option("--yes", is_flag=True, help="Do it. Without it, only who would be erased is said.")
def erase(*, who: str, way: str, yes: bool) -> None:
    """Erase somebody who asked for it by letter, or whose account is closed. Cannot be undone."""
    with transaction():
        person = find_person(int(who)) if who.isdecimal() else find_person_by_email(normalise_email(who) or "")
        if person is None:
            raise click.ClickException(f"Nobody has the number or address {who}.")
        name = person.pseudonym
        if not yes:
            click.echo(f"{name} (number {person.id}) would be erased. Add --yes to do it.")
            return
        try:
            erase_person(None, person=person, way=way)
        except NotAllowed as refused:
            raise click.ClickException(str(refused)) from None
    click.echo(f"{name} is erased.")


@blueprint.cli.command("erase-again")
def erase_again() -> None:
    """After a restore: erase everybody once more who was erased after the backup was made."""
    for number, way in came_back():
        with transaction():
            person = find_person(number)
            if person is not None:
                erase_person(None, person=person, way=way)
                click.echo(f"number {number} is erased again")
    if number := complete_list():
        click.echo(f"{number} that were missing in the list are written down")
    click.echo("done")
