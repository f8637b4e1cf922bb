"""Objections under Art. 21 GDPR, and who answers them."""

from datetime import datetime, timedelta

from ideenlab.accounts.models import Person
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import YES, Verdict, no

MONTH = timedelta(days=30)  # Art. 12 (3) GDPR gives one month; thirty days are never more


def due_after(at: datetime) -> datetime:
    return at + MONTH


def may_see_objections(person: Person) -> Verdict:
    return YES if person.has_role("administrator") else no(_("Only administrators see this."))


def may_answer_objection(person: Person, *, is_open: bool) -> Verdict:
    if not person.has_role("administrator"):
        return no(_("Only administrators see this."))
    return YES if is_open else no(_("This objection has been answered."))
