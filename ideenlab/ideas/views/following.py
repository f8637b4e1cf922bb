import json

from flask import flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, signed_in
from ideenlab.core.errors import NotFound
from ideenlab.core.i18n import gettext as _
from ideenlab.core.links import url_for
from ideenlab.ideas.actions.following import Followed, follow_thing, unfollow_thing
from ideenlab.ideas.models import Call, Idea
from ideenlab.ideas.queries.calls import find_call_by_id
from ideenlab.ideas.views.door import blueprint
from ideenlab.ideas.views.idea import seen_idea
from ideenlab.programme.queries import find_topic


def _thing(kind: str, number: int) -> Followed:
    finders = {"idee": seen_idea, "aufruf": find_call_by_id, "thema": find_topic}
    found: Followed | None = finders[kind](number) if kind in finders else None
    if found is None:
        raise NotFound
    return found


@blueprint.post("/folgen/<kind>/<int:number>")
@signed_in
def follow(kind: str, number: int) -> ResponseReturnValue:
    thing = _thing(kind, number)
    follow_thing(me(), thing=thing)
    return _answer(thing, kind, following=True, said=_("You follow this now. What is new comes to your messages."))


@blueprint.post("/nicht-mehr-folgen/<kind>/<int:number>")
@signed_in
def unfollow(kind: str, number: int) -> ResponseReturnValue:
    thing = _thing(kind, number)
    unfollow_thing(me(), thing=thing)
    return _answer(thing, kind, following=False, said=_("You no longer follow this."))


def _answer(thing: Followed, kind: str, *, following: bool, said: str) -> ResponseReturnValue:
    """The button anew for a page with JavaScript, else the page of the thing."""
    if request.headers.get("HX-Request"):
        part = render_template("ideas/_follow_button.html", kind=kind, number=thing.id, following=following)
        button = make_response(part)
        button.headers["HX-Trigger"] = json.dumps({"announce": said})
        return button
    flash(said, "success")
    if isinstance(thing, Idea):
        return redirect(url_for("ideas.idea", idea_id=thing.id), 303)
    return redirect(url_for("ideas.ideas", slug=thing.slug) if isinstance(thing, Call) else url_for("ideas.calls"), 303)
