from datetime import date

from sqlalchemy import bindparam, select

from ideenlab.core.clock import now
from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound
from ideenlab.core.i18n import in_city_time
from ideenlab.programme.models import Edition, Topic


def today() -> date:
    """The day it is in the city."""
    return in_city_time(now()).date()


def get_edition(slug: str) -> Edition:
    edition = find_edition(slug)
    if edition is None:
        raise NotFound
    return edition


def find_edition(slug: str) -> Edition | None:
    return db.session.scalar(select(Edition).where(Edition.slug == slug))


def editions() -> list[Edition]:
    """Newest first."""
    return list(db.session.scalars(select(Edition).order_by(Edition.starts_on.desc(), Edition.id.desc())))


_COMING = (  # asked on nearly every page, so put together once
    select(Edition).where(Edition.ends_on >= bindparam("today")).order_by(Edition.starts_on, Edition.id).limit(1)
)


def current_edition() -> Edition | None:
    """The week that is on or comes next, else the last one."""
    coming = db.session.scalar(_COMING, {"today": today()})
    if coming:
        return coming
    return db.session.scalar(select(Edition).order_by(Edition.starts_on.desc(), Edition.id.desc()).limit(1))


def stage_of(edition: Edition | None, day: date) -> str:
    """`before`, `during` or `after` this week; `none` without one."""
    if edition is None:
        return "none"
    if day < edition.starts_on:
        return "before"
    return "during" if day <= edition.ends_on else "after"


_TOPICS = select(Topic).where(Topic.edition_id == bindparam("edition_id")).order_by(Topic.position, Topic.id)


def topics_of(edition: Edition) -> list[Topic]:
    return list(db.session.scalars(_TOPICS, {"edition_id": edition.id}))


def find_topic(topic_id: int) -> Topic | None:
    return find(Topic, topic_id)
