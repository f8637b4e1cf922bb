from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, not_, or_, select, tuple_, union_all
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


@dataclass
class Branch:
    """A comment and what was answered to it; below the third level answers stand in one row."""

    comment: Comment
    depth: int
    replies: list["Branch"] = field(default_factory=list)
    answers_to: Comment | None = None  # said where the indentation no longer shows it
    goes_on: bool = False  # there are more replies than stand here


def find_comment(comment_id: int) -> Comment | None:
    return find(Comment, comment_id)


def get_comment(comment_id: int) -> Comment:
    comment = find_comment(comment_id)
    if comment is None:
        raise NotFound
    return comment


def _with_authors(comments: "Select[Comment]") -> list[Comment]:
    return list(db.session.scalars(comments.options(joinedload(Comment.author).lazyload(Person.roles))))


def _readable(reader: Person | None) -> list[ColumnElement[bool]]:
    """What waits for its release only its author and the moderation find."""
    if reader is not None and reader.has_role(*STAFF):
        return []
    return [or_(Comment.state != "waiting", Comment.author_id == (reader.id if reader else 0))]


def branches_of(
    thread_id: int, *, reader: Person | None = None, order: str = "oldest", cursor: str = "",
    around: Comment | None = None,
) -> Page[Branch]:  # fmt: skip
    """A page of a thread: branches in this order, each with its first replies.

    With `around`, the page on which this root stands, and what comes before it. However long the thread and its
    branches are, a page costs the same.
    """
    keys = _keys(order)
    roots = select(Comment).where(Comment.thread_id == thread_id, Comment.root_id.is_(None), *_readable(reader))
    ordered = roots.order_by(*(key if order == "oldest" else key.desc() for key in keys))
    after = read_cursor(cursor, str, *([int] * len(keys)))
    if around is not None:
        ordered = _from_before(roots, ordered, order, around)
    elif after and after[0] == order:
        ordered = ordered.where(_beyond(order, tuple(int(value) for value in after[1:])))
    rows = _with_authors(ordered.limit(ROOTS + 1))
    last = rows[ROOTS - 1] if len(rows) > ROOTS else None
    page = rows[:ROOTS]
    more = write_cursor(order, *_values(order, last)) if last else ""
    return Page(as_tree([*page, *_first_replies(page, reader)]), more)


def _keys(order: str) -> tuple[Any, ...]:
    return (Comment.certainty, Comment.id) if order == "best" else (Comment.id,)


def _values(order: str, comment: Comment) -> tuple[int, ...]:
    return (comment.certainty, comment.id) if order == "best" else (comment.id,)


def _beyond(order: str, values: tuple[int, ...], *, included: bool = False) -> ColumnElement[bool]:
    """What comes after these values in the order of the page."""
    known = [max(-LARGEST_ID, min(value, LARGEST_ID)) for value in values]  # a cursor can say anything
    keys: Any = tuple_(*_keys(order)) if len(known) > 1 else _keys(order)[0]
    mark: Any = tuple_(*known) if len(known) > 1 else known[0]
    if order == "oldest":
        beyond: ColumnElement[bool] = keys >= mark if included else keys > mark
    else:
        beyond = keys <= mark if included else keys < mark
    return beyond


def _from_before(roots: Any, ordered: Any, order: str, comment: Comment) -> Any:
    """Half a page of what stands before the comment comes along, so that it does not stand alone."""
    here = _values(order, comment)
    before = roots.where(not_(_beyond(order, here, included=True)))
    back = before.order_by(*(key.desc() if order == "oldest" else key for key in _keys(order))).limit(ROOTS // 2)
    earlier = list(db.session.scalars(back))
    first = _values(order, earlier[-1]) if earlier else here
    return ordered.where(_beyond(order, first, included=True))


def _first_replies(roots: Sequence[Comment], reader: Person | None) -> list[Comment]:
    if not roots:
        return []
    replies = select(Comment).where(Comment.root_id.in_([root.id for root in roots]), *_readable(reader))
    return _with_authors(replies.where(Comment.place <= REPLIES + 1).order_by(Comment.id))


def replies_of(root: Comment, *, reader: Person | None = None, after: int = 0) -> Page[Branch]:
    """A page of what was answered in a branch, below its root. The cursor is the place of the last one."""
    replies = select(Comment).where(Comment.root_id == root.id, Comment.place > after, *_readable(reader))
    rows = _with_authors(replies.order_by(Comment.place).limit(REPLIES_ALONE + 1))
    page = rows[:REPLIES_ALONE]
    at_hand = {root.id, *(reply.id for reply in page)}
    missing = {reply.parent_id for reply in page} - at_hand
    earlier = _with_authors(select(Comment).where(Comment.id.in_(missing), *_readable(reader))) if missing else []
    return Page(as_tree([root, *page], earlier=earlier), str(page[-1].place) if len(rows) > REPLIES_ALONE else "")


def next_place(root_id: int) -> int:
    return (db.session.scalar(select(func.max(Comment.place)).where(Comment.root_id == root_id)) or 0) + 1


def best_comments(thread_id: int) -> dict[str, list[Comment]]:
    """The most certain comments for and against; of equals the older."""
    best = [
        select(Comment.id)
        .where(Comment.thread_id == thread_id, Comment.stance == stance, Comment.state == "visible")
        .order_by(Comment.certainty.desc(), Comment.id)
        .limit(BEST)
        .subquery()
        for stance in ("pro", "contra")
    ]
    found = union_all(*(select(ids.c.id) for ids in best)).subquery()
    chosen = select(Comment).join(found, found.c.id == Comment.id).order_by(Comment.certainty.desc(), Comment.id)
    rows = _with_authors(chosen)
    return {stance: [comment for comment in rows if comment.stance == stance] for stance in ("pro", "contra")}


def best_of(comments: Iterable[Comment]) -> dict[str, list[Comment]]:
    """The same of comments that are at hand."""
    visible = sorted(
        (comment for comment in comments if comment.state == "visible"),
        key=lambda comment: (-comment.certainty, comment.id),
    )
    return {stance: [comment for comment in visible if comment.stance == stance][:BEST] for stance in ("pro", "contra")}


def own_comment_votes(person: Person | None, comment_ids: Collection[int]) -> dict[int, int]:
    """What the person voted on these comments."""
    if person is None or not comment_ids:
        return {}
    own = select(CommentVote.comment_id, CommentVote.value).where(
        CommentVote.person_id == person.id, CommentVote.comment_id.in_(comment_ids)
    )
    return {number: value for number, value in db.session.execute(own)}


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


def as_tree(comments: Iterable[Comment], *, earlier: Sequence[Comment] | None = None) -> list[Branch]:
    """Comments in the order they were written, put below what they answer, or below the root when that is not there.

    Of a branch only the first replies, unless `earlier` says what was answered on the pages before.
    """
    before = {comment.id: comment for comment in earlier or ()}
    roots: list[Branch] = []
    placed: dict[int, tuple[Branch, list[Branch]]] = {}  # each branch with the row it stands in
    for comment in comments:
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
    parent: Branch, row: list[Branch], comment: Comment, answered: Comment | None
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
