"""Drafts that nobody works on: their authors are told, and two weeks later they go. The clock acts, no person."""

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.history.actions import record
from ideenlab.ideas.actions.ideas import delete_draft
from ideenlab.ideas.models import Idea
from ideenlab.ideas.rules import DRAFT_KEPT, DRAFT_WARNING, draft_kept_until
from ideenlab.notifications.actions import tell

BATCH = 100


def warn_of_old_drafts() -> int:
    """Tell the authors of the next drafts that these will go, each once; gives how many."""
    at = now()
    due = select(Idea).where(
        Idea.state == "draft", Idea.draft_warned_at.is_(None), Idea.changed_at < at - DRAFT_KEPT + DRAFT_WARNING
    )
    told = 0
    for idea in _some(due):
        changed = db.session.execute(
            update(Idea).where(Idea.id == idea.id, Idea.draft_warned_at.is_(None)).values(draft_warned_at=at),
            execution_options={"synchronize_session": False},
        )
        if changed.rowcount == 1:  # type: ignore[attr-defined]
            db.session.refresh(idea)
            if idea.author:
                tell(idea.author, "ideas/draft_ends", idea=idea, until=draft_kept_until(idea))
            told += 1
    return told


def remove_old_drafts() -> int:
    """Delete the next drafts whose time is over and whose authors were told long enough ago; gives how many."""
    at = now()
    over = select(Idea).where(
        Idea.state == "draft", Idea.changed_at < at - DRAFT_KEPT, Idea.draft_warned_at < at - DRAFT_WARNING
    )
    ideas = _some(over)
    for idea in ideas:
        record(None, "ideas.draft_ended", idea)
        delete_draft(idea)
    return len(ideas)


def _some(chosen: object) -> list[Idea]:
    rows = chosen.options(joinedload(Idea.author)).order_by(Idea.id).limit(BATCH)  # type: ignore[attr-defined]
    return list(db.session.scalars(rows.with_for_update(skip_locked=True, of=Idea)))
