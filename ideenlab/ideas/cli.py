from flask import Blueprint

blueprint = Blueprint("ideas_cli", __name__, cli_group="ideas")
