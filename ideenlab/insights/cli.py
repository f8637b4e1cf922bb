"""Commands about figures: `flask insights …`."""

import click
from flask import Blueprint

from ideenlab.core.jobs import job, stopping
from ideenlab.insights.actions import draw_opinion_maps

blueprint = Blueprint("insights_cli", __name__, cli_group="insights")


@blueprint.cli.command("opinions")
def opinions() -> None:
    """Draw the opinion maps whose votes have changed, now. The worker does it once an hour."""
    click.echo(str(draw_opinion_maps(at_once=True)))


@job("insights.opinions", seconds=600)
def draw_now_and_then() -> None:
    draw_opinion_maps(stopped=stopping.is_set)
