from datetime import datetime

from ideenlab.accounts.models import STAFF, Person
from ideenlab.answers.models import Answer
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.ideas.models import Call, Idea

ORGANISERS = ("organiser", "administrator")


def may_answer_idea(person: Person, idea: Idea) -> Verdict:
    if not person.has_role(*ORGANISERS):
        return no(_("Only organisers can answer for the city."))
    if idea.state not in ("published", "merged"):
        return no(_("This idea is not published."))
    return YES


def may_edit_answer(person: Person, answer: Answer) -> Verdict:
    """A draft is written by organisers, and by the one it is assigned to."""
    if answer.state != "draft":
        return no(_("This answer is no longer a draft."))
    if person.has_role(*ORGANISERS):
        return YES
    if answer.assigned_to_id == person.id and person.has_role(*STAFF):
        return YES
    return no(_("This answer is not assigned to you."))


def may_publish_answer(person: Person, answer: Answer) -> Verdict:
    if answer.state != "draft":
        return no(_("This answer is no longer a draft."))
    if not may_answer_idea(person, answer.idea):
        return may_answer_idea(person, answer.idea)
    if not answer.text:
        return no(_("An answer needs a text before it is published."))
    return YES


def may_discard_answer(person: Person, answer: Answer) -> Verdict:
    if not person.has_role(*ORGANISERS):
        return no(_("Only organisers can answer for the city."))
    return YES if answer.state == "draft" else no(_("This answer is no longer a draft."))


def may_correct_answer(person: Person, answer: Answer) -> Verdict:
    if not person.has_role(*ORGANISERS):
        return no(_("Only organisers can answer for the city."))
    return YES if answer.state == "published" else no(_("This answer is not published."))


def may_withdraw_answer(person: Person, answer: Answer) -> Verdict:
    return may_correct_answer(person, answer)


def may_restore_answer(person: Person, answer: Answer) -> Verdict:
    if not person.has_role(*ORGANISERS):
        return no(_("Only organisers can answer for the city."))
    return YES if answer.state == "withdrawn" else no(_("This answer was not withdrawn."))


def may_set_status(person: Person, idea: Idea) -> Verdict:
    return may_answer_idea(person, idea)


def may_manage_answers(person: Person) -> Verdict:
    """Statuses, offices, lists and figures."""
    if person.has_role(*ORGANISERS):
        return YES
    return no(_("Only organisers can answer for the city."))


def is_overdue(call: Call, now: datetime) -> bool:
    return call.answer_until is not None and call.answer_until < now
