"""What is new, for programs that look regularly."""

from collections.abc import Iterable
from datetime import datetime

from flask import Response, request

from ideenlab.accounts.access import public
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import language, moment
from ideenlab.core.links import full_address, public_page, public_url
from ideenlab.core.page_cache import only_if_new, same_for_visitors
from ideenlab.core.security import city
from ideenlab.core.text import excerpt
from ideenlab.hackathons.queries import announcements_of
from ideenlab.ideas.actions.ideas import LICENCE
from ideenlab.ideas.queries import get_call
from ideenlab.opendata.maths.atom import MEDIA_TYPE, Entry, Feed, write_feed
from ideenlab.opendata.queries import IdeaRow, latest_results, new_answers, new_events, new_ideas, read_hackathon
from ideenlab.opendata.views.door import blueprint

LONGEST = 600


def _feed(title: str, page: str, entries: Iterable[Entry], *, rights: str = LICENCE) -> Response:
    feed = Feed(
        url=full_address(request.path), page=page, title=f"{title} – {city().city_name}", author=city().city_name,
        language=language(), rights=rights, entries=tuple(entries),
    )  # fmt: skip
    response = Response(write_feed(feed), mimetype=MEDIA_TYPE)
    response.add_etag()
    if not request.cookies:
        response.headers["Cache-Control"] = "public, max-age=60"
    return only_if_new(response)


def _of_ideas(rows: Iterable[IdeaRow]) -> Iterable[Entry]:
    for row in rows:
        at = row.published_at or row.changed_at
        address = public_url("ideas.idea", idea_id=row.id)
        yield Entry(address, row.title, excerpt(row.text, LONGEST), at, max(at, row.changed_at), row.author or "")


@blueprint.get("/feeds/ideen.atom")
@public
@same_for_visitors
def feed_of_ideas() -> Response:
    return _feed(_("New ideas"), public_url("ideas.calls"), _of_ideas(new_ideas()))


@blueprint.get("/feeds/ideen/<slug>.atom")
@public
@same_for_visitors
def feed_of_call(slug: str) -> Response:
    call = get_call(slug)
    title = _("New ideas: %(title)s", title=call.title)
    return _feed(title, public_url("ideas.ideas", slug=slug), _of_ideas(new_ideas(call)))


@blueprint.get("/feeds/antworten.atom")
@public
@same_for_visitors
def feed_of_answers() -> Response:
    entries = [
        Entry(
            f"{public_url('ideas.idea', idea_id=each.idea_id)}#answer-{each.id}",
            _("Answer to: %(title)s", title=each.title), excerpt(each.text, LONGEST), each.published_at,
            each.corrected_at or each.published_at, city().city_name,
        )
        for each in new_answers()
    ]  # fmt: skip
    return _feed(_("Answers of the city"), public_url("ideas.calls"), entries)


@blueprint.get("/feeds/hackathon/<slug>.atom")
@public
@same_for_visitors
def feed_of_hackathon(slug: str) -> Response:
    """What organisers announced."""
    hackathon = read_hackathon(slug)
    page = public_url("hackathons.hackathon", slug=slug)
    entries = [
        Entry(f"{page}#news-{each.id}", each.title, each.text, each.announced_at, each.announced_at)
        for each in announcements_of(hackathon)
    ]
    return _feed(_("News: %(title)s", title=hackathon.title), page, entries)


@blueprint.get("/feeds/ergebnisse.atom")
@public
@same_for_visitors
def feed_of_results() -> Response:
    """Nothing before it is published, and only that it is."""
    entries = [
        Entry(
            f"{public_url('jury.result', slug=each.hackathon.slug)}#{each.number}",
            _("Result: %(title)s", title=each.hackathon.title),
            _("The result is published. Its checksum is %(sha256)s.", sha256=each.sha256), at, at,
        )
        for each in latest_results(50) if (at := each.published_at)
    ]  # fmt: skip
    return _feed(_("Results"), public_url("pages.results"), entries)


@blueprint.get("/feeds/termine.atom")
@public
@same_for_visitors
def feed_of_events() -> Response:
    entries = []
    for each in new_events():
        at: datetime = each.published_at or each.created_at
        place = each.venue.title if each.venue else ""
        said = " · ".join(part for part in (moment(each.starts_at), place, each.summary) if part)
        title = _("Cancelled: %(title)s", title=each.title) if each.state == "cancelled" else each.title
        address = public_page("events.event", number=each.id) or f"{public_url('pages.start')}#{each.id}"
        entries.append(Entry(address, title, said, at, max(at, each.changed_at)))
    return _feed(_("Events"), public_url("pages.start"), entries)
