"""What has been kept long enough goes. The clock acts, or whoever runs the service."""

import json
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import delete, update

from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.security import city
from ideenlab.hackathons.actions import forget_hackathons
from ideenlab.history.models import Entry
from ideenlab.ideas.actions import drop_unconfirmed_ideas
from ideenlab.ideas.actions.drafts import remove_old_drafts
from ideenlab.privacy.queries.retention import count_contacts, count_drafts, count_over, count_unconfirmed_ideas
from ideenlab.privacy.rules import TERMS, Term

QUIETLY = {"synchronize_session": False}
# What takes more than one statement: counted by the query that the action goes by
BY_ACTION: dict[str, tuple[Callable[[datetime], int], Callable[[], int]]] = {
    "ideas nobody confirmed": (count_unconfirmed_ideas, drop_unconfirmed_ideas),
    "drafts": (count_drafts, lambda: sum(iter(remove_old_drafts, 0))),  # some at a time
    "contacts of hackathons": (
        count_contacts, lambda: sum(number for _h, number in forget_hackathons(days=city().days_for_hackathon_data)),
    ),
}  # fmt: skip


def would_go() -> dict[str, int]:
    """How many of each are due. Nothing is changed."""
    at = now()
    counted = {name: count(at) for name, (count, _act) in BY_ACTION.items()}
    return counted | {term.name: count_over(term.model, term.over(at)) for term in TERMS}


def retain() -> dict[str, int]:
    """Let go what is due, and write down how many of each. A second time finds nothing."""
    at = now()
    gone = {name: act() for name, (_count, act) in BY_ACTION.items()}
    gone |= {term.name: _let_go(term, at) for term in TERMS}
    if any(gone.values()):
        note = json.dumps({name: number for name, number in gone.items() if number})
        db.session.add(Entry(deed="privacy.retained", thing="privacy", thing_id=0, note=note[:500]))
    db.session.flush()
    return gone


def _let_go(term: Term, at: datetime) -> int:
    over = term.over(at)
    statement = update(term.model).where(over).values(term.values) if term.values else delete(term.model).where(over)
    return int(db.session.execute(statement, execution_options=QUIETLY).rowcount)  # type: ignore[attr-defined]
