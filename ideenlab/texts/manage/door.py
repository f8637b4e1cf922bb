from flask import Blueprint

blueprint = Blueprint("manage_texts", __name__, url_prefix="/organisation")
