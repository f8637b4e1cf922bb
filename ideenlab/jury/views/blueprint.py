from decimal import Decimal
from fractions import Fraction

from flask import Blueprint

from ideenlab.core.i18n import number
from ideenlab.jury.maths import half_up
from ideenlab.jury.queries import differences

blueprint = Blueprint("jury", __name__)


@blueprint.app_template_filter("points")
def points(value: Fraction | str, digits: int = 2) -> str:
    """Exact points as people read them: rounded half up, German with a comma."""
    return number(float(half_up(Fraction(value), digits)), digits)


@blueprint.app_template_filter("share")
def share(weight: Decimal, total: Decimal) -> str:
    """A weight in per cent of all weights."""
    return number(float(half_up(Fraction(weight) * 100 / Fraction(total), 1)))


blueprint.add_app_template_filter(differences, "differences")  # {{ before|differences(after) }}, in pages and mails
