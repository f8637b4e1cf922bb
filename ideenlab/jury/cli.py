from flask import Blueprint

blueprint = Blueprint("jury_cli", __name__, cli_group="jury")
