from flask import Blueprint

blueprint = Blueprint("accounts_cli", __name__, cli_group="accounts")
