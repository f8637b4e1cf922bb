from datetime import datetime

from ideenlab.accounts.models import Person
from ideenlab.accounts.rules import may_write
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.events.queries import is_event_helper
from ideenlab.events.rules.events import may_manage_events
from ideenlab.programme.models import Edition
from ideenlab.programme.queries import today


def may_name_event_helper(organiser: Person, person: Person, edition: Edition) -> Verdict:
    if not (verdict := may_manage_events(organiser)):
        return verdict
    if person.state != "active" or person.age_band != "adult":
        return no(_("Helpers on the telephone are adults with an active account."))
    if is_event_helper(person, edition.id):
        return no(_("This person helps on the telephone already."))
    return YES


def may_answer_telephone(person: Person, edition: Edition, now: datetime) -> Verdict:
    """Organisers; and until the end of the week its helpers, who see nothing else of who comes."""
    if may_manage_events(person):
        return YES
    if not is_event_helper(person, edition.id) or edition.ends_on < today():
        return no(_("This page is for the organisers and for the helpers on the telephone."))
    return may_write(person, now)
