from flask import Blueprint, current_app

from ideenlab.core.jobs import work_until_told

blueprint = Blueprint("mail_cli", __name__, cli_group=None)


@blueprint.cli.command("work")
def work() -> None:
    """Run the worker: mails, the search index and clean-up, until it is told to stop."""
    work_until_told(current_app._get_current_object())  # type: ignore[attr-defined]
