from collections.abc import Sequence
from datetime import datetime, timedelta

from ideenlab.accounts.models import STAFF, Person
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.phases import is_over, window
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.ideas.models import Call, Idea
from ideenlab.merges.models import Merge

DAYS_TO_ANSWER = 7
DAYS_TO_SEPARATE = 14  # in which an author may do it; the moderation until the results
MOST_IDEAS = 10


def may_see_merges(person: Person | None) -> Verdict:
    if person is not None and person.has_role(*STAFF):
        return YES
    return no(_("Only the moderation can join ideas."))


def may_propose_merge(person: Person, idea: Idea, now: datetime) -> Verdict:
    """Whether this idea may be in a proposal at all."""
    if not may_see_merges(person):
        return may_see_merges(person)
    return can_be_joined(idea) and before_results(idea.call, now)


def can_be_joined(idea: Idea) -> Verdict:
    if idea.state == "merged":
        return no(_("“%(title)s” was joined with another idea already.", title=idea.title))
    if idea.state != "published":
        return no(_("“%(title)s” is not published.", title=idea.title))
    return YES


def may_join(target: Idea, parts: Sequence[Idea]) -> Verdict:
    """Whether these ideas fit together: one call, two to ten, and none that holds others already but the target."""
    ideas = [target, *parts]
    if not parts or target.id in {part.id for part in parts}:
        return no(_("Please choose at least two ideas, one of them as the target."))
    if len(ideas) > MOST_IDEAS:
        return no(_("At most %(most)s ideas at once, please.", most=MOST_IDEAS))
    if {idea.call_id for idea in ideas} != {target.call_id}:
        return no(_("Only ideas of one call can be joined."))
    for idea in ideas:
        if not can_be_joined(idea):
            return can_be_joined(idea)
    for part in parts:
        if part.part_count:
            text = _("Other ideas were joined into “%(title)s”. It can only be the target, or must be separated first.",
                     title=part.title)  # fmt: skip
            return no(text)
    return YES


def before_results(call: Call, now: datetime) -> Verdict:
    """Once results are shown, numbers no longer move."""
    begin, _end = window(call, "results")
    if (begin is not None and begin <= now) or is_over(call, "results", now):
        return no(_("The results of this call are public since %(moment)s. Its ideas stay as they are.",
                    moment=moment(begin or now)))  # fmt: skip
    return YES


def may_see_merge(person: Person | None, merge: Merge, authors: Sequence[int]) -> Verdict:
    """Proposals concern the authors, those who write along, and the moderation."""
    if person is not None and (person.has_role(*STAFF) or person.id in authors):
        return YES
    return no(_("This page is for the authors of the ideas and the moderation."))


def may_answer_merge(person: Person, merge: Merge, idea: Idea, now: datetime) -> Verdict:
    if idea.author_id != person.id:
        return no(_("Only the person who gave an idea can answer for it."))
    if merge.state != "proposed":
        return _ended(merge)
    if now >= merge.answer_until:
        return no(_("The time to answer ended on %(moment)s.", moment=moment(merge.answer_until)))
    return YES


def may_cancel_merge(person: Person, merge: Merge) -> Verdict:
    if not may_see_merges(person):
        return may_see_merges(person)
    return YES if merge.state == "proposed" else _ended(merge)


def may_separate_merge(person: Person, merge: Merge, authors: Sequence[int], now: datetime) -> Verdict:
    """The moderation until the results, an author for two weeks."""
    staff = person.has_role(*STAFF)
    if not staff and person.id not in authors:
        return no(_("Only the authors of the ideas and the moderation can separate them."))
    if merge.state != "merged" or merge.merged_at is None:
        return no(_("These ideas are not joined."))
    until = merge.merged_at + timedelta(days=DAYS_TO_SEPARATE)
    if not staff and now >= until:
        return no(_("Authors could separate these ideas until %(moment)s. Please write to the moderation.",
                    moment=moment(until)))  # fmt: skip
    return before_results(merge.target.call, now)


def _ended(merge: Merge) -> Verdict:
    return no({
        "proposed": _("This proposal still waits for answers."),
        "merged": _("These ideas are joined already."),
        "declined": _("This proposal was declined."),
        "expired": _("This proposal has run out."),
        "cancelled": _("This proposal was taken back."),
        "separated": _("These ideas were joined and then separated again."),
    }[merge.state])  # fmt: skip
