"""Sheets break their lines themselves, because the library takes too long: where it would break them, too."""

import pytest
from fpdf.enums import MethodReturnValue

from ideenlab.core.pdf import Sheet

WORDS = "Bitte kreuzen Sie für jedes Merkmal ein Kästchen an, oder „keine Angabe“ – und schreiben Sie, warum. "
PLAIN = [
    WORDS.strip(),
    (WORDS * 4).strip(),
    "Eine Zeile\nund noch eine\n\nnach einer leeren",
    "Łódź, кирилл " * 9 + "🦉",
]
TEXTS = [
    *PLAIN, "Leerzeichen am Ende ",
    f"{WORDS}{'Donaudampfschifffahrtsgesellschaft' * 5} {WORDS}", "weich\u00adgetrennt " * 20,
    "fest\u00a0verbunden " * 20, "zwei  Leerzeichen " * 12, "", "x" * 300,
]  # fmt: skip


@pytest.mark.parametrize("wide", [30.0, 77.7, 150.0])
def test_lines_break_where_the_library_breaks_them(app, wide):
    with app.test_request_context("/"):
        sheet = Sheet("Probe", width=210, height=297)
    sheet.add_page()
    for text in TEXTS:
        sheet.set_y(20)
        sheet.say("", size=9)
        ours = [line.replace("\xa0", " ") for line in sheet._broken(text, wide - 2 * sheet.c_margin)]
        theirs = sheet.multi_cell(wide, 5, text, dry_run=True, output=MethodReturnValue.LINES)
        assert ours in (theirs, []), text
        assert ours or text not in PLAIN
        before = sheet.get_y()
        sheet.say(text, size=9, width=wide)
        assert sheet.get_y() - before == pytest.approx(9 * 0.48 * max(1, len(theirs)))
        assert sheet.get_x() == sheet.l_margin
    assert sheet.content().startswith(b"%PDF")  # which closes the fonts
