from flask import Blueprint

from ideenlab.accounts.access import visitor
from ideenlab.core.errors import NotFound
from ideenlab.partners.models import Partner
from ideenlab.partners.queries import get_partner, shown_participations
from ideenlab.partners.rules import may_see_partner

blueprint = Blueprint("partners", __name__)


def seen_partner(slug: str) -> Partner:
    """The partner of this address, as far as the visitor may know of it."""
    partner = get_partner(slug)
    if not may_see_partner(visitor(), partner):
        raise NotFound
    return partner


@blueprint.app_context_processor
def give_partners() -> dict[str, object]:
    return {"shown_participations": shown_participations}
