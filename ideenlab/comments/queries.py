from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from operator import ge, gt, le, lt
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, bindparam, exists, func, or_, select, tuple_, union_all
from sqlalchemy.orm import joinedload

from ideenlab.accounts.models import STAFF, Person
from ideenlab.comments.models import Comment, CommentVersion, CommentVote, Thread
from ideenlab.core.db import LARGEST_ID, db, find
from ideenlab.core.errors import NotFound
from ideenlab.core.paging import Page, read_cursor, write_cursor

DEEPEST = 3
ROOTS = 20  # branches on a page
REPLIES = 10  # of a branch on that page
REPLIES_ALONE = 50  # of a branch on a page of its own
BEST = 2  # for, and as many against
MOST_VERSIONS = 50
DOUBLE_CLICK = timedelta(seconds=5)
KEYS = {"oldest": ("id",), "newest": ("id",), "best": ("certainty", "id")}  # what each order goes by


class Said(NamedTuple):
    """A comment as a discussion shows it: a plain row, of which a page has dozens."""

    id: int
    thread_id: int
    parent_id: int | None
    root_id: int | None
    place: int
    author_id: int | None
    text: str
    text_html: str
    stance: str
    for_count: int
    against_count: int
    certainty: int
    state: str
    hidden_reason: str
    created_at: datetime
    edited_at: datetime | None
    author: str | None  # the pseudonym


@dataclass
class Branch:
    """A comment and what was answered to it; below the third level answers stand in one row."""

    comment: Said
    depth: int
    replies: list["Branch"] = field(default_factory=list)
    answers_to: Said | None = None  # said where the indentation no longer shows it
    goes_on: bool = False  # there are more replies than stand here


# Statements are written on tables and put together once: making them cost more than running them
comments, people = Comment.__table__.c, Person.__table__.c
SAID = select(*(comments[name] for name in Said._fields[:-1]), people.pseudonym).select_from(
    Comment.__table__.outerjoin(Person.__table__, people.id == comments.author_id)
)


def _fetch(statement: Any, **values: Any) -> list[Said]:
    return [Said._make(row) for row in db.session.connection().execute(statement, values).all()]


def find_comment(comment_id: int) -> Comment | None:
    return find(Comment, comment_id)


def get_comment(comment_id: int) -> Comment:
    comment = find_comment(comment_id)
    if comment is None:
        raise NotFound
    return comment


def _reader(person: Person | None) -> dict[str, int]:
    """What waits for its release only its author and the moderation find: these read all, others as who they are."""
    if person is not None and person.has_role(*STAFF):
        return {}
    return {"reader": person.id if person else 0}


def _readable(*, is_limited: bool) -> list[ColumnElement[bool]]:
    return [or_(comments.state != "waiting", comments.author_id == bindparam("reader"))] if is_limited else []


def branches_of(
    thread_id: int, *, reader: Person | None = None, order: str = "oldest", cursor: str = "",
    around: Comment | Said | None = None,
) -> Page[Branch]:  # fmt: skip
    """A page of a thread: branches in this order, each with its first replies.

    With `around`, the page on which this root stands, and what comes before it. However long the thread and its
    branches are, a page costs the same.
    """
    who = _reader(reader)
    values, mark = {"thread_id": thread_id, **who}, dict[str, int]()
    after = read_cursor(cursor, str, *([int] * len(KEYS[order])))
    if around is not None:
        mark = _mark(order, _half_a_page_before(order, around, values))
    elif after and after[0] == order:
        mark = _mark(order, after[1:])
    roots = _roots(order, is_limited=bool(who), begins_with=around is not None, goes_on=bool(mark))
    rows = _fetch(roots, **values, **mark)
    last = rows[ROOTS - 1] if len(rows) > ROOTS else None
    page = rows[:ROOTS]
    more = write_cursor(order, *_mark(order, last).values()) if last else ""
    return Page(as_tree([*page, *_first_replies(page, who)]), more)


def _mark(order: str, place: Any) -> dict[str, int]:
    """Where a comment, or a cursor, stands in this order. A cursor can say anything."""
    given = place if isinstance(place, list) else [getattr(place, name) for name in KEYS[order]]
    known = [max(-LARGEST_ID, min(int(value), LARGEST_ID)) for value in given]
    return {f"last_{name}": value for name, value in zip(KEYS[order], known, strict=True)}


