"""Supports are not written into the history: nobody sees who supported what, not even the city."""

from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.dialects import postgresql, sqlite

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db, dialect_name
from ideenlab.core.verdict import require
from ideenlab.ideas.models import Idea, Support
from ideenlab.ideas.rules import may_support, may_undo_support


def support_idea(person: Person, *, idea: Idea) -> int:
    """Say yes to an idea, once. Gives the count as it is then."""
    at = now()
    require(may_support(person, idea, at))
    insert: Any = postgresql.insert if dialect_name() == "postgresql" else sqlite.insert
    yes = insert(Support).values(idea_id=idea.id, person_id=person.id, created_at=at).on_conflict_do_nothing()
    came = db.session.execute(yes.returning(Support.idea_id)).all()  # a row count would not say it on PostgreSQL
    return _count(idea, len(came))


def undo_support(person: Person, *, idea: Idea) -> int:
    """Take the yes back, as long as supports are taken."""
    require(may_undo_support(person, idea, now()))
    own = delete(Support).where(Support.idea_id == idea.id, Support.person_id == person.id)
    gone = db.session.execute(own.returning(Support.idea_id), execution_options={"synchronize_session": False}).all()
    return _count(idea, -len(gone))


def _count(idea: Idea, change: int) -> int:
    """The counter moves only when a row came or went, and in the same transaction."""
    if change:
        counted = update(Idea).where(Idea.id == idea.id).values(support_count=Idea.support_count + change)
        db.session.execute(counted, execution_options={"synchronize_session": False})
    db.session.refresh(idea, ["support_count"])
    return idea.support_count
