from flask import Blueprint

blueprint = Blueprint("prototypes", __name__)
