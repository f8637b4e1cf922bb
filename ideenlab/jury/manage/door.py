from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.hackathons.models import Hackathon

blueprint = Blueprint("manage_jury", __name__, url_prefix="/organisation")


def status() -> int:
    return 422 if request.method == "POST" else 200


def back_to_jury(hackathon: Hackathon, message: str) -> ResponseReturnValue:
    if message:
        flash(message, "success")
    return redirect(url_for("manage_jury.jury", slug=hackathon.slug), 303)
