"""What hackathons and events have in common: forms at the entrance, and what is printed for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Response
from wtforms import HiddenField

from ideenlab.accounts.models import PSEUDONYM_LENGTH
from ideenlab.core.clock import now
from ideenlab.core.forms import Form, Limit, Line, Required
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.core.i18n import moment
from ideenlab.core.pdf import Sheet

A4, A6 = (210.0, 297.0), (148.0, 105.0)
CARD = (85.0, 55.0)  # two in a row, five rows on a sheet of A4
LINES, LINE_HEIGHT = 36, 7.1  # on a sheet of the list


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


class HelperForm(Form):
    pseudonym = Line(
        _l("Pseudonym"), [Required(), Limit(PSEUDONYM_LENGTH)],
        description=_l("The person needs an account and is told by mail."),
    )  # fmt: skip


@dataclass(frozen=True)
class DoorLine:
    """One person on the list for the entrance. `warns`: the note is to be seen."""

    name: str
    more: str = ""
    code: str = ""
    note: str = ""
    warns: bool = False


def printed_door_list(lines: Sequence[DoorLine], *, title: str, filename: str) -> Response:
    """To tick at the door when nothing else works."""
    sheet = Sheet(_("List for the entrance: %(title)s", title=title), width=A4[0], height=A4[1])
    for number, line in enumerate(lines):
        if number % LINES == 0:
            sheet.add_page()
            sheet.say(title, size=15, bold=True)
            sheet.say(_("Printed: %(moment)s", moment=moment(now())), size=9, grey=True)
        y = 28 + LINE_HEIGHT * (number % LINES)
        sheet.box(sheet.l_margin, y + 0.6, 4)
        columns = (
            (14, 62, line.name, True), (78, 54, line.more, False), (134, 26, line.code, False),
            (162, 42, line.note, line.warns),
        )  # fmt: skip
        for x, width, text, bold in columns:
            fit(sheet, text, x=x, y=y, width=width, size=10, bold=bold)
    return sent(sheet, filename)


def printed_badges(names: Sequence[str], *, title: str, filename: str) -> Response:
    sheet = Sheet(_("Badges: %(title)s", title=title), width=A4[0], height=A4[1])
    for number, name in enumerate(names):
        x, y = next_card(sheet, number)
        sheet.set_draw_color(190)
        sheet.rect(x, y, *CARD)
        fit(sheet, title, x=x + 5, y=y + 5, width=75, size=10)
        fit(sheet, name, x=x + 5, y=y + 20, width=75, size=26, bold=True)
    return sent(sheet, filename)


def next_card(sheet: Sheet, number: int) -> tuple[float, float]:
    """Where the card of this number stands, ten on a sheet."""
    if number % 10 == 0:
        sheet.add_page()
    row, column = divmod(number % 10, 2)
    return 20 + column * CARD[0], 11 + row * CARD[1]


def fit(sheet: Sheet, text: str, *, x: float, y: float, width: float, size: float, bold: bool = False) -> None:
    """One line, smaller where it would not fit, cut where it would be too small to read."""
    sheet.set_text_color(0)
    sheet.set_font("Fira", "B" if bold else "", size)
    while sheet.get_string_width(text) > width and size > 7:
        size -= 1
        sheet.set_font("Fira", "B" if bold else "", size)
    while text and sheet.get_string_width(text) > width:
        text = text[:-1]
    sheet.set_xy(x, y)
    sheet.cell(width, size * 0.5, text)


def sent(sheet: Sheet, name: str) -> Response:
    response = Response(sheet.content(), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


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
    return sent(sheet, filename)
