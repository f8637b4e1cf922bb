from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from ideenlab.accounts.models import Person
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import city_zone
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line, clean_text, fold, render_markdown, slugify
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.programme.models import Edition, Topic
from ideenlab.programme.queries import find_edition, topics_of
from ideenlab.programme.rules import may_manage_editions

# The fields of the week of 2019, with which every edition begins. Names given by a city, so they are not translated.
DEFAULT_TOPICS = (
    "Wirtschaft", "Umwelt und Energie", "Bildung und Wissenschaft", "Technik und Sicherheit",
    "Politik und Gesellschaft", "Gesundheit", "Kultur und Entertainment",
)  # fmt: skip
MOST_TOPICS = 30
LONGEST_TOPIC = 80

Copying = Callable[[Person, Edition, Edition], None]
_copyings: dict[str, Copying] = {}


def on_copying_edition(**copyings: Copying) -> None:
    """What other rooms take along from one week into the next, by a name of its own. Named once by `create_app`."""
    _copyings.clear()
    _copyings.update(copyings)


def what_comes_along() -> frozenset[str]:
    """The names of what `copy_edition` can take along."""
    return frozenset(_copyings)


def make_edition(
    organiser: Person, *, title: str, motto: str, starts_on: date, ends_on: date, summary: str = "",
    description: str = "",
) -> Edition:  # fmt: skip
    """A new week with its dates, and with the default topics."""
    require(may_manage_editions(organiser))
    _check(title, starts_on, ends_on)
    words = _wording(title, motto, summary, description)
    edition = Edition(slug=_free_slug(title), **words, starts_on=starts_on, ends_on=ends_on)
    db.session.add(edition)
    record(organiser, "editions.made", edition)
    set_topics(organiser, edition=edition, titles=DEFAULT_TOPICS)
    return edition


def edit_edition(
    organiser: Person, *, edition: Edition, revision: int, title: str, motto: str, starts_on: date, ends_on: date,
    summary: str = "", description: str = "",
) -> None:  # fmt: skip
    """Change a week, if nobody changed it or its topics since `revision` was read."""
    require(may_manage_editions(organiser))
    _check(title, starts_on, ends_on)
    words = _wording(title, motto, summary, description)
    _save(edition, revision, **words, starts_on=starts_on, ends_on=ends_on)
    record(organiser, "editions.edited", edition)
    db.session.flush()


def copy_edition(
    organiser: Person, *, edition: Edition, title: str, motto: str, starts_on: date, along: Collection[str] = ()
) -> Edition:
    """The next week with text and topics of this one, as many days long. `along` names what other rooms take along."""
    require(may_manage_editions(organiser))
    if starts_on <= edition.starts_on:
        raise Invalid(_("The copy must begin after the week it is copied from."), field="starts_on")
    ends_on = starts_on + (edition.ends_on - edition.starts_on)
    made = make_edition(
        organiser, title=title, motto=motto, starts_on=starts_on, ends_on=ends_on, summary=edition.summary,
        description=edition.description,
    )  # fmt: skip
    made.copied_from_id = edition.id
    if titles := [topic.title for topic in topics_of(edition)]:
        set_topics(organiser, edition=made, titles=titles)
    for name, copying in _copyings.items():
        if name in along:
            copying(organiser, edition, made)
    db.session.flush()
    return made


def weeks_between(before: Edition, copy: Edition) -> timedelta:
    """By how much dates move from a week into its copy: whole weeks, so that a Monday stays a Monday."""
    return timedelta(weeks=round((copy.starts_on - before.starts_on).days / 7))


def moved(moment: datetime | None, by: timedelta) -> datetime | None:
    """So much later on the clock of the city: nine o'clock stays nine o'clock where the clock is changed between."""
    return moment and (moment.astimezone(ZoneInfo(city_zone())) + by).astimezone(moment.tzinfo)


def set_topics(organiser: Person, *, edition: Edition, titles: Sequence[str], revision: int | None = None) -> None:
    """The topics of an edition in this order, if nobody changed it since `revision` was read.

    A title that is new stands for the topic that stood in its place before, if that one is gone: it was renamed, and
    what was filed under it stays there. A topic that is left over is removed, unless something is filed under it.
    """
    require(may_manage_editions(organiser))
    titles = _checked_titles(titles)
    if revision is not None:
        _save(edition, revision)
    before = topics_of(edition)
    by_title = {fold(topic.title): topic for topic in before}
    kept = {fold(title) for title in titles}
    for position, title in enumerate(titles):
        topic = by_title.get(fold(title))
        if topic is None and position < len(before) and fold(before[position].title) not in kept:
            topic = before[position]
        if topic is None:
            topic = Topic(edition=edition, slug=_topic_slug(title, {topic.slug for topic in before}), title=title)
            before = [*before, topic]
            db.session.add(topic)
        topic.title, topic.position = title, position
    gone = [topic for topic in before if fold(topic.title) not in kept]
    db.session.flush()
    for topic in gone:
        _remove(topic)
    record(organiser, "editions.topics", edition)
    db.session.flush()


def _save(edition: Edition, revision: int, **columns: Any) -> None:
    saved = db.session.execute(
        update(Edition)
        .where(Edition.id == edition.id, Edition.revision == revision)
        .values(**columns, revision=revision + 1)
        .execution_options(synchronize_session=False)
    )
    if not saved.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("Somebody else has changed this week meanwhile. Nothing of it was overwritten."))
    db.session.refresh(edition)


def _checked_titles(titles: Sequence[str]) -> list[str]:
    cleaned = [title for title in map(clean_line, titles) if title]
    if not 1 <= len(cleaned) <= MOST_TOPICS:
        raise Invalid(_("Please give 1 to %(most)s topics.", most=MOST_TOPICS), field="topics")
    if any(len(title) > LONGEST_TOPIC for title in cleaned):
        raise Invalid(_("A topic has at most %(most)s characters.", most=LONGEST_TOPIC), field="topics")
    if len({fold(title) for title in cleaned}) < len(cleaned):
        raise Invalid(_("Each topic can stand here only once."), field="topics")
    return cleaned


def _remove(topic: Topic) -> None:
    title = topic.title
    try:
        with db.session.begin_nested():
            db.session.delete(topic)
    except IntegrityError as problem:
        sentence = _("The topic “%(title)s” cannot be removed: ideas or events are filed under it.", title=title)
        raise Invalid(sentence, field="topics") from problem


def _check(title: str, starts_on: date, ends_on: date) -> None:
    if not clean_line(title):
        raise Invalid(_("An edition needs a title."), field="title")
    if ends_on < starts_on:
        raise Invalid(_("The end must come after the beginning."), field="ends_on")


def _wording(title: str, motto: str, summary: str, description: str) -> dict[str, str]:
    description = clean_text(description)
    return {
        "title": clean_line(title), "motto": clean_line(motto), "summary": clean_line(summary),
        "description": description, "description_html": render_markdown(description),
    }  # fmt: skip


def _free_slug(title: str) -> str:
    base = slug = slugify(title)
    number = 1
    while find_edition(slug):
        number += 1
        slug = f"{base}-{number}"
    return slug


def _topic_slug(title: str, taken: set[str]) -> str:
    base = slug = slugify(title)
    number = 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
