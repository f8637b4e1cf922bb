"""What is printed from more than one door."""

from collections.abc import Sequence

from flask import Response

from ideenlab.attendance.forms import CARD, fit, next_card, sent
from ideenlab.core.i18n import gettext as _
from ideenlab.core.links import public_url
from ideenlab.core.pdf import Sheet


def card_sheet(title: str, cards: Sequence[tuple[str, str]], *, name: str) -> Response:
    """Cards with which people without an address sign in: pairs of pseudonym and code."""
    sheet = Sheet(_("Access cards: %(title)s", title=title), width=210.0, height=297.0)
    for number, (pseudonym, code) in enumerate(cards):
        x, y = next_card(sheet, number)
        _draw(sheet, title, pseudonym, code, x=x, y=y)
    return sent(sheet, name)


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
