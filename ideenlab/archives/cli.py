from flask import Blueprint

from ideenlab.archives.actions import remind_of_notes
from ideenlab.core.db import transaction
from ideenlab.core.jobs import job

blueprint = Blueprint("archives_cli", __name__)


@job("archives.remind", seconds=3600)
def remind() -> None:
    with transaction():
        remind_of_notes()
