from flask import Blueprint

from ideenlab.core.jobs import job, stopping
from ideenlab.notifications.actions import send_digests

blueprint = Blueprint("notifications_cli", __name__, cli_group=None)


@job("notifications.digests", seconds=20)
def send_what_is_due() -> None:
    send_digests(stopped=stopping.is_set)
