from collections.abc import Sequence
from datetime import date

from sqlalchemy.exc import IntegrityError

from ideenlab.accounts.models import Person
from ideenlab.core.db import db
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line, fold, slugify
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


def make_edition(organiser: Person, *, title: str, motto: str, starts_on: date, ends_on: date) -> Edition:
    """A new week with its dates, and with the default topics."""
    require(may_manage_editions(organiser))
    _check(title, starts_on, ends_on)
    edition = Edition(
        slug=_free_slug(title), title=clean_line(title), motto=clean_line(motto), starts_on=starts_on, ends_on=ends_on
    )  # fmt: skip
    db.session.add(edition)
    record(organiser, "editions.made", edition)
    set_topics(organiser, edition=edition, titles=DEFAULT_TOPICS)
    return edition


def edit_edition(
    organiser: Person, *, edition: Edition, title: str, motto: str, starts_on: date, ends_on: date
) -> None:
    require(may_manage_editions(organiser))
    _check(title, starts_on, ends_on)
    edition.title, edition.motto = clean_line(title), clean_line(motto)
    edition.starts_on, edition.ends_on = starts_on, ends_on
    record(organiser, "editions.edited", edition)
    db.session.flush()


def set_topics(organiser: Person, *, edition: Edition, titles: Sequence[str]) -> None:
    """The topics of an edition in this order.

    A title that is new stands for the topic that stood in its place before, if that one is gone: it was renamed, and
    what was filed under it stays there. A topic that is left over is removed, unless something is filed under it.
    """
    require(may_manage_editions(organiser))
    titles = _checked_titles(titles)
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
        sentence = _("The topic “%(title)s” cannot be removed: ideas are filed under it.", title=title)
        raise Invalid(sentence, field="topics") from problem


def _check(title: str, starts_on: date, ends_on: date) -> None:
    if not clean_line(title):
        raise Invalid(_("An edition needs a title."), field="title")
    if ends_on < starts_on:
        raise Invalid(_("The end must come after the beginning."), field="ends_on")


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
