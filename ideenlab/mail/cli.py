import click
from flask import Blueprint, current_app
from flask.cli import AppGroup

from ideenlab.core.jobs import job, stopping, work_until_told
from ideenlab.core.security import city
from ideenlab.mail.actions import send_mails

blueprint = Blueprint("mail_cli", __name__, cli_group=None)
mail = AppGroup("mail", short_help="The outbox.")
blueprint.cli.add_command(mail)


@blueprint.cli.command("work")
def work() -> None:
    """Run the worker: mails, the search index and clean-up, until it is told to stop."""
    work_until_told(current_app._get_current_object())  # type: ignore[attr-defined]


@mail.command("send")
def send() -> None:
    """Send the mails that are due, once."""
    numbers = send_mails(city())
    click.echo(f"sent {numbers['sent']}, later {numbers['later']}, given up {numbers['given_up']}")


@job("mail.send", seconds=2)
def send_now_and_then() -> None:
    send_mails(city(), stopped=stopping.is_set)
