"""Commands about the way of ideas: `flask trails …`."""

import click
from flask import Blueprint

from ideenlab.core.jobs import job, stopping
from ideenlab.trails.actions import follow_trails

blueprint = Blueprint("trails_cli", __name__, cli_group="trails")


@blueprint.cli.command("follow")
def follow() -> None:
    """Find which ideas came a step further and tell their people, once. The worker does it every minute."""
    click.echo(str(follow_trails()))


@job("trails.follow", seconds=60)
def follow_now_and_then() -> None:
    follow_trails(stopped=stopping.is_set)
