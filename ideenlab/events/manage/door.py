from flask import Blueprint

blueprint = Blueprint("manage_events", __name__, url_prefix="/organisation/programm")
