from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.core.clock import now
from ideenlab.hackathons.actions import MORE_MINUTES
from ideenlab.hackathons.queries import (
    announcements_of,
    get_any_hackathon,
    missing_for_opening,
    next_deadline,
    next_items,
)
from ideenlab.hackathons.rules import (
    may_announce,
    may_extend_deadline,
    may_publish_hackathon,
    may_unpublish_hackathon,
)
from ideenlab.pages.queries import day_figures, set_up_figures

blueprint = Blueprint("manage_pages", __name__, url_prefix="/organisation")


@blueprint.get("/hackathons/<slug>/oeffnen")
@organiser
def opening(slug: str) -> ResponseReturnValue:
    """What must and what should be there before everybody sees a hackathon."""
    found, time = get_any_hackathon(slug), now()
    return render_template(
        "pages/manage/opening.html", hackathon=found, missing=missing_for_opening(found, time),
        figures=set_up_figures(found), may_publish=may_publish_hackathon(me(), found, time),
        may_unpublish=may_unpublish_hackathon(me(), found),
    )  # fmt: skip


@blueprint.get("/hackathons/<slug>/heute")
@organiser
def today(slug: str) -> ResponseReturnValue:
    """On the phone, in the hall: what is due, what is missing, what was reported."""
    found, time = get_any_hackathon(slug), now()
    return render_template(
        "pages/manage/today.html", hackathon=found, time=time, deadline=next_deadline(found, time),
        items=next_items(found, time), announcements=announcements_of(found)[:3], figures=day_figures(found),
        minutes=MORE_MINUTES, may_announce=may_announce(me(), found),
        may_extend=may_extend_deadline(me(), found, MORE_MINUTES, time),
    )  # fmt: skip
