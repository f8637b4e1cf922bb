from datetime import datetime, timedelta

from ideenlab.accounts.models import STAFF, Person
from ideenlab.accounts.rules import may_sign_in, may_write
from ideenlab.comments.models import Comment
from ideenlab.comments.rules import is_unlocked, may_edit_comment, may_vote_on_comment
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.core.i18n import moment
from ideenlab.core.phases import is_open, window
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.ideas.models import Call, Idea
from ideenlab.ideas.rules.people import is_named, writes

DRAFT_KEPT = timedelta(days=90)  # after its last change
DRAFT_WARNING = timedelta(days=14)  # so long before that, its author is told

ORIGINS_ON_SITE = ("workshop", "postcard", "telephone")


def may_give_idea(person: Person, call: Call, now: datetime) -> Verdict:
    return may_write(person, now) and _takes(person, call) and open_for_ideas(call, now)


def _takes(person: Person, call: Call) -> Verdict:
    """Who proved an address but chose no name is a guest; a call may be for people with an account only."""
    if call.takes_guests or not person.is_guest:
        return YES
    return no(_("This call is for people with an account. Choose a name on the page “My account”, then you have one."))


def may_give_idea_without_account(call: Call, now: datetime) -> Verdict:
    if not call.takes_guests:
        return no(_("This call takes ideas only from people with an account."))
    return open_for_ideas(call, now)


def may_confirm_idea(person: Person, idea: Idea, now: datetime) -> Verdict:
    """Whether the owner of an address may say that an idea is theirs."""
    allowed = may_sign_in(person) and may_write(person, now)
    if not allowed:
        return allowed
    return YES if idea.author_id is None else no(_("This idea belongs to somebody already."))


def may_enter_idea(person: Person, call: Call, now: datetime) -> Verdict:
    """Type in for somebody else: from the beginning of the call on, as postcards written in time arrive later."""
    if not person.has_role(*STAFF):
        return no(_("Only the moderation can enter ideas for other people."))
    begin, _end = window(call, "collect")
    return YES if begin is not None and begin <= now else open_for_ideas(call, now)


def is_unconfirmed(idea: Idea) -> bool:
    """Given with an address that nobody has confirmed yet: nobody sees it, not even the moderation."""
    return idea.state == "waiting" and idea.origin == "online" and idea.author_id is None


def open_for_ideas(call: Call, now: datetime) -> Verdict:
    return _open(
        call, "collect", now, never=_l("This call does not take ideas."),
        early=_l("Ideas can be given from %(moment)s."), late=_l("Ideas could be given until %(moment)s."),
    )  # fmt: skip


def open_for_comments(call: Call, now: datetime) -> Verdict:
    return _open(
        call, "discuss", now, never=_l("There is no discussion in this call."),
        early=_l("Comments can be written from %(moment)s."), late=_l("Comments could be written until %(moment)s."),
    )  # fmt: skip


def open_for_support(call: Call, now: datetime) -> Verdict:
    return _open(
        call, "support", now, never=_l("Ideas are not supported in this call."),
        early=_l("Ideas can be supported from %(moment)s."), late=_l("Ideas could be supported until %(moment)s."),
    )  # fmt: skip


def _open(call: Call, phase: str, now: datetime, *, never: object, early: object, late: object) -> Verdict:
    """The sentences are looked up only where one is said: nearly always the phase is open."""
    if is_open(call, phase, now):
        return YES
    begin, end = window(call, phase)
    if begin is None:
        return no(str(never))
    return no(str(early) % {"moment": moment(begin)} if now < begin else str(late) % {"moment": moment(end or now)})


def may_see_idea(person: Person | None, idea: Idea) -> Verdict:
    """Drafts are their author's alone; hidden and waiting ideas the author's and the moderation's."""
    if idea.state in ("published", "withdrawn", "merged"):
        return YES
    if person is not None and (idea.author_id == person.id or is_named(person, idea)):
        return YES
    if is_unconfirmed(idea):
        return no(_("This idea cannot be seen."))
    if idea.state in ("hidden", "waiting") and person is not None and person.has_role(*STAFF):
        return YES
    return no(_("This idea cannot be seen."))


def may_read_text(person: Person | None, idea: Idea) -> Verdict:
    """A withdrawn idea keeps its place and its discussion, but its text is no longer everybody's."""
    if not may_see_idea(person, idea):
        return may_see_idea(person, idea)
    own = person is not None and (writes(person, idea) or person.has_role(*STAFF))
    if idea.state == "withdrawn" and not own:
        return no(_("The person who gave this idea has withdrawn it."))
    return YES


def may_follow(person: Person, thing: object) -> Verdict:
    """Calls and topics are public; an idea is followed by those who can read it, and not while it is a draft."""
    if not isinstance(thing, Idea):
        return YES
    if thing.state in ("draft", "waiting"):
        return not_there(thing)
    return may_read_text(person, thing)


def may_publish_idea(person: Person, idea: Idea, now: datetime) -> Verdict:
    if idea.author_id != person.id:
        return no(_("Only the person who gave an idea can publish it."))
    if idea.state != "draft":
        return no(_("This idea is no longer a draft."))
    return may_write(person, now) and open_for_ideas(idea.call, now)


