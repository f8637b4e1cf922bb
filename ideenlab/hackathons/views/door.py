from flask import Blueprint

blueprint = Blueprint("hackathons", __name__)
