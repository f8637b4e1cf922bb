from datetime import datetime, timedelta

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from ideenlab.accounts.models import Person
from ideenlab.comments.models import Comment
from ideenlab.core.db import LARGEST_ID, db, find
from ideenlab.core.errors import NotFound
from ideenlab.core.paging import PAGE, Page, read_cursor, write_cursor
from ideenlab.ideas.models import Idea
from ideenlab.moderation.models import REASONS, Case, Measure, Report
from ideenlab.moderation.queries.things import Key, Thing

EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
FILTERS = ("all", "mine", "overdue", "reports", "releases")


def open_key(table: str, number: int) -> str:
    return f"{table}:{number}"


def get_case(case_id: int) -> Case:
    case = find(Case, case_id)
    if case is None:
        raise NotFound
    return case


def cases_among(numbers: list[int]) -> list[Case]:
    """In the order of their numbers, so that two who decide about the same ones wait for each other in turn."""
    known = [number for number in numbers if 0 < number <= LARGEST_ID]
    return list(db.session.scalars(select(Case).where(Case.id.in_(known)).order_by(Case.id)))


def find_open_case(thing: Thing) -> Case | None:
    return db.session.scalar(select(Case).where(Case.open_key == open_key(*thing.key)))


def reports_of(case: Case) -> list[Report]:
    return list(db.session.scalars(select(Report).where(Report.case_id == case.id).order_by(Report.id)))


def queue(moderator: Person, now: datetime, *, only: str = "all", reason: str = "", after: str = "") -> Page[Case]:
    """Open cases, the ones due first on top."""
    chosen = _filtered(moderator, now, only).options(joinedload(Case.assigned_to).lazyload(Person.roles))
    if reason in REASONS:
        chosen = chosen.where(Case.reason == reason)
    if cursor := read_cursor(after, int, int):
        due, number = EPOCH + timedelta(microseconds=int(cursor[0])), cursor[1]
        chosen = chosen.where(or_(Case.due_at > due, (Case.due_at == due) & (Case.id > number)))
    rows = list(db.session.scalars(chosen.order_by(Case.due_at, Case.id).limit(PAGE + 1)))
    more = ""
    if len(rows) > PAGE:
        last = rows[PAGE - 1]
        more = write_cursor((last.due_at - EPOCH) // timedelta(microseconds=1), last.id)
    return Page(rows[:PAGE], more)


def _filtered(moderator: Person, now: datetime, only: str) -> "Select[Case]":
    chosen = select(Case).where(Case.closed_at.is_(None))
    narrower = {
        "mine": Case.assigned_to_id == moderator.id,
        "overdue": Case.due_at < now,
        "reports": Case.origin == "report",
        "releases": Case.origin != "report",
    }
    return chosen.where(narrower[only]) if only in narrower else chosen


def queue_numbers(moderator: Person, now: datetime) -> dict[str, int]:
    """How many cases each filter shows."""
    return {
        only: db.session.scalar(select(func.count()).select_from(_filtered(moderator, now, only).subquery())) or 0
        for only in FILTERS
    }


def waiting_without_case(limit: int) -> list[tuple[Key, str]]:
    """What waits for its release and is not in the queue yet, and why it comes there.

    An idea that its author was asked to change comes back once it was changed; one that was published before comes as
    a change. What waits for its author's address
    to be confirmed is nobody's business yet.
    """
    return [*_waiting_ideas(limit), *_waiting_comments(limit)]


def _waiting_ideas(limit: int) -> list[tuple[Key, str]]:
    asked = (
        select(func.max(Measure.at))
        .where(Measure.thing == "ideas", Measure.thing_id == Idea.id, Measure.kind == "change_asked")
        .correlate(Idea)
        .scalar_subquery()
    )
    has_case = select(Case.id).where(Case.thing == "ideas", Case.thing_id == Idea.id, Case.closed_at.is_(None)).exists()
    waiting = (
        select(Idea.id, or_(asked.is_not(None), Idea.published_at.is_not(None)))
        .where(Idea.state == "waiting", or_(Idea.author_id.is_not(None), Idea.origin != "online"), ~has_case)
        .where(or_(asked.is_(None), Idea.changed_at > asked))
    )
    rows = db.session.execute(waiting.order_by(Idea.id).limit(limit))
    return [(("ideas", number), "changed" if was_there else "release") for number, was_there in rows]


def _waiting_comments(limit: int) -> list[tuple[Key, str]]:
    known = select(Case.id).where(Case.thing == "comments", Case.thing_id == Comment.id, Case.closed_at.is_(None))
    waiting = select(Comment.id).where(Comment.state == "waiting", ~known.exists()).order_by(Comment.id).limit(limit)
    return [(("comments", number), "release") for number in db.session.scalars(waiting)]


def old_reports(before: datetime) -> "Select[int]":
    """Whose case ended before this moment and whose address is still kept."""
    ended = select(Case.id).where(Case.closed_at < before)
    return select(Report.id).where(Report.email.is_not(None), Report.case_id.in_(ended))
