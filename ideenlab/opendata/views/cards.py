"""Pictures of pages for those who share a link, and what the head of a page says about it."""

from hashlib import sha256
from typing import Any, NamedTuple

from flask import Response, request
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public
from ideenlab.core.i18n import day, moment, ngettext
from ideenlab.core.i18n import gettext as _
from ideenlab.core.links import public_url
from ideenlab.core.security import city
from ideenlab.events.queries import get_published_event
from ideenlab.ideas.queries import get_call
from ideenlab.opendata.maths.card import HEIGHT, MARK, WIDTH, Card, draw
from ideenlab.opendata.queries import read_hackathon, read_idea, read_prototype
from ideenlab.opendata.views.door import blueprint
from ideenlab.programme.queries import current_edition

VERSION = "2"  # of the drawing: a new one makes all pictures new


def _card(kind: str, title: str, note: str) -> Card:
    settings = city()
    return Card(settings.city_name, kind, title, note, settings.city_accent or MARK)


def _sent(card: Card) -> Response:
    """Who has it already is told so before it is drawn."""
    mark = sha256("\x00".join((VERSION, *card)).encode()).hexdigest()[:32]
    known = request.if_none_match.contains(mark)
    response = Response(status=304) if known else Response(draw(card), mimetype="image/png")
    response.set_etag(mark)
    if not request.cookies:
        response.headers["Cache-Control"] = "public, max-age=3600"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@blueprint.get("/karte/start.png")
@public
def card_of_city() -> ResponseReturnValue:
    edition = current_edition()
    title = edition.title if edition else _("Ideas for our city")
    dates = f"{day(edition.starts_on)} – {day(edition.ends_on)}" if edition else ""
    return _sent(_card(edition.motto if edition else "", title, dates))


@blueprint.get("/karte/idee/<int:idea_id>.png")
@public
def card_of_idea(idea_id: int) -> ResponseReturnValue:
    idea = read_idea(idea_id)
    supports = ngettext("%(num)s support", "%(num)s supports", idea.support_count)
    note = supports if idea.support_mode == "yes" else idea.topic_title or idea.label
    return _sent(_card(_("Idea") + f" · {idea.call_title}", idea.title, note))


@blueprint.get("/karte/ideen/<slug>.png")
@public
def card_of_call(slug: str) -> ResponseReturnValue:
    call = get_call(slug)
    return _sent(_card(_("Call for ideas"), call.title, call.summary))


@blueprint.get("/karte/veranstaltung/<int:event_id>.png")
@public
def card_of_event(event_id: int) -> ResponseReturnValue:
    event = get_published_event(event_id)
    kind = _("Cancelled") if event.state == "cancelled" else _("Event")
    place = event.venue.title if event.venue else ""
    note = " · ".join(part for part in (moment(event.starts_at), place) if part)
    return _sent(_card(kind, event.title, note))


@blueprint.get("/karte/hackathon/<slug>.png")
@public
def card_of_hackathon(slug: str) -> ResponseReturnValue:
    hackathon = read_hackathon(slug)
    return _sent(_card("Hackathon", hackathon.title, moment(hackathon.starts_at)))


@blueprint.get("/karte/prototyp/<int:prototype_id>.png")
@public
def card_of_prototype(prototype_id: int) -> ResponseReturnValue:
    prototype, hand_in = read_prototype(prototype_id)
    kind = f"{_('Prototype')} · {prototype.hackathon.title}"
    return _sent(_card(kind, hand_in.title, prototype.team.name))


class Head(NamedTuple):
    """What the head of a page says to other programs."""

    url: str
    image: str
    width: int
    height: int
    feeds: tuple[tuple[str, str], ...]


CARDS = {  # endpoint of the page: of the picture, what stands in its address, and in that of the picture
    "ideas.idea": ("opendata.card_of_idea", "idea_id", "idea_id"),
    "ideas.ideas": ("opendata.card_of_call", "slug", "slug"),
    "events.event": ("opendata.card_of_event", "number", "event_id"),
    "hackathons.hackathon": ("opendata.card_of_hackathon", "slug", "slug"),
    "prototypes.prototype": ("opendata.card_of_prototype", "prototype_id", "prototype_id"),
}
PARTS = (
    "ideas.", "events.", "hackathons.", "prototypes.", "pages.", "partners.", "trails.", "insights.", "challenges.",
    "texts.", "opendata.open_data", "jury.result",
)  # fmt: skip


def head_of_page() -> Head | None:
    """None on pages that nobody shares."""
    endpoint, values = request.endpoint or "", request.view_args or {}
    if request.method != "GET" or not endpoint.startswith(PARTS) or not values.keys().isdisjoint(("secret", "token")):
        return None
    picture, theirs, ours = CARDS.get(endpoint, ("opendata.card_of_city", "", ""))
    image = public_url(picture, **({ours: values[theirs]} if theirs else {}))
    return Head(public_url(endpoint, **values), image, WIDTH, HEIGHT, tuple(_feeds(endpoint, values)))


def _feeds(endpoint: str, values: dict[str, Any]) -> list[tuple[str, str]]:
    ideas, answers = ("opendata.feed_of_ideas", _("New ideas")), ("opendata.feed_of_answers", _("Answers of the city"))
    events, results = ("opendata.feed_of_events", _("Events")), ("opendata.feed_of_results", _("Results"))
    known = {
        "pages.start": [ideas, answers, events, results], "ideas.calls": [ideas, answers], "pages.results": [results],
        "events.programme": [events], "opendata.open_data": [ideas, answers, events, results],
    }  # fmt: skip
    if endpoint in ("ideas.ideas", "hackathons.hackathon"):
        feed, title = ("call", _("New ideas")) if endpoint == "ideas.ideas" else ("hackathon", _("News"))
        return [(title, public_url(f"opendata.feed_of_{feed}", slug=values["slug"]))]
    return [(title, public_url(feed)) for feed, title in known.get(endpoint, [])]


@blueprint.app_context_processor
def give_head() -> dict[str, object]:
    return {"head_of_page": head_of_page}
