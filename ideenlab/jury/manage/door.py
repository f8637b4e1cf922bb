from flask import Blueprint, request

blueprint = Blueprint("manage_jury", __name__, url_prefix="/organisation")


def status() -> int:
    return 422 if request.method == "POST" else 200
