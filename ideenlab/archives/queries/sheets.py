from collections.abc import Sequence

from ideenlab.archives.queries.certificates import Prize
from ideenlab.core.i18n import day
from ideenlab.core.i18n import gettext as _
from ideenlab.core.pdf import Sheet
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
    sheet.set_y(30)
    sheet.say(_("Certificate"), size=40, bold=True)
    sheet.ln(6)
    if name:
        sheet.say(name, size=26, bold=True)
    else:
        sheet.lines(1, gap=12)
    sheet.ln(5)
    if prize:
        won = {"place": prize.place, "team": prize.team}
        sheet.say(_("has won place %(place)s with the team “%(team)s” and the prototype", **won), size=16)
        sheet.say(prize.title, size=20, bold=True)
        sheet.say(_("at the hackathon"), size=16)
    else:
        sheet.say(_("has taken part in the hackathon"), size=16)
    sheet.say(hackathon.title, size=22, bold=True)
    when = " – ".join(dict.fromkeys((day(hackathon.starts_at), day(hackathon.ends_at))))
    sheet.say(f"{when} · {hackathon.place}" if hackathon.place else when, size=14, grey=True)
    sheet.set_y(max(sheet.get_y() + 6, 176))
    sheet.say(_("Date and signature: ______________________________"), size=12)