def draft_kept_until(idea: Idea) -> datetime:
    """Not before its author was told two weeks ago, however long the worker stood still."""
    end = idea.changed_at + DRAFT_KEPT
    return max(end, idea.draft_warned_at + DRAFT_WARNING) if idea.draft_warned_at else end


def may_discard_draft(person: Person, idea: Idea) -> Verdict:
    if idea.author_id != person.id:
        return no(_("Only the person who gave an idea can delete its draft."))
    if idea.state != "draft":
        return no(_("This idea is no longer a draft."))
    return YES


def may_edit_idea(person: Person, idea: Idea, now: datetime) -> Verdict:
    if not writes(person, idea):
        return no(_("Only the person who gave an idea can change it."))
    if idea.state == "draft":
        return YES
    if idea.state == "waiting":
        return may_write(person, now)
    if idea.state != "published":
        return not_there(idea)
    return may_write(person, now) and open_for_ideas(idea.call, now)


def may_withdraw_idea(person: Person, idea: Idea) -> Verdict:
    if idea.author_id != person.id:
        return no(_("Only the person who gave an idea can withdraw it."))
    if idea.part_count:
        return no(_("Other ideas were joined into this one. They must be separated again before you withdraw it."))
    return YES if idea.state in ("published", "waiting") else not_there(idea)


def may_comment(person: Person, idea: Idea, now: datetime) -> Verdict:
    if idea.state != "published":
        return not_there(idea)
    return may_write(person, now) and is_unlocked(idea.thread) and open_for_comments(idea.call, now)


def may_edit_comment_on_idea(person: Person, idea: Idea, comment: Comment, now: datetime) -> Verdict:
    """As long as the discussion is open: afterwards everybody can rely on what was said."""
    return may_edit_comment(person, comment) and may_comment(person, idea, now)


def may_vote_on_comment_on_idea(person: Person, idea: Idea, comment: Comment, now: datetime) -> Verdict:
    if not idea.call.takes_comment_votes:
        return no(_("There are no votes on comments in this call."))
    return may_vote_on_comment(person, comment) and may_comment(person, idea, now)


def may_support(person: Person, idea: Idea, now: datetime) -> Verdict:
    if idea.state != "published":
        return not_there(idea)
    return may_write(person, now) and _takes(person, idea.call) and open_for_support(idea.call, now)


def may_undo_support(person: Person, idea: Idea, now: datetime) -> Verdict:
    """Until the phase ends; then the count stands. Whoever is suspended may still take a support back.

    Points on an idea that is gone go back too, so that they can be given to another one.
    """
    if idea.state == "published" or (idea.call.support_mode == "points" and idea.state in ("hidden", "withdrawn")):
        return open_for_support(idea.call, now)
    return not_there(idea)


def may_judge_duplicates(person: Person) -> Verdict:
    return YES if person.has_role(*STAFF) else no(_("Only the moderation looks for duplicates."))


def may_hide_idea(person: Person, idea: Idea) -> Verdict:
    may = _may_moderate(person, idea, _("Only the moderation can hide ideas."))
    return may and (YES if idea.state in ("published", "waiting") else not_there(idea))


def may_restore_idea(person: Person, idea: Idea) -> Verdict:
    may = _may_moderate(person, idea, _("Only the moderation can show ideas again."))
    return may and (YES if idea.state == "hidden" else no(_("This idea is not hidden.")))


def _may_moderate(person: Person, idea: Idea, refusal: str) -> Verdict:
    if not person.has_role(*STAFF):
        return no(refusal)
    return no(_("Nobody decides about what they wrote themselves.")) if writes(person, idea) else YES


def is_held_back(author: Person | None, call: Call) -> bool:
    """Whether the moderation reads what somebody writes in this call before everybody else does."""
    return call.is_premoderated and not (author is not None and author.has_role(*STAFF))


def waits_again(author: Person, idea: Idea) -> bool:
    """Whether a change by this person takes a published idea out of sight until it is released."""
    return idea.state == "published" and is_held_back(author, idea.call)


def may_release_idea(person: Person, idea: Idea) -> Verdict:
    may = _may_moderate(person, idea, _("Only the moderation can release ideas."))
    return may and (YES if idea.state == "waiting" else no(_("This idea does not wait for its release.")))


def may_ask_for_change(person: Person, idea: Idea) -> Verdict:
    """Only somebody who can answer is asked: an author with an account."""
    if idea.author_id is None:
        return no(_("Nobody can change this idea: it has no author with an account."))
    return may_hide_idea(person, idea)


def may_manage_calls(person: Person) -> Verdict:
    if person.has_role("organiser", "administrator"):
        return YES
    return no(_("Only organisers can change calls."))


def not_there(idea: Idea) -> Verdict:
    return no({
        "draft": _("This idea is still a draft."),
        "waiting": _("This idea is not published yet."),
        "published": _("This idea is published."),
        "withdrawn": _("This idea was withdrawn."),
        "hidden": _("This idea is hidden by the moderation."),
        "merged": _("This idea was joined with another one."),
    }[idea.state])  # fmt: skip
