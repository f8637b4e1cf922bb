from flask import Blueprint

blueprint = Blueprint("manage_hackathons", __name__, url_prefix="/organisation")
