from flask import Blueprint

blueprint = Blueprint("manage_pitches", __name__, url_prefix="/organisation")
