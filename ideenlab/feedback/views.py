from flask import Blueprint

from ideenlab.feedback import queries

blueprint = Blueprint("feedback", __name__)

__all__ = ["blueprint", "queries"]
