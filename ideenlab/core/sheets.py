"""Sheets for a spreadsheet program. A text stays a text, whatever it begins with: no cell is ever a formula."""

import tempfile
from collections.abc import Iterable, Sequence
from typing import IO

from xlsxwriter import Workbook

SAFE = {
    "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    "in_memory": False,
}  # fmt: skip
LONGEST_CELL = 32_767  # what the format allows


def write_sheet(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> IO[bytes]:
    """A workbook with one sheet, as an open file that is gone when closed. Memory does not grow with the rows."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    book = Workbook(file, SAFE)
    sheet = book.add_worksheet(title[:31])
    bold = book.add_format({"bold": True})
    for place, name in enumerate(columns):
        sheet.write_string(0, place, name, bold)
    for line, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(line, place, value)
            elif value is not None and value != "":
                sheet.write_string(line, place, str(value)[:LONGEST_CELL])
    sheet.freeze_panes(1, 0)
    book.close()
    file.seek(0)
    return file
