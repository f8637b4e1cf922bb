"""Commands about the city: `flask city …`."""

from pathlib import Path

import click
from flask import Blueprint

from ideenlab.city.actions import import_districts
from ideenlab.city.queries import districts
from ideenlab.core.db import transaction
from ideenlab.core.errors import Invalid

blueprint = Blueprint("city_cli", __name__, cli_group="city")


@blueprint.cli.command("districts")
@click.option("--import", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A GeoJSON file.")
def list_districts(*, file: Path | None) -> None:
    """List the districts; with --import, first add or redraw those of a GeoJSON FeatureCollection by their name.

    All of the file is taken, or nothing of it.
    """
    if file:
        try:
            with transaction():
                added, changed = import_districts(file.read_text(encoding="utf-8-sig"))
        except (Invalid, UnicodeDecodeError) as problem:
            raise click.ClickException(f"{file.name}: {problem}") from problem
        click.echo(f"{added} added, {changed} changed")
        return
    for district in districts():
        click.echo(f"{district.slug}\t{'drawn' if district.outline else 'no outline'}\t{district.title}")
