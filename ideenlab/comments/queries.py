from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from ideenlab.accounts.models import Person
from ideenlab.comments.models import Comment, Thread
from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound

DEEPEST = 3
DOUBLE_CLICK = timedelta(seconds=5)


@dataclass
class Branch:
    """A comment and what was answered to it; below the third level answers stand in one row."""

    comment: Comment
    depth: int
    replies: list["Branch"] = field(default_factory=list)
    answers_to: Comment | None = None  # said where the indentation no longer shows it


def get_comment(comment_id: int) -> Comment:
    comment = find(Comment, comment_id)
    if comment is None:
        raise NotFound
    return comment


def comments_of(thread_id: int) -> list[Comment]:
    """Oldest first, with their authors."""
    of_thread = (
        select(Comment).where(Comment.thread_id == thread_id).options(joinedload(Comment.author).lazyload(Person.roles))
    )
    return list(db.session.scalars(of_thread.order_by(Comment.created_at, Comment.id)))


def as_tree(comments: Iterable[Comment]) -> list[Branch]:
    """Comments in the order they were written, put below what they answer."""
    roots: list[Branch] = []
    placed: dict[int, tuple[Branch, list[Branch]]] = {}  # each branch with the row it stands in
    for comment in comments:
        if comment.parent_id not in placed:
            branch, row = Branch(comment, depth=1), roots
        else:
            parent, row_of_parent = placed[comment.parent_id]
            if parent.depth < DEEPEST:
                branch, row = Branch(comment, depth=parent.depth + 1), parent.replies
            else:
                branch, row = Branch(comment, depth=DEEPEST, answers_to=parent.comment), row_of_parent
        row.append(branch)
        placed[comment.id] = branch, row
    return roots


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
        Comment.state == "visible",
        Comment.created_at > at - DOUBLE_CLICK,
    )
    return db.session.scalar(same.order_by(Comment.id).limit(1))


def count_written_since(thread_id: int, *, since: datetime) -> int:
    written = select(func.count()).select_from(Comment)
    return db.session.scalar(written.where(Comment.thread_id == thread_id, Comment.created_at > since)) or 0
