from flask import Blueprint

blueprint = Blueprint("opendata", __name__)
