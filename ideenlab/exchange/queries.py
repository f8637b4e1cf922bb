from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select, tuple_
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.elements import ColumnElement

from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound
from ideenlab.core.paging import PAGE, Page, read_cursor, write_cursor
from ideenlab.core.search import find_documents, similar_documents
from ideenlab.core.settings import ELSEWHERE, overlay
from ideenlab.exchange.models import ForeignIdea, Source
from ideenlab.ideas.models import Idea

GROUP = 0  # ideas of other cities are looked for apart; calls begin at 1, and so do ideas, whose numbers are no others
MOST_FOUND, MOST_SIMILAR, MOST_NAMED = 60, 5, 3


def sources() -> list[Source]:
    return list(db.session.scalars(select(Source).order_by(Source.title, Source.id)))


def get_source(source_id: int) -> Source:
    source = find(Source, source_id)
    if source is None:
        raise NotFound
    return source


def find_source_at(base_url: str) -> Source | None:
    return db.session.scalar(select(Source).where(Source.base_url == base_url))


def is_due(moment: datetime) -> tuple[ColumnElement[bool], ...]:
    """Its time has come, it is not paused, and no living worker has it in hand."""
    free = or_(Source.claimed_until.is_(None), Source.claimed_until <= moment)
    return Source.is_paused.is_(False), Source.due_at <= moment, free


def any_source_due(moment: datetime) -> bool:
    return db.session.scalar(select(Source.id).where(*is_due(moment)).limit(1)) is not None


def get_foreign_idea(number: int) -> ForeignIdea:
    """One that is listed."""
    found = find(ForeignIdea, number)
    if found is None or found.gone_at is not None or found.source.is_paused:
        raise NotFound
    return found


def taken_from(idea: Idea) -> ForeignIdea | None:
    """Which idea of another city was taken over here as `idea`."""
    if idea.origin != "import":
        return None
    chosen = select(ForeignIdea).where(ForeignIdea.taken_as_id == idea.id).options(joinedload(ForeignIdea.source))
    return db.session.scalar(chosen.order_by(ForeignIdea.id).limit(1))


def _listed() -> Any:
    chosen = select(ForeignIdea).join(ForeignIdea.source).options(joinedload(ForeignIdea.source))
    return chosen.where(Source.is_paused.is_(False), ForeignIdea.gone_at.is_(None))


_ANY = (  # asked on every page of an idea, so put together once
    select(ForeignIdea.id)
    .join(ForeignIdea.source)
    .where(Source.is_paused.is_(False), ForeignIdea.gone_at.is_(None))
    .limit(1)
)


def is_anything_listed() -> bool:
    return db.session.connection().scalar(_ANY) is not None


def foreign_ideas(source: Source | None, *, cursor: str | None) -> Page[ForeignIdea]:
    """The ideas of other cities, those that were read in last first."""
    chosen = _listed().order_by(ForeignIdea.id.desc()).limit(PAGE + 1)
    if source is not None:
        chosen = chosen.where(ForeignIdea.source_id == source.id)
    if (place := read_cursor(cursor, int)) is not None:
        chosen = chosen.where(tuple_(ForeignIdea.id) < tuple_(place[0]))
    rows = list(db.session.scalars(chosen))
    return Page(rows[:PAGE], write_cursor(rows[PAGE - 1].id) if len(rows) > PAGE else "")


def search_foreign_ideas(words: str) -> list[ForeignIdea]:
    """Those that hold all words, with compounds and small typos, as everywhere in the house."""
    found = find_documents(words, group_id=GROUP, visible=lambda numbers: numbers, limit=MOST_FOUND)
    return _of_documents([number for _place, number in found.hits])


def similar_foreign_ideas(text: str, *, part: int = 3) -> list[ForeignIdea]:
    """The ideas of other cities most like a title: they hold a third of its words, or another part, by their weight."""
    found = similar_documents(text, group_id=GROUP, size=_size())
    best = [number for number, points in found.documents if part * points >= found.most]
    return _of_documents(best[:MOST_SIMILAR])


def same_idea_elsewhere(idea: Idea) -> list[ForeignIdea]:
    """What can be named beside an idea of ours: half of its title's words, and not where it was taken over from."""
    if idea.state != "published" or not overlay().noted(ELSEWHERE):
        return []
    return [each for each in similar_foreign_ideas(idea.title, part=2) if each.taken_as_id != idea.id][:MOST_NAMED]


def _size() -> int:
    """Where there are few, a word that none of them has would weigh more than all they share."""
    return max(64, db.session.scalar(select(func.count()).select_from(ForeignIdea)) or 0)


def _of_documents(documents: list[int]) -> list[ForeignIdea]:
    order = {-number: place for place, number in enumerate(documents)}
    rows: list[ForeignIdea] = list(db.session.scalars(_listed().where(ForeignIdea.id.in_(order)))) if order else []
    return sorted(rows, key=lambda row: order[row.id])


@dataclass(frozen=True)
class SourceFigures:
    """What an administrator sees of a source."""

    source: Source
    ideas: int
    taken: int


def sources_with_figures() -> list[SourceFigures]:
    counted = select(
        ForeignIdea.source_id, func.count(ForeignIdea.gone_at), func.count(), func.count(ForeignIdea.taken_as_id)
    )
    rows = {
        number: (whole - gone, taken)
        for number, gone, whole, taken in db.session.execute(counted.group_by(ForeignIdea.source_id))
    }
    return [SourceFigures(source, *rows.get(source.id, (0, 0))) for source in sources()]
