from flask import Blueprint

blueprint = Blueprint("mail_cli", __name__, cli_group="mail")
