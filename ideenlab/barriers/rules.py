from datetime import datetime

from ideenlab.accounts.models import Person
from ideenlab.barriers.models import Barrier
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import YES, Verdict, no


def may_answer_barrier(person: Person, barrier: Barrier) -> Verdict:
    if not person.has_role("organiser", "administrator"):
        return no(_("Only organisers answer reports about barriers."))
    if barrier.state == "answered":
        return no(_("This report was answered already."))
    return YES


def is_late(barrier: Barrier, moment: datetime) -> bool:
    return barrier.state == "open" and barrier.due_at < moment
