"""The programme for calendars that read it again and again, and on paper."""

from collections.abc import Callable
from datetime import date
from hashlib import sha256
from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public
from ideenlab.core.clock import now
from ideenlab.core.errors import NotFound
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import speaking, weekday
from ideenlab.core.links import public_url
from ideenlab.events import queries
from ideenlab.events.queries import FORMAT_NAMES
from ideenlab.events.views.door import blueprint
from ideenlab.events.views.programme import chosen_week

EVERYBODY, ONLY_MINE = "public, max-age=300", "private, max-age=300"


@blueprint.get("/programm.ics")
@public
def programme_calendar() -> ResponseReturnValue:
    """With the filters of the list."""
    week = chosen_week()
    name = week.edition.title if week.edition else _("Programme")
    return _calendar(queries.programme_calendar(week.entries, name=name), "programm.ics", cache=EVERYBODY)


@blueprint.get("/veranstaltung/<int:number>.ics")
@public
def event_calendar(number: int) -> ResponseReturnValue:
    event = queries.get_published_event(number)
    return _calendar(queries.event_calendar(event), f"veranstaltung-{number}.ics", cache=EVERYBODY)


@blueprint.get("/programm/kalender/<secret>.ics")
@public
def personal_calendar(secret: str) -> ResponseReturnValue:
    """Whoever has the address reads the plan behind it: telephones cannot sign in."""
    person = queries.find_person_by_calendar(secret)
    if person is None:
        raise NotFound
    with speaking(person.language):
        book = queries.plan_calendar(queries.plan_of(person), name=_("My plan"))
    return _calendar(book, "mein-plan.ics", cache=ONLY_MINE)


@blueprint.get("/programm/druck")
@public
def printed_programme() -> ResponseReturnValue:
    """The list on A4: a page begins with each day, nothing depends on colour."""
    week = chosen_week()
    return render_template(
        "events/printed_programme.html", week=week, days=week.days, edition=week.edition, time=now(),
        chosen_words=_words_of(week.choice.given, week.options), address=public_url("events.programme"),
    )  # fmt: skip


def _words_of(given: dict[str, str], options: dict[str, list[Any]]) -> list[str]:
    """On paper nobody sees which filters were set, so it says so."""
    words: dict[str, Callable[[str], str]] = {
        "tag": lambda text: weekday(date.fromisoformat(text)), "format": lambda text: str(FORMAT_NAMES[text]),
        "thema": lambda text: next(str(one.title) for one in options["topics"] if one.slug == text),
        "partner": lambda text: next(str(one.title) for one in options["partners"] if str(one.id) == text),
        "barrierefrei": lambda _text: _("Barrier-free"), "familien": lambda _text: _("For families"),
    }  # fmt: skip
    return [words[name](text) for name, text in given.items() if name in words]


def _calendar(book: bytes, name: str, *, cache: str) -> Response:
    response = Response(book, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Cache-Control"] = cache
    response.set_etag(sha256(book).hexdigest()[:32])
    response.make_conditional(request)
    return response
