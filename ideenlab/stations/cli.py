"""What the worker does for stations."""

from flask import Blueprint

from ideenlab.core.db import transaction
from ideenlab.core.jobs import job
from ideenlab.stations.actions import clean_up_kiosks

blueprint = Blueprint("stations_cli", __name__)


@job("stations.clean_up", seconds=3600)
def clean_up() -> None:
    with transaction():
        clean_up_kiosks()
