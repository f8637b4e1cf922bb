from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public, visitor
from ideenlab.city.queries import city_map
from ideenlab.core.clock import now
from ideenlab.core.errors import NotFound
from ideenlab.core.links import public_url
from ideenlab.core.page_cache import same_for_visitors
from ideenlab.core.qr import qr_picture
from ideenlab.core.text import safe_html
from ideenlab.events import queries
from ideenlab.events.rules import may_edit_event, may_see_event, may_see_who_comes, may_sign_up
from ideenlab.events.views.door import blueprint


@blueprint.get("/veranstaltung/<int:number>")
@public
@same_for_visitors
def event(number: int) -> ResponseReturnValue:
    found, person, time = queries.get_event(number), visitor(), now()
    if not may_see_event(person, found):
        raise NotFound
    return render_template(
        "events/event.html", event=found, state=queries.place_state(found, time), time=time,
        description=safe_html(found.description_html), further=queries.further_partners_of(found),
        siblings=queries.siblings_of(found), mine=queries.find_sign_up(person, found) if person else None,
        may_sign_up=may_sign_up(found, person, time), share=public_url("events.event", number=number),
        may_edit=bool(person and may_edit_event(person, found)),
        may_see_people=bool(person and may_see_who_comes(person, found)),
        map=city_map() if found.venue and found.venue.latitude is not None else None,
    )  # fmt: skip


@blueprint.get("/v/<int:number>")
@public
def short(number: int) -> ResponseReturnValue:
    """What fits on a poster and into a QR code."""
    return redirect(url_for("events.event", number=queries.get_published_event(number).id))


@blueprint.get("/veranstaltung/<int:number>/teilen")
@public
@same_for_visitors
def share_event(number: int) -> ResponseReturnValue:
    """The short address, as text and as a picture: nothing of another house, nobody is counted."""
    found, address = queries.get_published_event(number), public_url("events.short", number=number)
    return render_template("events/share_event.html", event=found, address=address, picture=qr_picture(address))
