import click
from flask import Blueprint, current_app

from ideenlab.core.db import transaction
from ideenlab.core.jobs import job
from ideenlab.files.actions import remove_unclaimed

blueprint = Blueprint("files_cli", __name__, cli_group="files")


@blueprint.cli.command()
def janitor() -> None:
    """Remove uploads that nobody finished or claimed for a day; name rows whose file is gone."""
    with transaction():
        report = remove_unclaimed()
    click.echo(f"{report.given_up} unfinished uploads and {report.unclaimed} unclaimed files removed")
    for key in report.missing:
        click.echo(f"missing: {key}", err=True)
    if report.missing:
        raise SystemExit(1)


@job("files.janitor", seconds=3600)
def tidy() -> None:
    with transaction():
        report = remove_unclaimed()
    for key in report.missing:
        current_app.logger.error("stored file is missing: %s", key)
