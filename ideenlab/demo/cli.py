from flask import Blueprint

blueprint = Blueprint("demo_cli", __name__, cli_group="demo")
