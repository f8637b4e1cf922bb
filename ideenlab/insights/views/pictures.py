"""What each page of figures shows: a title, rows with their labels, and how they are drawn."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from ideenlab.core.i18n import day
from ideenlab.core.i18n import gettext as _
from ideenlab.events.queries import FORMAT_NAMES
from ideenlab.ideas.queries import status_name
from ideenlab.insights import queries, rules
from ideenlab.insights.maths.charts import Column, columns, days_between, without_small
from ideenlab.programme.models import Edition

Rows = Sequence[tuple[str, int | None]]


@dataclass(frozen=True)
class Picture:
    """`name` is the address of its table. With `columns` it is drawn side by side, else line by line."""

    name: str
    title: str
    heads: tuple[str, str]
    rows: Rows
    columns: Sequence[Column] = field(default=())

    @property
    def hides_something(self) -> bool:
        return any(number is None for _name, number in self.rows)


def of_ideas(edition: Edition) -> list[Picture]:
    found = queries.figures_of_edition(edition)
    ideas, topics, districts = _("Ideas"), _("without a topic"), _("without a district")
    return [
        _by_day("ideen-nach-tag", _("Ideas by day"), ideas, dict(found.by_day)),
        Picture("ideen-nach-thema", _("Ideas by topic"), (_("Topic"), ideas), _named(found.by_topic, topics)),
        Picture(
            "ideen-nach-stadtteil", _("Ideas by district"), (_("District"), ideas), _named(found.by_district, districts)
        ),
        Picture(
            "ideen-nach-herkunft", _("How ideas came"), (_("Way"), ideas), _translated(found.by_origin, _origins())
        ),
    ]


def of_talk(edition: Edition) -> list[Picture]:
    found = queries.figures_of_edition(edition)
    opinion, comments, supports = _("Opinion"), _("Comments"), _("Supports")
    votes = [(_("for"), found.supports), (_("against"), found.against), (_("Not sure"), found.unsure)]
    stances = {"pro": _("for"), "contra": _("against"), "neutral": _("neither")}
    by_call = [
        (_("%(title)s (points)", title=call.title) if call.support_mode == "points" else call.title, number)
        for call, number in queries.supports_by_call(edition)
    ]
    by_topic = _named(queries.supports_by_topic(edition), _("without a topic"))
    return [
        Picture("unterstuetzung-nach-aufruf", _("Support by call"), (_("Call for ideas"), supports), by_call),
        Picture("unterstuetzung-nach-thema", _("Support by topic, without points"), (_("Topic"), supports), by_topic),
        Picture("stimmen", _("How people voted on ideas"), (opinion, _("Votes and points")), votes),
        Picture(
            "kommentare", _("Comments by opinion"), (opinion, comments),
            _translated(list(found.comments_by_stance.items()), stances),
        ),
    ]  # fmt: skip


def of_answers(edition: Edition) -> list[Picture]:
    found, promises = queries.figures_of_edition(edition), queries.promises_of(edition)
    states = [(status_name(title) if title else _("no status"), number) for title, number in found.by_status]
    kept = [
        (_("answered in time"), promises.in_time), (_("too late"), promises.late),
        (_("there is still time"), promises.still_time),
    ]  # fmt: skip
    answered = [(_("answered"), found.answered), (_("not answered"), found.ideas - found.answered)]
    ideas = _("Ideas")
    return [
        Picture("beantwortet", _("Ideas with an answer of the city"), (_("State"), ideas), answered),
        Picture("antworten-in-der-zeit", _("Answers by the promised day"), (_("State"), ideas), kept),
        Picture("ideen-nach-stand", _("Ideas by status"), (_("Status"), ideas), states),
    ]


def of_programme(edition: Edition) -> list[Picture]:
    found = queries.programme_of(edition)
    numbers = without_small([number for _format, number in found.people_by_format])
    names = {name: str(said) for name, said in FORMAT_NAMES.items()}
    people = [(names[name], number) for (name, _all), number in zip(found.people_by_format, numbers, strict=True)]
    events, kind = _("Events"), _("Format")
    return [
        _by_day("veranstaltungen-nach-tag", _("Events by day"), events, found.events_by_day),
        Picture(
            "veranstaltungen-nach-format", _("Events by format"), (kind, events),
            _translated(found.events_by_format, names),
        ),
        Picture("teilnahmen-nach-format", _("Places taken by format"), (kind, _("People")), people),
    ]  # fmt: skip


def of_hackathons(edition: Edition) -> list[Picture]:
    spans = [(_span_name(span), number) for span, number in queries.hand_ins_by_hours(edition)]
    teams = queries.teams_by_hackathon(edition)
    return [
        Picture("teams", _("Teams by hackathon"), (_("Hackathon"), _("Teams")), teams),
        Picture("abgaben", _("When prototypes were handed in"), (_("Before the deadline"), _("Versions")), spans),
    ]


CHAPTERS: dict[str, Callable[[Edition], list[Picture]]] = dict(
    zip(rules.CHAPTERS, (of_ideas, of_talk, of_answers, of_programme, of_hackathons), strict=True)
)
CHAPTER_OF = {
    "ideen-nach-tag": "ideen", "ideen-nach-thema": "ideen", "ideen-nach-stadtteil": "ideen",
    "ideen-nach-herkunft": "ideen", "unterstuetzung-nach-aufruf": "gespraech",
    "unterstuetzung-nach-thema": "gespraech", "stimmen": "gespraech", "kommentare": "gespraech",
    "beantwortet": "antworten", "antworten-in-der-zeit": "antworten", "ideen-nach-stand": "antworten",
    "veranstaltungen-nach-tag": "programm", "veranstaltungen-nach-format": "programm",
    "teilnahmen-nach-format": "programm", "teams": "hackathon", "abgaben": "hackathon",
}  # fmt: skip


def chapter_names() -> dict[str, str]:
    return {
        "ideen": _("Ideas"), "gespraech": _("Support and comments"), "antworten": _("Answers of the city"),
        "programm": _("Programme"), "hackathon": _("Hackathons"),
    }  # fmt: skip


def _by_day(name: str, title: str, head: str, counted: dict[date, int]) -> Picture:
    rows = days_between(counted)
    shown = [(day(when), number) for when, number in rows]
    return Picture(name, title, (_("Day"), head), shown, columns([number for _day, number in rows]))


def _named(rows: Sequence[tuple[str, int]], without: str) -> Rows:
    return [(name or without, number) for name, number in rows]


def _translated(rows: Sequence[tuple[str, int]], names: dict[str, str]) -> Rows:
    return [(names[name], number) for name, number in rows]


def _origins() -> dict[str, str]:
    return {
        "online": _("on this site"), "workshop": _("in a workshop"), "postcard": _("on a postcard"),
        "telephone": _("by telephone"), "import": _("taken from elsewhere"),
    }  # fmt: skip


def _span_name(hours: int | None) -> str:
    if hours is None:
        return _("after it, with a permit")
    if hours == 0:
        return _("in the last hour")
    return _("from %(hours)s hours before it", hours=hours) if hours > 1 else _("from an hour before it")
