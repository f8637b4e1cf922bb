from flask import Blueprint

from ideenlab.prototypes.rules import host_of

blueprint = Blueprint("prototypes", __name__)
blueprint.add_app_template_filter(host_of, "host")
