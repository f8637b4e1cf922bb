"""Administrators name the cities whose open ideas are read."""

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line
from ideenlab.core.verdict import require
from ideenlab.exchange.actions.indexing import forget
from ideenlab.exchange.actions.noting import note_listing
from ideenlab.exchange.models import ForeignIdea, Source
from ideenlab.exchange.queries import find_source_at, sources
from ideenlab.exchange.rules import MOST_SOURCES, may_manage_sources, may_read_from, plain_base_url
from ideenlab.history.actions import record

LONGEST_TITLE: int = Source.title.type.length
LONGEST_URL: int = Source.base_url.type.length


def add_source(administrator: Person, *, title: str, base_url: str) -> Source:
    """Name another city. It is read by the worker, soon."""
    require(may_manage_sources(administrator))
    title, base_url = clean_line(title)[:LONGEST_TITLE], plain_base_url(clean_line(base_url))
    verdict = may_read_from(base_url)
    if not verdict or len(base_url) > LONGEST_URL:
        raise Invalid(verdict.reason or _("This address is too long."), field="base_url")
    if not title:
        raise Invalid(_("Please fill in this field."), field="title")
    if len(sources()) >= MOST_SOURCES:
        raise Invalid(_("There are at most %(most)s other cities.", most=MOST_SOURCES), field="base_url")
    known = _("This address is in the list already.")
    if find_source_at(base_url):
        raise Invalid(known, field="base_url")
    source = Source(title=title, base_url=base_url)
    try:
        with db.session.begin_nested():
            db.session.add(source)
    except IntegrityError:
        raise Invalid(known, field="base_url") from None
    record(administrator, "exchange.source_added", source, note=base_url)
    db.session.flush()
    return source


def pause_source(administrator: Person, *, source: Source) -> None:
    """Nothing more is read, and what was read is no longer listed."""
    require(may_manage_sources(administrator))
    source.is_paused = True
    record(administrator, "exchange.source_paused", source)
    note_listing()
    db.session.flush()


def resume_source(administrator: Person, *, source: Source) -> None:
    require(may_manage_sources(administrator))
    source.is_paused, source.due_at, source.failures = False, now(), 0
    record(administrator, "exchange.source_resumed", source)
    note_listing()
    db.session.flush()


def read_soon(administrator: Person, *, source: Source) -> None:
    """Do not wait for the next time."""
    require(may_manage_sources(administrator))
    source.due_at = now()
    record(administrator, "exchange.source_due", source)
    db.session.flush()


def remove_source(administrator: Person, *, source: Source) -> bool:
    """Forget a city and its ideas. False where ideas were taken over: they keep naming it, so it stays, paused."""
    require(may_manage_sources(administrator))
    record(administrator, "exchange.source_removed", source, note=source.base_url)
    loose = select(ForeignIdea.id).where(ForeignIdea.source_id == source.id, ForeignIdea.taken_as_id.is_(None))
    forget(list(db.session.scalars(loose)))
    db.session.execute(delete(ForeignIdea).where(ForeignIdea.source_id == source.id, ForeignIdea.taken_as_id.is_(None)))
    taken = db.session.scalar(select(ForeignIdea.id).where(ForeignIdea.source_id == source.id).limit(1))
    if taken is not None:
        source.is_paused, source.idea_count = True, 0
    else:
        db.session.delete(source)
    db.session.flush()
    note_listing()
    return taken is None
