from datetime import datetime

from ideenlab.accounts.models import Person
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import stage_of
from ideenlab.hackathons.rules import may_change_hackathon
from ideenlab.rehearsals.queries import find_rehearsal, next_step


def may_start_rehearsal(person: Person, hackathon: Hackathon, now: datetime) -> Verdict:
    """Before the real one begins, and one at a time."""
    if not (verdict := may_change_hackathon(person, hackathon)):
        return verdict
    if hackathon.rehearsal_of_id:
        return no(_("This is a rehearsal already."))
    if stage_of(hackathon, now) != "coming":
        return no(_("The hackathon has begun. A rehearsal is for before."))
    return no(_("A rehearsal is running already.")) if find_rehearsal(hackathon) else YES


def may_go_on(person: Person, rehearsal: Hackathon) -> Verdict:
    if not (verdict := may_wipe(person, rehearsal)):
        return verdict
    return YES if next_step(rehearsal) else no(_("The rehearsal is at its end. It can be wiped now."))


def may_wipe(person: Person, rehearsal: Hackathon) -> Verdict:
    if rehearsal.rehearsal_of_id is None:
        return no(_("This is not a rehearsal. It is never wiped."))
    return may_change_hackathon(person, rehearsal)
