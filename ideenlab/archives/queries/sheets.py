from collections.abc import Sequence

from ideenlab.archives.queries.certificates import Prize
from ideenlab.core.i18n import day
from ideenlab.core.i18n import gettext as _
from ideenlab.core.pdf import Sheet
from ideenlab.core.security import city
from ideenlab.hackathons.models import Hackathon

A4_ACROSS = (297.0, 210.0)


def certificate_sheet(hackathon: Hackathon, pages: Sequence[tuple[str, Prize | None]]) -> bytes:
    """A PDF with one page for each name and prize. Without a name there is a line to write on."""
    sheet = Sheet(_("Certificate: %(title)s", title=hackathon.title), width=A4_ACROSS[0], height=A4_ACROSS[1])
    sheet.set_margin(28)
    for name, prize in pages:
        _draw(sheet, hackathon, name, prize)
    return sheet.content()


def _draw(sheet: Sheet, hackathon: Hackathon, name: str, prize: Prize | None) -> None:
    sheet.add_page()
    _frame(sheet)
    sheet.set_y(26)
    sheet.say(city().city_name, size=14, grey=True, centred=True)
    sheet.ln(5)
    sheet.say(_("Certificate"), size=40, bold=True, centred=True)
    sheet.ln(7)
    if name:
        sheet.say(name, size=28, bold=True, centred=True)
    else:
        sheet.lines(1, gap=13, indent=40)
    sheet.ln(6)
    if prize:
        won = {"place": prize.place, "team": prize.team}
        sheet.say(_("has won place %(place)s with the team “%(team)s” and the prototype", **won), size=16, centred=True)
        sheet.ln(3)
        sheet.say(prize.title, size=22, bold=True, centred=True)
        if prize.name:
            sheet.say(_("Prize: %(title)s", title=prize.name), size=16, centred=True)
        sheet.ln(3)
        sheet.say(_("at the hackathon"), size=16, centred=True)
    else:
        sheet.say(_("has taken part in the hackathon"), size=16, centred=True)
    sheet.ln(3)
    sheet.say(hackathon.title, size=20, bold=True, centred=True)
    sheet.ln(4)
    when = " – ".join(dict.fromkeys((day(hackathon.starts_at), day(hackathon.ends_at))))
    sheet.say(f"{when} · {hackathon.place}" if hackathon.place else when, size=13, grey=True, centred=True)
    sheet.set_y(max(sheet.get_y() + 4, 170))
    sheet.lines(1, gap=12, indent=70)
    sheet.ln(2)
    sheet.say(_("Date and signature"), size=11, grey=True, centred=True)


def _frame(sheet: Sheet) -> None:
    sheet.set_draw_color(0)
    for inset, width in ((11, 0.8), (13, 0.2)):
        sheet.set_line_width(width)
        sheet.rect(inset, inset, sheet.w - 2 * inset, sheet.h - 2 * inset)
