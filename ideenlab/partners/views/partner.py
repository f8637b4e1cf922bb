"""Partners as everybody reads about them."""

from flask import render_template
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public, visitor
from ideenlab.core.attachment import shown_picture
from ideenlab.core.errors import NotFound
from ideenlab.core.page_cache import same_for_visitors
from ideenlab.core.text import safe_html
from ideenlab.core.weblinks import host_of
from ideenlab.partners.queries import participations_of, published_partners, shown_participations
from ideenlab.partners.rules import may_edit_partner, may_see_partner
from ideenlab.partners.views.door import blueprint, seen_partner
from ideenlab.programme.queries import current_edition


@blueprint.get("/partner")
@public
@same_for_visitors
def partners() -> ResponseReturnValue:
    """Who takes part this week, then those of other weeks."""
    edition = current_edition()
    taking = shown_participations(edition) if edition else []
    here = {each.partner_id for each in taking}
    others = [partner for partner in published_partners() if partner.id not in here]
    return render_template("partners/partners.html", edition=edition, participations=taking, others=others)


@blueprint.get("/partner/<slug>")
@public
@same_for_visitors
def partner(slug: str) -> ResponseReturnValue:
    found, person = seen_partner(slug), visitor()
    return render_template(
        "partners/partner.html", partner=found, description=safe_html(found.description_html),
        host=host_of(found.website), participations=participations_of(found),
        may_edit=person and may_edit_partner(person, found),
    )  # fmt: skip


@blueprint.get("/partner/<slug>/logo")
@public
def logo(slug: str) -> ResponseReturnValue:
    found = seen_partner(slug)
    if found.logo is None:
        raise NotFound
    everybody = bool(may_see_partner(None, found))
    return shown_picture(found.logo.key, sha256=found.logo.sha256, size=found.logo.size, everybody=everybody)
