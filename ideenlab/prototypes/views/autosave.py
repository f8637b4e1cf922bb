"""The draft's page saves by itself, and two people may write in it at once: see static/js/merging.js."""

from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, signed_in
from ideenlab.core.clock import now
from ideenlab.core.errors import NotAllowed
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import in_city_time
from ideenlab.core.verdict import require
from ideenlab.prototypes import actions
from ideenlab.prototypes.actions import Clash
from ideenlab.prototypes.forms import DraftForm, controls_of, fingerprints
from ideenlab.prototypes.models import Prototype
from ideenlab.prototypes.queries import find_prototype_of, written_fields
from ideenlab.prototypes.rules import label_of, may_change_prototype, may_see_draft
from ideenlab.prototypes.views.blueprint import blueprint
from ideenlab.prototypes.views.drafts import draft_form
from ideenlab.teams.models import Team
from ideenlab.teams.queries import get_team


@blueprint.post("/team/<int:team_id>/prototyp/zwischenstand")
@signed_in
def autosave(team_id: int) -> ResponseReturnValue:
    """The same save as by the button, answered in JSON. A field that cannot be kept as it is stays out of it."""
    team = get_team(team_id)
    here = url_for(".draft", team_id=team.id)
    form = draft_form(team, find_prototype_of(team))
    form.validate()
    try:
        require(may_see_draft(me(), team))
        require(may_change_prototype(me(), team, now()))
        saved = actions.save_draft(
            me(), team=team, text=form.text(), revision=form.revision.data, seen=form.fingerprints_seen(),
            leave=form.left_out(), by_itself=True,
        )  # fmt: skip
    except Clash as clash:
        return {"message": str(clash), "url": here, **_both(team, clash)}, 409
    except NotAllowed as error:
        return {"message": str(error), "url": here}, 403
    return _answer(form, saved)


def _answer(form: DraftForm, saved: Prototype) -> dict[str, Any]:
    """What is stored now, and which of it somebody else wrote."""
    stored, unsaved = written_fields(saved), [name for name in form.left_out() if name in form]
    mine = actions.cleaned(form.text())
    theirs = {
        name: controls_of((name, value)) for name, value in stored.items()
        if name in form and name not in unsaved and value != mine[name]
    }  # fmt: skip
    clock = f"{in_city_time(now()):%H:%M:%S}"
    if unsaved:
        message = _("Saved at %(time)s, but not this: %(fields)s.", time=clock,
                    fields=", ".join(label_of(name) for name in unsaved))  # fmt: skip
    else:
        message = _("Saved at %(time)s.", time=clock)
    return {
        "revision": saved.revision, "message": message, "seen": fingerprints(stored), "theirs": theirs,
        "unsaved": unsaved,
    }  # fmt: skip


def _both(team: Team, clash: Clash) -> dict[str, Any]:
    """For each field that both changed: what is stored, to be read and to be put into the form."""
    stored = written_fields(find_prototype_of(team))
    shown = dict(clash.stored)
    return {
        "seen": fingerprints(stored),
        "clash": [
            {"name": name, "label": label_of(name), "stored": shown[label_of(name)],
             "controls": controls_of((name, stored[name]))}
            for name in clash.names
        ],
    }  # fmt: skip
