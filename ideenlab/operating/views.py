"""For pages of lower floors: what is missing before going live (decision 0007)."""

from flask import Blueprint

from ideenlab.core.security import city
from ideenlab.operating.rules import Finding, missing_for_going_live

blueprint = Blueprint("operating", __name__)


@blueprint.app_context_processor
def give_missing() -> dict[str, object]:
    return {"missing_for_going_live": _missing}


def _missing() -> list[Finding]:
    return [finding for finding in missing_for_going_live(city()) if not finding.is_fine]
