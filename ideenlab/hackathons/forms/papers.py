"""What is printed from more than one door."""

from collections.abc import Sequence

from flask import Response

from ideenlab.core.i18n import gettext as _
from ideenlab.core.links import public_url
from ideenlab.core.pdf import Sheet

CARD = (85.0, 55.0)  # two in a row, five rows on a sheet of A4


def card_sheet(title: str, cards: Sequence[tuple[str, str]], *, name: str) -> Response:
    """Cards with which people without an address sign in: pairs of pseudonym and code."""
    sheet = Sheet(_("Access cards: %(title)s", title=title), width=210.0, height=297.0)
    for number, (pseudonym, code) in enumerate(cards):
        if number % 10 == 0:
            sheet.add_page()
        row, column = divmod(number % 10, 2)
        _draw(sheet, title, pseudonym, code, x=20 + column * CARD[0], y=11 + row * CARD[1])
    return sent(sheet, name)


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


def _draw(sheet: Sheet, title: str, pseudonym: str, code: str, *, x: float, y: float) -> None:
    address = public_url("accounts.card")
    sheet.set_draw_color(190)
    sheet.rect(x, y, *CARD)
    sheet.qr(address, x=x + 57, y=y + 4, size=24)
    fit(sheet, title, x=x + 4, y=y + 5, width=52, size=9)
    fit(sheet, pseudonym, x=x + 4, y=y + 13, width=52, size=16, bold=True)
    fit(sheet, _("Your code, please keep it secret:"), x=x + 4, y=y + 30, width=77, size=9)
    fit(sheet, f"{code[:4]} - {code[4:8]} - {code[8:]}", x=x + 4, y=y + 36, width=77, size=16, bold=True)
    fit(sheet, address, x=x + 4, y=y + 46, width=77, size=9)
