import click
from flask import Blueprint

from ideenlab.core.db import transaction
from ideenlab.core.jobs import job
from ideenlab.moderation.actions import forget_reporters, gather_waiting

blueprint = Blueprint("moderation_cli", __name__, cli_group="moderation")


@job("moderation.queue", seconds=5)
def gather() -> None:
    """What waits for its release comes into the queue."""
    with transaction():
        gather_waiting()


@job("moderation.forget", seconds=3600)
def forget() -> None:
    with transaction():
        forget_reporters()


@blueprint.cli.command("gather")
def gather_once() -> None:
    """Put what waits for its release into the queue, once."""
    with transaction():
        number = gather_waiting()
    click.echo(f"{number} new in the queue")
