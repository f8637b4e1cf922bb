"""PDF sheets with our font: German and neighbouring letters, a title and a language for screen readers."""

from io import BytesIO

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from ideenlab.core.assets import asset_file
from ideenlab.core.i18n import language
from ideenlab.core.qr import qr_png

GREY = 90
FONTS = (("Fira", "latin"), ("FiraExt", "latin-ext"))


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

    def say(
        self, text: str, *, size: float, bold: bool = False, width: float = 0, grey: bool = False, centred: bool = False
    ) -> None:
        """A paragraph, then the next line."""
        self.set_font("Fira", "B" if bold else "", size)
        self.set_text_color(GREY if grey else 0)
        self.multi_cell(width, size * 0.48, text, align="C" if centred else "L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

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
