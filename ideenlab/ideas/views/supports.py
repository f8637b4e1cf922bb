import json
import re

from flask import flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, signed_in
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid, NotFound
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import ngettext
from ideenlab.core.links import url_for
from ideenlab.ideas.actions import support_idea, undo_support
from ideenlab.ideas.maths import shares_of
from ideenlab.ideas.models import Idea
from ideenlab.ideas.queries import counted_vote, get_call, get_idea_to_support, own_votes, points_left
from ideenlab.ideas.rules import may_see_idea, open_for_support
from ideenlab.ideas.views.door import blueprint

blueprint.add_app_template_global(shares_of)


@blueprint.post("/idee/<int:idea_id>/unterstuetzen")
@signed_in
def support(idea_id: int) -> ResponseReturnValue:
    idea, value = get_idea_to_support(idea_id), _value()
    if not may_see_idea(me(), idea):
        raise NotFound
    support_idea(me(), idea=idea, value=value)
    said = {
        "yes": _("You support this idea."),
        "for_against": {1: _("You are for this idea."), -1: _("You are against this idea.")}.get(
            value, _("You are not sure about this idea.")
        ),
        "points": ngettext("You give this idea %(num)s point.", "You give this idea %(num)s points.", value),
    }[idea.call.support_mode]
    return _answer(idea, vote=counted_vote(me(), idea) if idea.part_count else value, said=said)


def _value() -> int:
    """Without a value it is a plain yes."""
    typed = request.form.get("value", "1")
    if not re.fullmatch("-?[0-9]{1,3}", typed, re.ASCII):
        raise Invalid(_("This vote does not exist in this call."))
    return int(typed)


@blueprint.post("/idee/<int:idea_id>/nicht-mehr-unterstuetzen")
@signed_in
def undo(idea_id: int) -> ResponseReturnValue:
    """Also of an idea that can no longer be seen: points on it go back to their owner."""
    idea = get_idea_to_support(idea_id)
    if not may_see_idea(me(), idea) and counted_vote(me(), idea) is None:
        raise NotFound
    undo_support(me(), idea=idea)
    said = {
        "yes": _("You no longer support this idea."),
        "for_against": _("Your vote is taken back."),
        "points": _("Your points are taken back."),
    }[idea.call.support_mode]
    return _answer(idea, vote=None, said=said)


def _answer(idea: Idea, *, vote: int | None, said: str) -> ResponseReturnValue:
    """The part of the page anew where there is JavaScript, else back to where the person was."""
    if not request.headers.get("HX-Request"):
        flash(said, "success")
        if request.form.get("back") == "list":
            return redirect(url_for("ideas.my_votes", slug=idea.call.slug), 303)
        return redirect(url_for("ideas.idea", idea_id=idea.id), 303)
    left = points_left(me(), idea.call) if idea.call.support_mode == "points" else 0
    part = make_response(render_template("ideas/_support.html", idea=idea, vote=vote, points_left=left, closed=""))
    part.headers["HX-Trigger"] = json.dumps({"announce": said})
    return part


@blueprint.get("/ideen/<slug>/meine-stimmen")
@signed_in
def my_votes(slug: str) -> ResponseReturnValue:
    call = get_call(slug)
    return render_template(
        "ideas/my_votes.html", call=call, votes=own_votes(me(), call), points_left=points_left(me(), call),
        open_for_support=open_for_support(call, now()),
    )  # fmt: skip
