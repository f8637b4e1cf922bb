from wtforms import HiddenField

from ideenlab.core.forms import Form, Limit, Line, Required, Text
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.core.text import LONGEST_MARKDOWN
from ideenlab.texts.actions import LONGEST_MAIL, LONGEST_SUBJECT


class RevisionForm(Form):
    """Taking back: nothing to fill in, but which state of the text was seen."""

    revision = HiddenField()

    def seen_revision(self) -> int:
        typed = self.revision.data or ""
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1


class PageForm(RevisionForm):
    text = Text(
        _l("Text"), [Limit(LONGEST_MARKDOWN)], description=_l("Markdown. Leave it empty to take the city’s words away.")
    )


class MailForm(RevisionForm):
    subject = Line(_l("Subject"), [Required(), Limit(LONGEST_SUBJECT, 3)])
    text = Text(_l("Text"), [Required(), Limit(LONGEST_MAIL, 10)])
