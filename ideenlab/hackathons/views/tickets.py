"""The ticket: as a page and on paper."""

from flask import render_template
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, signed_in
from ideenlab.attendance.forms import printed_ticket
from ideenlab.core.errors import NotFound
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.qr import qr_picture
from ideenlab.hackathons.models import Registration
from ideenlab.hackathons.queries import find_registration, get_hackathon, has_guardian_agreed, ticket_address
from ideenlab.hackathons.rules import is_minor
from ideenlab.hackathons.views.door import blueprint


@blueprint.get("/hackathon/<slug>/ticket")
@signed_in
def ticket(slug: str) -> ResponseReturnValue:
    registration = _my_ticket(slug)
    return render_template(
        "hackathons/ticket.html", hackathon=registration.hackathon, registration=registration,
        picture=qr_picture(ticket_address(registration)),
        needs_agreement=is_minor(me()) and not has_guardian_agreed(registration),
    )  # fmt: skip


@blueprint.get("/hackathon/<slug>/ticket.pdf")
@signed_in
def ticket_pdf(slug: str) -> ResponseReturnValue:
    registration = _my_ticket(slug)
    hackathon = registration.hackathon
    when = _("%(begin)s to %(end)s", begin=moment(hackathon.starts_at), end=moment(hackathon.ends_at))
    return printed_ticket(
        title=hackathon.title, name=registration.person.pseudonym, code=registration.ticket_code or "",
        address=ticket_address(registration), facts=[when, hackathon.place], filename=f"ticket-{slug}.pdf",
    )  # fmt: skip


def _my_ticket(slug: str) -> Registration:
    registration: Registration | None = find_registration(me(), get_hackathon(slug))
    if registration is None or not registration.ticket_code:
        raise NotFound
    return registration
