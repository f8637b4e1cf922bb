"""What hackathons and events have in common: the form at the entrance, and the ticket on paper."""

from collections.abc import Sequence
from datetime import UTC, datetime

from flask import Response
from wtforms import HiddenField

from ideenlab.core.forms import Form, Limit, Line, Required
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.core.pdf import Sheet

A6 = (148.0, 105.0)


class CheckInForm(Form):
    code = Line(
        _l("Code of the ticket"), [Required(), Limit(300)],
        description=_l("Ten letters and digits. Capital or small, with or without a blank."),
    )  # fmt: skip
    at = HiddenField()

    def scanned_at(self) -> datetime | None:
        """When it was scanned, where it had to wait for a network: milliseconds since 1970."""
        text = str(self.at.data or "")
        return (
            datetime.fromtimestamp(int(text) / 1000, UTC)
            if text.isascii() and text.isdigit() and len(text) == 13
            else None
        )


def printed_ticket(*, title: str, name: str, code: str, address: str, facts: Sequence[str], filename: str) -> Response:
    """The ticket on A6: the QR code says `address`, and the code stands there in letters too."""
    sheet = Sheet(_("Ticket: %(title)s", title=title), width=A6[0], height=A6[1])
    sheet.add_page()
    sheet.qr(address, x=sheet.w - sheet.r_margin - 50, y=sheet.t_margin, size=50)
    sheet.say(_("Ticket"), size=11, grey=True, width=78)
    sheet.say(title, size=18, bold=True, width=78)
    sheet.ln(2)
    sheet.say(name, size=14, width=78)
    sheet.set_y(max(sheet.get_y() + 3, 62))
    sheet.say(f"{code[:5]} {code[5:]}", size=20, bold=True)
    for fact in facts:
        sheet.say(fact, size=10)
    response = Response(sheet.content(), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{filename}"'
    return response
