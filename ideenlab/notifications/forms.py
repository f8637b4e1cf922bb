from typing import Any

from wtforms import SelectField

from ideenlab.core.forms import Form, Sometimes
from ideenlab.core.i18n import gettext as _
from ideenlab.notifications.actions.letters import kind_names
from ideenlab.notifications.models import KINDS, paces_for


def pace_names() -> dict[str, str]:
    return {"at_once": _("at once"), "daily": _("once a day"), "weekly": _("once a week"), "never": _("never")}


class OnlyButton(Form):
    """Nothing but the token."""


class PreferencesForm(Form):
    """One choice for each kind of mail."""

    own = SelectField(validators=[Sometimes()])
    comments = SelectField(validators=[Sometimes()])
    followed = SelectField(validators=[Sometimes()])
    discussions = SelectField(validators=[Sometimes()])
    new_ideas = SelectField(validators=[Sometimes()])
    hackathon = SelectField(validators=[Sometimes()])
    work = SelectField(validators=[Sometimes()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names, paces = kind_names(), pace_names()
        for kind in KINDS:
            self[kind].label.text = names[kind]
            self[kind].choices = [(pace, paces[pace]) for pace in paces_for(kind)]
