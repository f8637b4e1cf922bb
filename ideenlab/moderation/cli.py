import click
from flask import Blueprint

from ideenlab.core.db import transaction
from ideenlab.core.jobs import job
from ideenlab.moderation.actions import gather_waiting

blueprint = Blueprint("moderation_cli", __name__, cli_group="moderation")


@job("moderation.queue", seconds=5)
def gather() -> None:
    """What waits for its release comes into the queue."""
    with transaction():
        gather_waiting()


@blueprint.cli.command("gather")
def gather_once() -> None:
    """Put what waits for its release into the queue, once."""
    with transaction():
        number = gather_waiting()
    click.echo(f"{number} new in the queue")
