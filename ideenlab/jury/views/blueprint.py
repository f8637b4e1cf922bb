from decimal import Decimal
from fractions import Fraction

from flask import Blueprint

from ideenlab.core.i18n import number
from ideenlab.jury.maths import half_up
from ideenlab.jury.queries import differences
from ideenlab.jury.queries.sections import points

blueprint = Blueprint("jury", __name__)
blueprint.add_app_template_filter(points, "points")


@blueprint.app_template_filter("share")
def share(weight: Decimal, total: Decimal) -> str:
    """A weight in per cent of all weights."""
    return number(float(half_up(Fraction(weight) * 100 / Fraction(total), 1)))


blueprint.add_app_template_filter(differences, "differences")  # {{ before|differences(after) }}, in pages and mails
