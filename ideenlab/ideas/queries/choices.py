"""What can be chosen on the list of a call, in one statement: topics, districts, statuses and the tags in use."""

from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import bindparam, exists, literal, select, union_all

from ideenlab.city.models import District
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import language
from ideenlab.ideas.models import Call, IdeaTag, Status, Tag
from ideenlab.ideas.queries.filters import connection, ideas
from ideenlab.programme.models import Topic


def status_name(title: str, title_en: str = "") -> str:
    """A status as people read it: the words of the city, those it began with also in other languages."""
    if language() == "en" and title_en:
        return title_en
    known = {
        "Eingegangen": _("Received"), "In Prüfung": _("Under review"), "Angenommen": _("Accepted"),
        "In Umsetzung": _("In progress"), "Umgesetzt": _("Done"), "Nicht umsetzbar": _("Not possible"),
        "Zurückgestellt": _("Postponed"),
    }  # fmt: skip
    return known.get(title, title)


class Option(NamedTuple):
    id: int
    slug: str
    title: str


def options_of(call: Call) -> dict[str, list[Option]]:
    """By filter, in the order in which people know them."""
    found: dict[str, list[Option]] = {"topic": [], "district": [], "status": [], "tag": []}
    for kind, number, slug, title, _position, title_en in (
        connection().execute(_options(), {"edition_id": call.edition_id, "call_id": call.id}).all()
    ):
        shown = status_name(title, title_en) if kind == "status" else title
        found[kind].append(Option(number, slug, shown))
    found["tag"].sort(key=lambda option: option.slug)
    return found


@cache
def _options() -> Any:
    topics, districts, statuses, tags = (model.__table__.c for model in (Topic, District, Status, Tag))
    used = exists().where(
        IdeaTag.tag_id == tags.id, ideas.id == IdeaTag.idea_id, ideas.call_id == bindparam("call_id"),
        ideas.state == "published",
    ).correlate(Tag.__table__)  # fmt: skip
    none = literal("").label("title_en")
    every = union_all(
        select(literal("topic").label("kind"), topics.id, topics.slug, topics.title, topics.position, none)
        .where(topics.edition_id == bindparam("edition_id")),
        select(literal("district"), districts.id, districts.slug, districts.title, districts.position, none),
        select(literal("status"), statuses.id, statuses.slug, statuses.title, statuses.position, statuses.title_en),
        select(literal("tag"), tags.id, tags.slug, tags.title, literal(0), none).where(used),
    ).subquery()  # fmt: skip
    return select(every).order_by(every.c.kind, every.c.position, every.c.id)
