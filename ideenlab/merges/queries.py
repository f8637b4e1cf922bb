from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ideenlab.accounts.models import Person
from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound
from ideenlab.ideas.models import Idea
from ideenlab.ideas.queries import co_authors_of
from ideenlab.merges.models import Merge, MergedIdea


def get_merge(merge_id: int) -> Merge:
    merge = find(Merge, merge_id)
    if merge is None:
        raise NotFound
    return merge


def ideas_of_merge(merge: Merge) -> list[MergedIdea]:
    """The ideas of a proposal with the answers, the target first."""
    of_merge = select(MergedIdea).where(MergedIdea.merge_id == merge.id)
    rows = db.session.scalars(of_merge.options(joinedload(MergedIdea.idea).joinedload(Idea.author)))
    return sorted(rows, key=lambda row: (row.idea_id != merge.target_id, row.idea_id))


def parts_of_merge(merge: Merge) -> list[Idea]:
    return [row.idea for row in ideas_of_merge(merge) if row.idea_id != merge.target_id]


def merged_parts_of(idea: Idea) -> list[Idea]:
    """The ideas that were joined into this one, in the order in which they were given."""
    if not idea.part_count:
        return []
    parts = select(Idea).where(Idea.merged_into_id == idea.id, Idea.state == "merged")
    return list(db.session.scalars(parts.options(joinedload(Idea.author).lazyload(Person.roles)).order_by(Idea.id)))


def find_open_merge(idea: Idea) -> Merge | None:
    """The proposal that waits for answers about this idea."""
    waiting = select(Merge).join(MergedIdea).where(MergedIdea.idea_id == idea.id, MergedIdea.is_open)
    return db.session.scalar(waiting.options(joinedload(Merge.target)))


def find_merge_of_part(idea: Idea) -> Merge | None:
    """How this idea came into another one."""
    if idea.merged_into_id is None:
        return None
    came = select(Merge).join(MergedIdea).where(MergedIdea.idea_id == idea.id, Merge.state == "merged")
    return db.session.scalar(came.where(Merge.target_id == idea.merged_into_id).order_by(Merge.id.desc()).limit(1))


def standing_merges_of(idea: Idea) -> list[Merge]:
    """By which proposals ideas came into this one, the latest first."""
    if not idea.part_count:
        return []
    standing = select(Merge).where(Merge.target_id == idea.id, Merge.state == "merged")
    return list(db.session.scalars(standing.order_by(Merge.id.desc())))


def latest_merges(limit: int) -> list[Merge]:
    """Those that wait for answers first, the one that runs out next on top; then the latest."""
    waiting = select(Merge).where(Merge.state == "proposed").order_by(Merge.answer_until, Merge.id)
    others = select(Merge).where(Merge.state != "proposed").order_by(Merge.id.desc())
    both = [*db.session.scalars(waiting.limit(limit)), *db.session.scalars(others.limit(limit))]
    return both[:limit]


def due_merges(moment: datetime) -> Sequence[int]:
    """Proposals whose time for answers is over."""
    due = select(Merge.id).where(Merge.state == "proposed", Merge.answer_until <= moment)
    return db.session.scalars(due.order_by(Merge.id)).all()


def authors_of(merge: Merge) -> list[Person]:
    """Who is asked: the authors of its ideas, each once."""
    authors = {row.idea.author.id: row.idea.author for row in ideas_of_merge(merge) if row.idea.author}
    return [authors[number] for number in sorted(authors)]


def concerned_people(merge: Merge) -> list[Person]:
    """Who is told: the authors, and those who write along with them."""
    people = {person.id: person for person in authors_of(merge)}
    for row in ideas_of_merge(merge):
        people |= {along.person.id: along.person for along in co_authors_of(row.idea) if along.state == "accepted"}
    return [people[number] for number in sorted(people)]
