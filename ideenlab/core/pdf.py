"""PDF sheets with our font: German and neighbouring letters, a title and a language for screen readers."""

import re
from io import BytesIO

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from ideenlab.core.assets import asset_file
from ideenlab.core.i18n import language
from ideenlab.core.qr import qr_png

GREY = 90
FONTS = (("Fira", "latin"), ("FiraExt", "latin-ext"))
UNUSUAL = re.compile("[^\\S\xa0]|[\xad\u200b]")  # what breaks a line and is no plain space


class Sheet(FPDF):
    """Pages of one size in millimetres. Letters that the font lacks become a plain sign, never an error."""

    def __init__(self, title: str, *, width: float, height: float) -> None:
        super().__init__(unit="mm", format=(width, height))
        for name, subset in FONTS:
            self.add_font(name, "", str(asset_file(f"fira-sans-{subset}-400.ttf")))
            self.add_font(name, "B", str(asset_file(f"fira-sans-{subset}-600.ttf")))
        self.set_fallback_fonts(["FiraExt"], exact_match=False)
        self.set_title(title)
        self.set_lang(language())
        self.set_creator("Ideenlab")
        self.set_auto_page_break(False)
        self.set_margin(8)
        self._widths: dict[tuple[str, str], float] = {}  # of letters, in parts of the size

    def say(
        self, text: str, *, size: float, bold: bool = False, width: float = 0, grey: bool = False, centred: bool = False
    ) -> None:
        """A paragraph, then the next line."""
        self.set_font("Fira", "B" if bold else "", size)
        self.set_text_color(GREY if grey else 0)
        align, wide = "C" if centred else "L", width or self.w - self.r_margin - self.x
        lines = self._broken(text, wide - 2 * self.c_margin)
        if not lines:
            self.multi_cell(width, size * 0.48, text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        for line in lines:
            self.cell(wide, size * 0.48, line, align=align, new_x=XPos.LEFT, new_y=YPos.NEXT)
        self.set_x(self.l_margin)

    def _broken(self, text: str, wide: float) -> list[str]:
        """The lines of a plain text; none where it breaks otherwise than at single spaces.

        The library measures a line anew for each of its letters, which takes longer than all the rest of a sheet.
        """
        lines: list[str] = []
        for paragraph in text.split("\n"):
            line, used = "", 0.0
            for word in paragraph.split(" "):
                length = sum(map(self._width_of, word))
                if length > wide or (not word and paragraph) or UNUSUAL.search(word):
                    return []
                if line and used + self._width_of(" ") + length > wide:
                    lines.append(line)
                    line, used = "", 0.0
                line, used = (f"{line} {word}", used + self._width_of(" ") + length) if line else (word, length)
            lines.append(line)
        return lines if text else []

    def _width_of(self, letter: str) -> float:
        key = letter, self.font_style
        if key not in self._widths:
            self._widths[key] = self.get_string_width(letter) / self.font_size
        return self._widths[key] * self.font_size

    def lines(self, number: int, *, gap: float, indent: float = 0) -> None:
        """To write on."""
        self.set_draw_color(GREY)
        self.set_line_width(0.2)
        for _line in range(number):
            self.set_y(self.get_y() + gap)
            self.line(self.l_margin + indent, self.get_y(), self.w - self.r_margin - indent, self.get_y())

    def box(self, x: float, y: float, size: float) -> None:
        """To tick."""
        self.set_draw_color(0)
        self.set_line_width(0.3)
        self.rect(x, y, size, size)

    def qr(self, address: str, *, x: float, y: float, size: float) -> None:
        """A QR code; the address is its text for who does not see it. It should stand beside it in letters too."""
        self.image(BytesIO(qr_png(address, border=2)), x=x, y=y, w=size, h=size, alt_text=address, title=address)

    def content(self) -> bytes:
        return bytes(self.output())
