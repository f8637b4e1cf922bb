from flask import Blueprint

from ideenlab.deliberations import queries

blueprint = Blueprint("deliberations", __name__)

__all__ = ["blueprint", "queries"]
