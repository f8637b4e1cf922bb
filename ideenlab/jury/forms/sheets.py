"""The ballot on paper: A4, one for each juror and prototype, the same criteria and levels as on the page."""

from collections.abc import Sequence

from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import number
from ideenlab.core.pdf import Sheet
from ideenlab.jury.models import Criterion, Juror, JuryRules
from ideenlab.jury.queries import Stop

WIDTH, HEIGHT, MARGIN, LOWEST = 210.0, 297.0, 14.0, 288.0


class BallotSheet:
    """Draws ballots one after the other into one file."""

    def __init__(self, title: str, *, hackathon: str, rules: JuryRules, criteria: Sequence[Criterion]) -> None:
        self.sheet = Sheet(title, width=WIDTH, height=HEIGHT)
        self.sheet.set_margin(MARGIN)
        self.hackathon, self.rules, self.criteria = hackathon, rules, criteria
        self.head = ""

    def add(self, juror: Juror, stop: Stop, *, round_number: int, address: str) -> None:
        """`address`: where this sheet is typed in."""
        self.head = f"{juror.name} · {stop.team}"
        self.sheet.add_page()
        self.sheet.qr(address, x=WIDTH - MARGIN - 26, y=MARGIN - 4, size=26)
        wide = WIDTH - 2 * MARGIN - 30
        self.sheet.say(self.hackathon, size=9, grey=True, width=wide)
        self.sheet.say(_("Team %(team)s", team=stop.team), size=16, bold=True, width=wide)
        self.sheet.say(_("Member of the jury: %(name)s", name=juror.name), size=11, width=wide)
        if round_number > 1:
            self.sheet.say(_("Round %(number)s", number=round_number), size=11, width=wide)
        self.sheet.say(address, size=7, grey=True, width=wide)
        self.sheet.set_y(max(self.sheet.get_y(), MARGIN + 23))
        how = _(
            "Please tick one box for each criterion. Where you cannot say anything, tick “no answer” and write why."
        )
        self.sheet.say(how, size=9)
        for criterion in self.criteria:
            self._criterion(criterion)
        self._words()

    def _room(self, height: float) -> None:
        if self.sheet.get_y() + height > LOWEST:
            self.sheet.add_page()
            self.sheet.say(_("%(head)s, continued", head=self.head), size=9, grey=True)

    def _criterion(self, criterion: Criterion) -> None:
        sentences = [text for text in criterion.levels.split("\n")[: len(self.rules.levels)] if text]
        self._room(24 + 3.9 * len(sentences))
        self.sheet.set_y(self.sheet.get_y() + 3)
        self.sheet.say(criterion.title, size=11.5, bold=True)
        if criterion.question:
            self.sheet.say(criterion.question, size=9)
        for half_points, sentence in zip(self.rules.levels, criterion.levels.split("\n"), strict=False):
            if sentence:
                self.sheet.say(f"{number(half_points / 2)}   {sentence}", size=8, grey=True)
        self._boxes()

    def _boxes(self) -> None:
        """One for each value, and one for no answer with a line for the reason."""
        y, x = self.sheet.get_y() + 2, MARGIN
        step = min(14.0, (WIDTH - 2 * MARGIN) / len(self.rules.values))
        for half_points in self.rules.values:
            self.sheet.box(x, y, 4.5)
            self._label(number(half_points / 2), x + 5, y)
            x += step
        y += 6.5
        self.sheet.box(MARGIN, y, 4.5)
        self._label(_("No answer, because:"), MARGIN + 6, y)
        self.sheet.set_draw_color(90)
        self.sheet.line(MARGIN + 42, y + 4.5, WIDTH - MARGIN, y + 4.5)
        self.sheet.set_y(y + 6)

    def _label(self, text: str, x: float, y: float) -> None:
        self.sheet.set_xy(x, y - 0.4)
        self.sheet.set_font("Fira", "", 9)
        self.sheet.set_text_color(0)
        self.sheet.cell(w=40, h=5, text=text)

    def _words(self) -> None:
        self._room(46)
        self.sheet.set_y(self.sheet.get_y() + 3)
        optional = "" if self.rules.feedback_required else f" – {_('optional')}"
        self.sheet.say(_("To the team") + optional, size=11.5, bold=True)
        who = _(
            "The team reads what you write here after the ceremony, without your name. The organisers read it first."
        )
        self.sheet.say(who, size=8, grey=True)
        for label in (_("What is strong about it?"), _("What else is strong?"), _("A good next step")):
            self.sheet.say(label, size=9)
            self.sheet.lines(1, gap=6.5)
            self.sheet.set_y(self.sheet.get_y() + 1.5)

    def content(self) -> bytes:
        return self.sheet.content()
