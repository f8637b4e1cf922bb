from flask import render_template
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public
from ideenlab.core.clock import now
from ideenlab.core.page_cache import same_for_visitors
from ideenlab.hackathons import queries
from ideenlab.hackathons.models import Announcement, Hackathon
from ideenlab.hackathons.views.door import blueprint


@blueprint.get("/hackathon/<slug>/ablauf")
@public
@same_for_visitors
def agenda(slug: str) -> ResponseReturnValue:
    """The programme of the days, and what organisers announced."""
    found, time = queries.get_hackathon(slug), now()
    return render_template(
        "hackathons/agenda.html", hackathon=found, days=queries.agenda_by_day(found), time=time,
        announcements=queries.announcements_of(found), deadline=queries.next_deadline(found, time),
    )  # fmt: skip


@blueprint.app_context_processor
def give_banners() -> dict[str, object]:
    return {"banners_of": _banners_of}


def _banners_of(hackathon: Hackathon) -> list[Announcement]:
    return queries.banners_of(hackathon, now())
