"""The ticket: as a page and on paper."""

from flask import render_template
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, signed_in
from ideenlab.core.errors import NotFound
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.pdf import Sheet
from ideenlab.core.qr import qr_picture
from ideenlab.hackathons.forms import sent
from ideenlab.hackathons.models import Registration
from ideenlab.hackathons.queries import find_registration, get_hackathon, has_guardian_agreed, ticket_address
from ideenlab.hackathons.rules import is_minor
from ideenlab.hackathons.views.door import blueprint

A6 = (148.0, 105.0)


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
    sheet = Sheet(_("Ticket: %(title)s", title=hackathon.title), width=A6[0], height=A6[1])
    sheet.add_page()
    sheet.qr(ticket_address(registration), x=sheet.w - sheet.r_margin - 50, y=sheet.t_margin, size=50)
    sheet.say(_("Ticket"), size=11, grey=True, width=78)
    sheet.say(hackathon.title, size=18, bold=True, width=78)
    sheet.ln(2)
    sheet.say(registration.person.pseudonym, size=14, width=78)
    sheet.set_y(max(sheet.get_y() + 3, 62))
    sheet.say(_spaced(registration), size=20, bold=True)
    sheet.say(_("%(begin)s to %(end)s", begin=moment(hackathon.starts_at), end=moment(hackathon.ends_at)), size=10)
    sheet.say(hackathon.place, size=10)
    return sent(sheet, f"ticket-{slug}.pdf")


def _my_ticket(slug: str) -> Registration:
    registration: Registration | None = find_registration(me(), get_hackathon(slug))
    if registration is None or not registration.ticket_code:
        raise NotFound
    return registration


def _spaced(registration: Registration) -> str:
    code = registration.ticket_code or ""
    return f"{code[:5]} {code[5:]}"
