from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm.attributes import set_committed_value

from ideenlab.accounts.models import Person
from ideenlab.comments.models import STANCES, Comment, CommentVersion, CommentVote, Thread
from ideenlab.comments.queries import next_place, own_comment_votes
from ideenlab.comments.rules import (
    may_answer,
    may_edit_comment,
    may_hide_comment,
    may_lock_thread,
    may_release_comment,
    may_restore_comment,
    may_unlock_thread,
    may_vote_on_comment,
    may_withdraw_comment,
)
from ideenlab.core.clock import now
from ideenlab.core.db import db, dialect_name
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_text, render_markdown
from ideenlab.core.verdict import require
from ideenlab.history.actions import record

LONGEST_COMMENT = 3000
UNNOTICED = timedelta(minutes=15)  # a slip of the pen is nobody's business
QUIETLY = {"synchronize_session": False}


def add_comment(
    author: Person, *, thread_id: int, parent: Comment | None, text: str, stance: str = "neutral",
    is_held_back: bool = False,
) -> Comment:  # fmt: skip
    """Write into a thread. Whoever owns the thread has asked its own rules before, and has locked the thread.

    What is held back waits for its release by the moderation.
    """
    if parent is not None:
        require(may_answer(parent, thread_id=thread_id))
    state = "waiting" if is_held_back else "visible"
    comment = Comment(thread_id=thread_id, author=author, state=state, **_wording(text, stance))
    if parent is not None:
        comment.parent_id, comment.root_id = parent.id, parent.root_id or parent.id
        comment.place = next_place(comment.root_id)
    db.session.add(comment)
    record(author, "comments.added", comment)
    db.session.flush()
    return comment


def withdraw_comment(author: Person, *, comment: Comment) -> int:
    """Take back one's own comment; its place in the thread stays. Gives how many fewer are visible."""
    require(may_withdraw_comment(author, comment))
    before = _change_state(comment, comment.state, "withdrawn")
    record(author, "comments.withdrawn", comment)
    return int(before == "visible")


def hide_comment(moderator: Person, *, comment: Comment, reason: str) -> int:
    """Out of sight, or not released at all. Gives how many fewer are visible."""
    require(may_hide_comment(moderator, comment))
    before = _change_state(comment, comment.state, "hidden", hidden_reason=reason)
    record(moderator, "comments.hidden", comment, note=reason)
    return int(before == "visible")


def release_comment(moderator: Person, *, comment: Comment) -> None:
    require(may_release_comment(moderator, comment))
    _change_state(comment, "waiting", "visible")
    record(moderator, "comments.released", comment)


def restore_comment(moderator: Person, *, comment: Comment) -> None:
    require(may_restore_comment(moderator, comment))
    _change_state(comment, "hidden", "visible", hidden_reason="")
    record(moderator, "comments.restored", comment)