@cache
def _roots(
    order: str, *, is_limited: bool, begins_with: bool = False, goes_on: bool = False, back: bool = False
) -> Any:
    """The roots of a thread after a mark, or from it on; `back` turns the order round."""
    keys = [comments[name] for name in KEYS[order]]
    upwards = (order == "oldest") != back
    roots = SAID.where(comments.thread_id == bindparam("thread_id"), comments.root_id.is_(None))
    roots = roots.where(*_readable(is_limited=is_limited))
    if goes_on:
        last = [bindparam(f"last_{name}", type_=Integer) for name in KEYS[order]]
        here, mark = tuple_(*keys), tuple_(*last)
        compare = {(True, True): ge, (True, False): gt, (False, True): le, (False, False): lt}[upwards, begins_with]
        roots = roots.where(compare(here, mark))
    return roots.order_by(*(key if upwards else key.desc() for key in keys)).limit(ROOTS // 2 if back else ROOTS + 1)


def _half_a_page_before(order: str, comment: Comment | Said, values: dict[str, int]) -> Comment | Said:
    """What stands before the comment comes along, so that it does not stand alone."""
    before = _roots(order, is_limited="reader" in values, goes_on=True, back=True)
    earlier = _fetch(before, **values, **_mark(order, comment))
    return earlier[-1] if earlier else comment


def _first_replies(roots: Sequence[Said], who: dict[str, int]) -> list[Said]:
    return _fetch(_replies(is_limited=bool(who)), roots=[root.id for root in roots], **who) if roots else []


@cache
def _replies(*, is_limited: bool) -> Any:
    replies = SAID.where(comments.root_id.in_(bindparam("roots", expanding=True)), comments.place <= REPLIES + 1)
    return replies.where(*_readable(is_limited=is_limited)).order_by(comments.id)


def replies_of(root: Comment, *, reader: Person | None = None, after: int = 0) -> Page[Branch]:
    """A page of what was answered in a branch, below its root. The cursor is the place of the last one."""
    who = _reader(reader)
    every = SAID.where(*_readable(is_limited=bool(who)))
    replies = every.where(comments.root_id == root.id, comments.place > after).order_by(comments.place)
    rows = _fetch(replies.limit(REPLIES_ALONE + 1), **who)
    page = rows[:REPLIES_ALONE]
    missing = {reply.parent_id for reply in page} - {reply.id for reply in page}
    others = _fetch(every.where(comments.id.in_({root.id, *missing})), **who)
    begin, earlier = ([said for said in others if (said.id == root.id) is wanted] for wanted in (True, False))
    tree = as_tree([*begin, *page], earlier=earlier)
    return Page(tree, str(page[-1].place) if len(rows) > REPLIES_ALONE else "")


def next_place(root_id: int) -> int:
    return (db.session.scalar(select(func.max(Comment.place)).where(Comment.root_id == root_id)) or 0) + 1


def best_comments(thread_id: int) -> dict[str, list[Said]]:
    """The most certain comments for and against; of equals the older."""
    best = [
        select(comments.id)
        .where(comments.thread_id == thread_id, comments.stance == stance, comments.state == "visible")
        .order_by(comments.certainty.desc(), comments.id)
        .limit(BEST)
        .subquery()
        for stance in ("pro", "contra")
    ]
    found = union_all(*(select(ids.c.id) for ids in best))
    return best_of(_fetch(SAID.where(comments.id.in_(found))))


def best_of(found: Iterable[Said]) -> dict[str, list[Said]]:
    """The same of comments that are at hand."""
    visible = sorted((said for said in found if said.state == "visible"), key=lambda said: (-said.certainty, said.id))
    return {stance: [said for said in visible if said.stance == stance][:BEST] for stance in ("pro", "contra")}


_OWN_VOTES = select(CommentVote.comment_id, CommentVote.value).where(
    CommentVote.person_id == bindparam("person_id"), CommentVote.comment_id.in_(bindparam("numbers", expanding=True))
)


def own_comment_votes(person: Person | None, comment_ids: Collection[int]) -> dict[int, int]:
    """What the person voted on these comments."""
    if person is None or not comment_ids:
        return {}
    values = {"person_id": person.id, "numbers": list(comment_ids)}
    return {number: value for number, value in db.session.connection().execute(_OWN_VOTES, values)}


def versions_of_comment(comment: Comment) -> list[CommentVersion]:
    """How a comment read before, latest first; of very many changes the last ones."""
    older = select(CommentVersion).where(CommentVersion.comment_id == comment.id)
    return list(db.session.scalars(older.order_by(CommentVersion.revision.desc()).limit(MOST_VERSIONS)))


def takers_of(thread_id: int, *, folded: Collection[str], also: Collection[int]) -> list[Person]:
    """Who of these pseudonyms wrote something visible into the thread, or is one of `also`."""
    wrote = exists().where(
        Comment.thread_id == thread_id, Comment.author_id == Person.id, Comment.state == "visible"
    )  # fmt: skip
    people = select(Person).where(Person.pseudonym_folded.in_(folded), or_(wrote, Person.id.in_(also)))
    return list(db.session.scalars(people.order_by(Person.id)))


def as_tree(found: Iterable[Said], *, earlier: Sequence[Said] | None = None) -> list[Branch]:
    """Comments in the order they were written, put below what they answer, or below the root when that is not there.

    Of a branch only the first replies, unless `earlier` says what was answered on the pages before.
    """
    before = {said.id: said for said in earlier or ()}
    roots: list[Branch] = []
    placed: dict[int, tuple[Branch, list[Branch]]] = {}  # each branch with the row it stands in
    for comment in found:
        above = next((number for number in (comment.parent_id, comment.root_id) if number in placed), None)
        if above is None:
            branch, row = Branch(comment, depth=1), roots
        elif comment.place > REPLIES and earlier is None:
            placed[comment.root_id or 0][0].goes_on = True
            continue
        else:
            branch, row = _below(*placed[above], comment, before.get(comment.parent_id or 0))
        row.append(branch)
        placed[comment.id] = branch, row
    return roots


def _below(
    parent: Branch, row: list[Branch], comment: Said, answered: Said | None
) -> tuple[Branch, list[Branch]]:  # fmt: skip
    """Indented below its parent, or in the same row where it is as deep as it gets."""
    if parent.depth < DEEPEST:
        return Branch(comment, depth=parent.depth + 1, answers_to=answered), parent.replies
    return Branch(comment, depth=DEEPEST, answers_to=answered or parent.comment), row


def latest_comments(limit: int) -> list[Comment]:
    """The newest of the whole house, for those who moderate."""
    newest = (
        select(Comment).where(Comment.state == "visible").options(joinedload(Comment.author).lazyload(Person.roles))
    )
    return list(db.session.scalars(newest.order_by(Comment.id.desc()).limit(limit)))


def hidden_comments(limit: int) -> list[Comment]:
    hidden = select(Comment).where(Comment.state == "hidden").options(joinedload(Comment.author).lazyload(Person.roles))
    return list(db.session.scalars(hidden.order_by(Comment.id.desc()).limit(limit)))


def lock_thread(thread_id: int) -> None:
    """Whoever writes into this thread next waits until we are done. SQLite has one writer anyway."""
    db.session.execute(select(Thread.id).where(Thread.id == thread_id).with_for_update())


def find_double(author: Person, *, thread_id: int, parent: Comment | None, text: str, at: datetime) -> Comment | None:
    """The same comment, sent a moment ago by a double click."""
    same = select(Comment).where(
        Comment.thread_id == thread_id,
        Comment.author_id == author.id,
        Comment.parent_id == (parent.id if parent else None),
        Comment.text == text,
        Comment.state.in_(("visible", "waiting")),
        Comment.created_at > at - DOUBLE_CLICK,
    )
    return db.session.scalar(same.order_by(Comment.id).limit(1))


def count_written_by(person: Person, *, since: datetime) -> int:
    written = select(func.count()).select_from(Comment)
    return db.session.scalar(written.where(Comment.author_id == person.id, Comment.created_at > since)) or 0


def count_written_since(thread_id: int, *, since: datetime) -> int:
    written = select(func.count()).select_from(Comment)
    return db.session.scalar(written.where(Comment.thread_id == thread_id, Comment.created_at > since)) or 0
