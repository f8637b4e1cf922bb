from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, literal, select
from sqlalchemy.orm import joinedload

from ideenlab.accounts.models import STAFF, Person, Role
from ideenlab.answers.models import Answer, AnswerVersion
from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound
from ideenlab.history.models import Entry
from ideenlab.ideas.models import Idea

TOLD = (
    "ideas.edited", "ideas.withdrawn", "ideas.hidden", "ideas.restored", "answers.status", "answers.published",
    "answers.corrected", "answers.withdrawn", "answers.restored", "merges.merged", "merges.unmerged",
)  # fmt: skip
MOST_TOLD = 40


_entries = Entry.__table__.c
_TOLD_OF = (  # on every page of an idea, so put together once
    select(_entries.deed, _entries.at, _entries.note)
    .where(_entries.thing == Idea.__tablename__, _entries.thing_id == bindparam("idea_id"))
    .where(_entries.deed.in_([literal(deed) for deed in TOLD]))  # each by itself: no list to be written out again
    .order_by(_entries.id.desc())
    .limit(MOST_TOLD)
)


@dataclass(frozen=True)
class Step:
    """One thing that happened to an idea. `note` is the status for `answers.status`, else empty."""

    deed: str
    at: datetime
    note: str


def answers_of(idea: Idea) -> list[Answer]:
    """What everybody may see: published answers and, without their text, withdrawn ones; the latest first."""
    public = select(Answer).where(Answer.idea_id == idea.id, Answer.state.in_(("published", "withdrawn")))
    public = public.options(joinedload(Answer.office))
    return list(db.session.scalars(public.order_by(Answer.published_at.desc(), Answer.id.desc())))


def timeline_of(idea: Idea) -> list[Step]:
    """What happened to an idea, the earliest first: given, edited, statuses, answers. Never who or why."""
    told = db.session.connection().execute(_TOLD_OF, {"idea_id": idea.id})
    steps = [Step(deed, at, note if deed == "answers.status" else "") for deed, at, note in told]
    if idea.published_at:
        steps.append(Step("ideas.published", idea.published_at, ""))
    return steps[::-1]


def get_answer(answer_id: int) -> Answer:
    answer = find(Answer, answer_id)
    if answer is None:
        raise NotFound
    return answer


def draft_of(idea: Idea) -> Answer | None:
    return db.session.scalar(select(Answer).where(Answer.idea_id == idea.id, Answer.state == "draft"))


def older_wordings_of(answer: Answer) -> list[AnswerVersion]:
    """The latest first."""
    older = select(AnswerVersion).where(AnswerVersion.answer_id == answer.id)
    return list(db.session.scalars(older.order_by(AnswerVersion.revision.desc())))


def assigned_to(person: Person) -> list[Answer]:
    """The drafts that somebody has to write, those with the earliest deadline first."""
    mine = select(Answer).where(Answer.assigned_to_id == person.id, Answer.state == "draft")
    mine = mine.options(joinedload(Answer.idea).joinedload(Idea.call), joinedload(Answer.office))
    found = db.session.scalars(mine.order_by(Answer.id)).all()
    return sorted(found, key=lambda answer: (answer.idea.call.answer_until is None, answer.idea.call.answer_until or 0))


def count_assigned(person: Person) -> int:
    mine = select(func.count()).where(Answer.assigned_to_id == person.id, Answer.state == "draft")
    return db.session.scalar(mine) or 0


def staff() -> list[Person]:
    """Those to whom an answer can be assigned."""
    chosen = select(Person).where(
        Person.id.in_(select(Role.person_id).where(Role.name.in_(STAFF))), Person.state == "active"
    )
    return list(db.session.scalars(chosen.order_by(Person.pseudonym_folded, Person.id)))