def edit_comment(
    author: Person, *, comment: Comment, text: str, stance: str, revision: int, at: datetime, is_held_back: bool = False
) -> int:
    """Replace what a comment says. Within a quarter of an hour nobody is told; later on the old version stays readable.

    Held back, it waits for its release again. Gives how many fewer are visible. Raises Conflict when `revision` is not
    the latest: another window was faster.
    """
    require(may_edit_comment(author, comment))
    wording: dict[str, Any] = _wording(text, stance)
    if (comment.text, comment.stance) == (wording["text"], wording["stance"]):
        return 0
    was_visible = comment.state == "visible"
    if is_held_back:
        wording["state"] = "waiting"
    before = CommentVersion(
        comment_id=comment.id, revision=comment.revision, text=comment.text, stance=comment.stance,
        written_at=comment.edited_at or comment.created_at,
    )  # fmt: skip
    is_late = at >= comment.created_at + UNNOTICED
    if is_late:
        wording["edited_at"] = at
    changed = db.session.execute(
        update(Comment)
        .where(Comment.id == comment.id, Comment.revision == revision, Comment.state == comment.state)
        .values(**wording, revision=revision + 1),
        execution_options=QUIETLY,
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        db.session.refresh(comment)
        raise Conflict(
            _("This comment was changed in another window in the meantime. Nothing of it was overwritten."),
            mine=[(_("Your comment"), wording["text"])], stored=[(_("Your comment"), comment.text)],
        )  # fmt: skip
    if is_late:
        db.session.add(before)
    db.session.refresh(comment)
    record(author, "comments.edited", comment, note=str(comment.revision))
    return int(was_visible and is_held_back)


def vote_on_comment(
    person: Person, *, comment: Comment, value: int, at: datetime, certainty: Callable[[int, int], int]
) -> None:
    """Say that a comment helps (1) or does not (−1), or take that back (0).

    `certainty` gives the rank of so many yes of so many votes: whoever owns the thread ranks everything alike.
    """
    require(may_vote_on_comment(person, comment))
    if value not in (1, 0, -1):
        raise Invalid(_("This vote does not exist."), field="value")
    counts = select(Comment.for_count, Comment.against_count, Comment.state).where(Comment.id == comment.id)
    pro, contra, state = db.session.execute(counts.with_for_update(key_share=True)).one()
    if state != comment.state:
        raise Conflict(_("Somebody else has just changed this comment."))
    before = own_comment_votes(person, [comment.id]).get(comment.id, 0)
    if before == value:
        return
    _keep_vote(person, comment, value, at)
    pro += (value == 1) - (before == 1)
    contra += (value == -1) - (before == -1)
    counted = {"for_count": pro, "against_count": contra, "certainty": certainty(pro, pro + contra)}
    db.session.execute(update(Comment).where(Comment.id == comment.id).values(counted), execution_options=QUIETLY)
    for name, number in counted.items():
        set_committed_value(comment, name, number)


def _keep_vote(person: Person, comment: Comment, value: int, at: datetime) -> None:
    if value == 0:
        own = delete(CommentVote).where(CommentVote.comment_id == comment.id, CommentVote.person_id == person.id)
        db.session.execute(own, execution_options=QUIETLY)
        return
    insert: Any = postgresql.insert if dialect_name() == "postgresql" else sqlite.insert
    vote = insert(CommentVote).values(comment_id=comment.id, person_id=person.id, value=value, created_at=at)
    key = [CommentVote.comment_id, CommentVote.person_id]
    db.session.execute(vote.on_conflict_do_update(index_elements=key, set_={"value": value, "created_at": at}))


def _wording(text: str, stance: str) -> dict[str, Any]:
    text = clean_text(text)
    if not text or len(text) > LONGEST_COMMENT:
        raise Invalid(_("A comment has 1 to %(most)s characters.", most=LONGEST_COMMENT), field="text")
    if stance not in STANCES:
        raise Invalid(_("Please choose one of these."), field="stance")
    return {"text": text, "text_html": render_markdown(text), "stance": stance}


def lock_discussion(moderator: Person, *, thread: Thread, reason: str) -> None:
    """From now on nobody writes here; what was written stays."""
    require(may_lock_thread(moderator, thread))
    _lock(thread, Thread.locked_at.is_(None), locked_at=now(), locked_reason=reason)
    record(moderator, "comments.locked", thread, note=reason)


def unlock_discussion(moderator: Person, *, thread: Thread) -> None:
    require(may_unlock_thread(moderator, thread))
    _lock(thread, Thread.locked_at.is_not(None), locked_at=None, locked_reason="")
    record(moderator, "comments.unlocked", thread)


def _lock(thread: Thread, before: Any, **values: Any) -> None:
    changed = db.session.execute(
        update(Thread).where(Thread.id == thread.id, before).values(**values), execution_options=QUIETLY
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict(_("Somebody else has just changed this discussion."))
    db.session.refresh(thread)


def _change_state(comment: Comment, before: str, after: str, **values: Any) -> str:
    """Only once, whoever else does the same at this moment."""
    changed = db.session.execute(
        update(Comment).where(Comment.id == comment.id, Comment.state == before).values(state=after, **values),
        execution_options={"synchronize_session": False},
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict(_("Somebody else has just changed this comment."))
    db.session.refresh(comment)
    return before
