from flask import Blueprint

blueprint = Blueprint("manage_answers", __name__, url_prefix="/organisation/antworten")
