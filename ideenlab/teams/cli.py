from flask import Blueprint

from ideenlab.core.db import transaction
from ideenlab.core.jobs import job
from ideenlab.teams.actions import forget_addresses

blueprint = Blueprint("teams_cli", __name__)


@job("teams.forget_addresses", seconds=600)  # an address that did not answer belongs to somebody who may not know us
def forget() -> None:
    with transaction():
        forget_addresses()
