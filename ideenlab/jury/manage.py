from flask import Blueprint

blueprint = Blueprint("manage_jury", __name__, url_prefix="/organisation")
