"""The live wall for the projector: made once a second, whoever asks; a wall that knows it already gets 304."""

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, moderator, public, visitor
from ideenlab.core.clock import now
from ideenlab.core.errors import NotFound
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import language
from ideenlab.core.links import public_url
from ideenlab.core.page_cache import only_if_new, same_for_visitors
from ideenlab.core.qr import qr_picture
from ideenlab.ideas.models import Call
from ideenlab.ideas.queries import get_call, get_idea
from ideenlab.stations import actions
from ideenlab.stations.queries import WallView, taken_off_wall, wall_of
from ideenlab.stations.rules import may_steer_wall
from ideenlab.stations.views.door import blueprint

SECONDS = 5  # between two questions of a wall


@blueprint.get("/wand/<slug>")
@public
@same_for_visitors
def wall(slug: str) -> ResponseReturnValue:
    call = get_call(slug)
    view, may_steer = wall_of(call), bool(may_steer_wall(visitor()))
    address = public_url("ideas.ideas", slug=slug)
    return render_template(
        "stations/wall.html", call=call, view=view, version=_version(view), may_steer=may_steer, address=address,
        picture=qr_picture(address), off=taken_off_wall(call) if may_steer else [], seconds=SECONDS, at=now(),
    )  # fmt: skip


@blueprint.get("/wand/<slug>/stand")
@public
@same_for_visitors
def wall_now(slug: str) -> ResponseReturnValue:
    """What the wall shows now, as a part of its page."""
    call = get_call(slug)
    view, may_steer = wall_of(call), bool(may_steer_wall(visitor()))
    answer = make_response(render_template("stations/_wall.html", call=call, view=view, may_steer=may_steer, at=now()))
    answer.set_etag(_version(view) + ("s" if may_steer else ""))
    return only_if_new(answer)


def _version(view: WallView) -> str:
    return view.version[:20] + language()


@blueprint.post("/wand/<slug>/leeren")
@moderator
def blank_wall(slug: str) -> ResponseReturnValue:
    call = get_call(slug)
    actions.blank_wall(me(), call=call)
    return _back(call, _("The wall is blank now."))


@blueprint.post("/wand/<slug>/zeigen")
@moderator
def show_wall(slug: str) -> ResponseReturnValue:
    call = get_call(slug)
    actions.show_wall(me(), call=call)
    return _back(call, _("The wall shows the ideas again."))


@blueprint.post("/wand/<slug>/idee/<int:idea_id>/entfernen")
@moderator
def take_off_wall(slug: str, idea_id: int) -> ResponseReturnValue:
    return _moved(slug, idea_id, off=True)


@blueprint.post("/wand/<slug>/idee/<int:idea_id>/zurueck")
@moderator
def put_on_wall(slug: str, idea_id: int) -> ResponseReturnValue:
    return _moved(slug, idea_id, off=False)


def _moved(slug: str, idea_id: int, *, off: bool) -> ResponseReturnValue:
    call, idea = get_call(slug), get_idea(idea_id)
    if idea.call_id != call.id:
        raise NotFound
    (actions.take_off_wall if off else actions.put_on_wall)(me(), idea=idea)
    return _back(call, _("The idea is off the wall.") if off else _("The idea is back on the wall."))


def _back(call: Call, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("stations.wall", slug=call.slug), 303)
