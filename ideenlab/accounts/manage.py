from flask import Blueprint

blueprint = Blueprint("manage_accounts", __name__, url_prefix="/organisation")
