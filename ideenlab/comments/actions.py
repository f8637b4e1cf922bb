from typing import Any

from sqlalchemy import update

from ideenlab.accounts.models import Person
from ideenlab.comments.models import Comment
from ideenlab.comments.rules import may_answer, may_hide_comment, may_restore_comment, may_withdraw_comment
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_text, render_markdown
from ideenlab.core.verdict import require
from ideenlab.history.actions import record

LONGEST_COMMENT = 3000


def add_comment(author: Person, *, thread_id: int, parent: Comment | None, text: str) -> Comment:
    """Write into a thread. Whoever owns the thread has asked its own rules before."""
    if parent is not None:
        require(may_answer(parent, thread_id=thread_id))
    text = clean_text(text)
    if not text or len(text) > LONGEST_COMMENT:
        raise Invalid(_("A comment has 1 to %(most)s characters.", most=LONGEST_COMMENT), field="text")
    comment = Comment(
        thread_id=thread_id, parent_id=parent.id if parent else None, author=author, text=text,
        text_html=render_markdown(text),
    )  # fmt: skip
    db.session.add(comment)
    record(author, "comments.added", comment)
    db.session.flush()
    return comment


def withdraw_comment(author: Person, *, comment: Comment) -> None:
    """Take back one's own comment; its place in the thread stays."""
    require(may_withdraw_comment(author, comment))
    _change_state(comment, "visible", "withdrawn")
    record(author, "comments.withdrawn", comment)


def hide_comment(moderator: Person, *, comment: Comment, reason: str) -> None:
    require(may_hide_comment(moderator, comment))
    _change_state(comment, "visible", "hidden", hidden_reason=reason)
    record(moderator, "comments.hidden", comment, note=reason)


def restore_comment(moderator: Person, *, comment: Comment) -> None:
    require(may_restore_comment(moderator, comment))
    _change_state(comment, "hidden", "visible", hidden_reason="")
    record(moderator, "comments.restored", comment)


def _change_state(comment: Comment, before: str, after: str, **values: Any) -> None:
    """Only once, whoever else does the same at this moment."""
    changed = db.session.execute(
        update(Comment).where(Comment.id == comment.id, Comment.state == before).values(state=after, **values),
        execution_options={"synchronize_session": False},
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict(_("Somebody else has just changed this comment."))
    db.session.refresh(comment)
