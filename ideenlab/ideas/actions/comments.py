from datetime import timedelta

from sqlalchemy import update

from ideenlab.accounts.models import Person
from ideenlab.comments.actions import (
    add_comment,
    edit_comment,
    hide_comment,
    release_comment,
    restore_comment,
    vote_on_comment,
    withdraw_comment,
)
from ideenlab.comments.models import Comment
from ideenlab.comments.queries import count_written_since, find_double, get_comment, lock_thread
from ideenlab.comments.rules import may_write_one_more
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import NotFound
from ideenlab.core.text import clean_text, excerpt
from ideenlab.core.verdict import require
from ideenlab.ideas.actions.mentions import tell_mentioned
from ideenlab.ideas.maths import wilson_lower
from ideenlab.ideas.models import Idea
from ideenlab.ideas.queries import find_idea_of_thread
from ideenlab.ideas.rules import is_held_back, may_comment, may_edit_comment_on_idea, may_vote_on_comment_on_idea
from ideenlab.notifications.actions import tell

MAILS_PER_DAY = 10  # about one idea; a lively discussion must not fill a mailbox


def comment_on_idea(
    author: Person, *, idea: Idea, text: str, parent: Comment | None = None, stance: str = "neutral"
) -> Comment:
    """Comment on an idea or answer a comment. The same again within seconds is a double click and stored once."""
    at = now()
    require(may_comment(author, idea, at))
    lock_thread(idea.thread_id)
    double = find_double(author, thread_id=idea.thread_id, parent=parent, text=clean_text(text), at=at)
    if double:
        return double
    require(may_write_one_more(author, at))
    held_back = is_held_back(author, idea.call)
    comment = add_comment(
        author, thread_id=idea.thread_id, parent=parent, text=text, stance=stance, is_held_back=held_back
    )
    if not held_back:
        _count(idea, 1)
        _tell_about(comment, idea=idea, parent=parent)
    return comment


def edit_comment_on_idea(author: Person, *, comment: Comment, text: str, stance: str, revision: int) -> Idea:
    """Change one's own comment while the discussion is open. Whom the new text mentions is told, once."""
    at, idea = now(), idea_of(comment)
    require(may_edit_comment_on_idea(author, idea, comment, at))
    hidden = edit_comment(
        author, comment=comment, text=text, stance=stance, revision=revision, at=at,
        is_held_back=is_held_back(author, idea.call),
    )  # fmt: skip
    if comment.state == "visible":
        tell_mentioned(comment, idea=idea, but=())
    return _count(idea, -hidden) if hidden else idea


def vote_on_comment_on_idea(person: Person, *, comment: Comment, value: int) -> Idea:
    """Say whether a comment helps: 1, −1, or 0 to take it back. Like supports, in no history."""
    at, idea = now(), idea_of(comment)
    require(may_vote_on_comment_on_idea(person, idea, comment, at))
    vote_on_comment(person, comment=comment, value=value, at=at, certainty=wilson_lower)
    return idea


def withdraw_comment_on_idea(author: Person, *, comment: Comment) -> Idea:
    return _count(idea_of(comment), -withdraw_comment(author, comment=comment))


def hide_comment_on_idea(moderator: Person, *, comment: Comment, reason: str) -> Idea:
    """Take a comment out of sight, or do not release it. The moderation tells its author why."""
    return _count(idea_of(comment), -hide_comment(moderator, comment=comment, reason=reason))


def restore_comment_on_idea(moderator: Person, *, comment: Comment) -> Idea:
    idea = idea_of(comment)
    restore_comment(moderator, comment=comment)
    return _count(idea, 1)


def release_comment_on_idea(moderator: Person, *, comment: Comment) -> Idea:
    """Now everybody sees it, and those it speaks to are told as if it was written at this moment."""
    idea = idea_of(comment)
    release_comment(moderator, comment=comment)
    parent = get_comment(comment.parent_id) if comment.parent_id else None
    _tell_about(comment, idea=idea, parent=parent)
    return _count(idea, 1)


def idea_of(comment: Comment) -> Idea:
    idea = find_idea_of_thread(comment.thread_id)
    if idea is None:
        raise NotFound
    return idea


def _count(idea: Idea, change: int) -> Idea:
    counted = update(Idea).where(Idea.id == idea.id).values(comment_count=Idea.comment_count + change)
    db.session.execute(counted, execution_options={"synchronize_session": False})
    db.session.refresh(idea, ["comment_count"])
    return idea


def _tell_about(comment: Comment, *, idea: Idea, parent: Comment | None) -> None:
    """The author of the idea, and of the comment that is answered; never the one who writes."""
    told = {idea.author_id, parent.author_id if parent else None}
    tell_mentioned(comment, idea=idea, but=told)
    if count_written_since(idea.thread_id, since=now() - timedelta(days=1)) > MAILS_PER_DAY:
        return
    said = excerpt(comment.text)
    if parent and parent.author and parent.author_id not in (comment.author_id, idea.author_id):
        key = f"comment-{comment.id}-{parent.author_id}"
        tell(parent.author, "comments/answered", kind="comments", once_key=key, detail=said, comment=comment, idea=idea)
    if idea.author and idea.author_id != comment.author_id:
        key = f"comment-{comment.id}-{idea.author_id}"
        tell(idea.author, "ideas/commented", kind="comments", once_key=key, detail=said, comment=comment, idea=idea)
