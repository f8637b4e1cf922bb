from datetime import datetime, timedelta

from ideenlab.accounts.models import STAFF, Person
from ideenlab.comments.models import Comment, Thread
from ideenlab.comments.queries import count_written_by
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import YES, Verdict, no

MOST_PER_HOUR = 60


def may_answer(comment: Comment, *, thread_id: int) -> Verdict:
    """Whether something can be written below this comment. Who may write at all, the owner of the thread knows."""
    if comment.thread_id != thread_id:
        return no(_("This comment belongs to another discussion."))
    if comment.state != "visible":
        return no(_("The comment you want to answer is no longer there."))
    return YES


def may_write_one_more(person: Person, now: datetime) -> Verdict:
    """Enough for the liveliest discussion, too little for a robot with an account."""
    if person.has_role(*STAFF) or count_written_by(person, since=now - timedelta(hours=1)) < MOST_PER_HOUR:
        return YES
    return no(_("You wrote %(most)s comments within an hour. Please wait a little.", most=MOST_PER_HOUR))


def may_withdraw_comment(person: Person, comment: Comment) -> Verdict:
    if comment.author_id != person.id:
        return no(_("Only the person who wrote a comment can withdraw it."))
    if comment.state not in ("visible", "waiting"):
        return no(_("This comment is no longer visible."))
    return YES


def may_see_comment(person: Person | None, comment: Comment) -> Verdict:
    """What it says. One that waits for its release is its author's and the moderation's."""
    if comment.state == "visible":
        return YES
    own = person is not None and (comment.author_id == person.id or person.has_role(*STAFF))
    return YES if own and comment.state != "withdrawn" else no(_("This comment cannot be seen."))


def may_hide_comment(person: Person, comment: Comment) -> Verdict:
    if not person.has_role(*STAFF):
        return no(_("Only the moderation can hide comments."))
    if comment.author_id == person.id:
        return no(_("Nobody decides about what they wrote themselves."))
    if comment.state not in ("visible", "waiting"):
        return no(_("This comment is no longer visible."))
    return YES


def may_restore_comment(person: Person, comment: Comment) -> Verdict:
    if not person.has_role(*STAFF):
        return no(_("Only the moderation can show comments again."))
    if comment.author_id == person.id:
        return no(_("Nobody decides about what they wrote themselves."))
    if comment.state != "hidden":
        return no(_("This comment is not hidden."))
    return YES


def may_edit_comment(person: Person, comment: Comment) -> Verdict:
    if comment.author_id != person.id:
        return no(_("Only the person who wrote a comment can change it."))
    if comment.state not in ("visible", "waiting"):
        return no(_("This comment is no longer visible."))
    return YES


def may_vote_on_comment(person: Person, comment: Comment) -> Verdict:
    if comment.author_id == person.id:
        return no(_("You wrote this comment yourself. Others say whether it helps."))
    if comment.state != "visible":
        return no(_("This comment is no longer visible."))
    return YES


def may_release_comment(person: Person, comment: Comment) -> Verdict:
    if not person.has_role(*STAFF):
        return no(_("Only the moderation can release comments."))
    if comment.author_id == person.id:
        return no(_("Nobody decides about what they wrote themselves."))
    if comment.state != "waiting":
        return no(_("This comment does not wait for its release."))
    return YES


def may_lock_thread(person: Person, thread: Thread) -> Verdict:
    if not person.has_role(*STAFF):
        return no(_("Only the moderation can lock discussions."))
    return YES if thread.locked_at is None else no(_("This discussion is locked already."))


def may_unlock_thread(person: Person, thread: Thread) -> Verdict:
    if not person.has_role(*STAFF):
        return no(_("Only the moderation can open discussions again."))
    return YES if thread.locked_at is not None else no(_("This discussion is not locked."))


def is_unlocked(thread: Thread) -> Verdict:
    """Whether the moderation lets anybody write here."""
    if thread.locked_at is None:
        return YES
    return no(_("The moderation has locked this discussion. Reason: %(reason)s", reason=thread.locked_reason))
