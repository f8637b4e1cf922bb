"""What the worker does for reports about barriers."""

from flask import Blueprint

from ideenlab.barriers.actions import forget_reporters
from ideenlab.core.db import transaction
from ideenlab.core.jobs import job

blueprint = Blueprint("barriers_cli", __name__)


@job("barriers.forget", seconds=3600)
def forget() -> None:
    with transaction():
        forget_reporters()
