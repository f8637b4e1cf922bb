from datetime import datetime

from ideenlab.accounts.models import Person
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.ideas.models import Idea
from ideenlab.prototypes.models import Prototype
from ideenlab.prototypes.queries import latest_hand_in
from ideenlab.prototypes.rules import may_see_prototype

ORGANISERS = ("organiser", "administrator")


def may_see_trail(idea: Idea) -> Verdict:
    """For everybody, as long as everybody may read the idea."""
    return YES if idea.state in ("published", "merged") else no(_("This idea is not public."))


def may_tell_outcomes(person: Person) -> Verdict:
    """Also long after the hackathon was archived: that is when something comes of a prototype."""
    return YES if person.has_role(*ORGANISERS) else no(_("Only organisers may do this."))


def may_tell_outcome_of(person: Person, prototype: Prototype, now: datetime) -> Verdict:
    """Of what everybody can look at."""
    if not (verdict := may_tell_outcomes(person)):
        return verdict
    if prototype.hidden_at or latest_hand_in(prototype) is None or not may_see_prototype(None, prototype, now):
        return no(_("So far not everybody can see this prototype. Please open the gallery first."))
    return YES
