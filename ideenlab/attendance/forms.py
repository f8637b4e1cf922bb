"""What the entrances of hackathons and events have in common. The floors above extend it."""

from datetime import UTC, datetime

from wtforms import HiddenField

from ideenlab.core.forms import Form, Limit, Line, Required
from ideenlab.core.i18n import lazy_gettext as _l


class CheckInForm(Form):
    code = Line(
        _l("Code of the ticket"), [Required(), Limit(300)],
        description=_l("Ten letters and digits. Capital or small, with or without a blank."),
    )  # fmt: skip
    at = HiddenField()

    def scanned_at(self) -> datetime | None:
        """When it was scanned, where it had to wait for a network: milliseconds since 1970."""
        text = str(self.at.data or "")
        return (
            datetime.fromtimestamp(int(text) / 1000, UTC)
            if text.isascii() and text.isdigit() and len(text) == 13
            else None
        )
