import re

from wtforms import HiddenField

from ideenlab.core.forms import Form


class Revision(HiddenField):
    """The revision that was shown. What is none, is a revision that never was."""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0] if valuelist else ""
        self.data = int(text) if re.fullmatch(r"[0-9]{1,9}", text, re.ASCII) else -1


class ConfirmForm(Form):
    """Nothing to fill in: a button on a page that says what happens."""

    revision = Revision()
