from typing import Any

from wtforms import SelectField

from ideenlab.core.forms import Form
from ideenlab.core.i18n import gettext as _
from ideenlab.notifications.actions.letters import kind_names
from ideenlab.notifications.models import KINDS, PACES


def pace_names() -> dict[str, str]:
    return {"at_once": _("at once"), "daily": _("once a day"), "weekly": _("once a week"), "never": _("never")}


class OnlyButton(Form):
    """Nothing but the token."""


class PreferencesForm(Form):
    """One choice for each kind of mail."""

    own = SelectField()
    comments = SelectField()
    followed = SelectField()
    new_ideas = SelectField()
    hackathon = SelectField()
    work = SelectField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names, paces = kind_names(), pace_names()
        for kind in KINDS:
            self[kind].label.text = names[kind]
            self[kind].choices = [(pace, paces[pace]) for pace in PACES]
