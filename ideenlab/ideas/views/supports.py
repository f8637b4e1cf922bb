import json

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, signed_in
from ideenlab.core.i18n import gettext as _
from ideenlab.ideas.actions import support_idea, undo_support
from ideenlab.ideas.models import Idea
from ideenlab.ideas.views.door import blueprint
from ideenlab.ideas.views.idea import seen_idea


@blueprint.post("/idee/<int:idea_id>/unterstuetzen")
@signed_in
def support(idea_id: int) -> ResponseReturnValue:
    idea = seen_idea(idea_id)
    support_idea(me(), idea=idea)
    return _answer(idea, supported=True, said=_("You support this idea."))


@blueprint.post("/idee/<int:idea_id>/nicht-mehr-unterstuetzen")
@signed_in
def undo(idea_id: int) -> ResponseReturnValue:
    idea = seen_idea(idea_id)
    undo_support(me(), idea=idea)
    return _answer(idea, supported=False, said=_("You no longer support this idea."))


def _answer(idea: Idea, *, supported: bool, said: str) -> ResponseReturnValue:
    """The button anew for a page with JavaScript, else back to the idea."""
    if not request.headers.get("HX-Request"):
        flash(said, "success")
        return redirect(url_for("ideas.idea", idea_id=idea.id), 303)
    button = make_response(render_template("ideas/_support_button.html", idea=idea, supported=supported))
    button.headers["HX-Trigger"] = json.dumps({"announce": said})
    return button
