from flask import Blueprint

blueprint = Blueprint("manage_city", __name__, url_prefix="/organisation")
