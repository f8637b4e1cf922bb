"""The protocol on paper."""

from collections.abc import Sequence

from fpdf.fonts import FontFace

from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.pdf import Sheet
from ideenlab.jury.models import Result
from ideenlab.jury.queries.sections import Section

A4_ACROSS = (297.0, 210.0)
SIZE, LINE = 8, 4.2


def protocol_sheet(result: Result, sections: Sequence[Section]) -> bytes:
    """A4 across; tables go on over pages, with their heads again."""
    title = _("Protocol of the result: %(title)s", title=result.hackathon.title)
    sheet = Sheet(title, width=A4_ACROSS[0], height=A4_ACROSS[1])
    sheet.set_margin(14)
    sheet.set_auto_page_break(auto=True, margin=14)
    sheet.add_page()
    sheet.say(title, size=18, bold=True)
    sheet.say(
        _("Result %(number)s, sealed on %(moment)s", number=result.number, moment=moment(result.sealed_at)), size=10
    )
    if result.withdrawn_at:
        sheet.say(_("Withdrawn on %(moment)s: %(reason)s", moment=moment(result.withdrawn_at),
                    reason=result.withdrawal_reason), size=12, bold=True)  # fmt: skip
    sheet.say(_("SHA-256 of the file that belongs to it: %(hash)s", hash=result.sha256), size=9, grey=True)
    for section in sections:
        _draw(sheet, section)
    return sheet.content()


def _draw(sheet: Sheet, section: Section) -> None:
    sheet.ln(4)
    sheet.say(section.title, size=13, bold=True)
    for text in section.texts:
        sheet.say(text, size=9)
    if not section.rows:
        return
    sheet.ln(1)
    sheet.set_font("Fira", "", SIZE)
    sheet.set_text_color(0)
    aligned = ["RIGHT" if isinstance(head, tuple) else "LEFT" for head in section.heads]
    with sheet.table(
        text_align=aligned, line_height=LINE, headings_style=FontFace(emphasis="BOLD"), padding=0.6,
        borders_layout="HORIZONTAL_LINES",
    ) as table:  # fmt: skip
        table.row([head[0] if isinstance(head, tuple) else head for head in section.heads])
        for row in section.rows:
            table.row(list(row))
