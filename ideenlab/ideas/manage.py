from flask import Blueprint

blueprint = Blueprint("manage_calls", __name__, url_prefix="/organisation")
