from flask import Blueprint

from ideenlab.core.db import transaction
from ideenlab.core.jobs import job
from ideenlab.prototypes.actions import forget_dissolved, forget_screenshots_of_dissolved

blueprint = Blueprint("prototypes_cli", __name__)


@job("prototypes.clean_up", seconds=300)  # founding, filling and leaving teams must not fill the disk
def clean_up() -> None:
    with transaction():
        forget_dissolved()
        forget_screenshots_of_dissolved()
