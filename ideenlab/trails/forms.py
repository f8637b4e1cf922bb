from typing import Any

from wtforms import HiddenField

from ideenlab.core.forms import Form, Limit, Line, Required, Text
from ideenlab.core.i18n import lazy_gettext as _l


class OutcomeForm(Form):
    title = Line(
        _l("What became of it"), [Required(), Limit(120)],
        description=_l("In a few words: “The city tries it out in three parks”."),
    )  # fmt: skip
    text = Text(_l("More about it"), [Limit(2000)])
    url = Line(_l("Link"), [Limit(500)], description=_l("Where people can use it or read more."))
    revision = HiddenField()

    def given(self) -> dict[str, Any]:
        return {name: self[name].data or "" for name in ("title", "text", "url")}

    def seen_revision(self) -> int:
        text = str(self.revision.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
