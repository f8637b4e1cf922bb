from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public
from ideenlab.core.errors import NotFound
from ideenlab.core.page_cache import same_for_visitors
from ideenlab.core.weblinks import host_of
from ideenlab.ideas.queries import get_idea
from ideenlab.trails import queries
from ideenlab.trails.rules import may_see_trail

blueprint = Blueprint("trails", __name__)


@blueprint.get("/idee/<int:idea_id>/werdegang")
@public
@same_for_visitors
def trail(idea_id: int) -> ResponseReturnValue:
    """From the idea to what became of it."""
    idea = get_idea(idea_id)
    if not may_see_trail(idea):
        raise NotFound
    return render_template("trails/trail.html", idea=idea, trail=queries.trail_of(idea), host_of=host_of)


@blueprint.app_context_processor
def give_trails() -> dict[str, object]:
    return {"latest_news": queries.latest_news, "shown_outcomes": queries.shown_outcomes}
