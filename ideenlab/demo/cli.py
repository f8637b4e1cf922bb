"""Commands of the demo city."""

import sys
from collections.abc import Iterator

import click
from flask import Blueprint

from ideenlab.accounts.queries import demo_people
from ideenlab.config import zone
from ideenlab.core.db import transaction
from ideenlab.core.security import city
from ideenlab.demo.actions import STEPS, fill_city, fill_week
from ideenlab.demo.queries import has_real_people, is_filled

blueprint = Blueprint("demo_cli", __name__, cli_group="demo")


@blueprint.cli.command("fill")
@click.option("--week", is_flag=True, help="Also 80 events, 48 partners and 1,800 sign-ups.")
def fill(*, week: bool) -> None:
    """Fill an empty database with a demo city: ideas, comments, teams, a jury and five people to play.

    Run twice it changes nothing. It refuses where real people have accounts.
    """
    with transaction():
        if is_filled():
            click.echo(
                "The demo city is already filled" + (": only the week grows." if week else "; nothing was changed.")
            )
        else:
            _fill_empty_city()
        if week:
            made = fill_week(zone=zone(city()))
            click.echo("The week has " + ", ".join(f"{number:,} {name}" for name, number in made.items()))


def _fill_empty_city() -> None:
    if has_real_people():
        click.echo("Real people have accounts in this database: a demo city needs an empty one.", err=True)
        sys.exit(1)
    password = city().demo_password
    _show_progress(fill_city(password=password, zone=zone(city())))
    _introduce(password)


def _show_progress(parts: Iterator[str]) -> None:
    """A bar on a terminal, a line for each part otherwise."""
    if sys.stdout.isatty():
        with click.progressbar(parts, length=len(STEPS), label="Filling the demo city") as bar:
            for _part in bar:
                pass
        return
    for number, part in enumerate(parts, 1):
        click.echo(f"{number}/{len(STEPS)} {part}")


def _introduce(password: str) -> None:
    click.echo(f"The demo city is filled. Five people to play, all with the password {password}")
    for person in demo_people():
        click.echo(f"  {person.pseudonym:24} {person.email}")
