"""What the worker does about proposals to join ideas: `flask merges …`."""

import click
from flask import Blueprint

from ideenlab.core.jobs import job
from ideenlab.merges.actions import end_due_merges

blueprint = Blueprint("merges_cli", __name__, cli_group="merges")


@blueprint.cli.command("end-due")
def end_due() -> None:
    """End the proposals whose time for answers is over. The worker does it every ten minutes."""
    click.echo(str(end_due_merges()))


@job("merges.end_due", seconds=600)
def end_due_now_and_then() -> None:
    end_due_merges()
