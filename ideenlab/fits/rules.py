from datetime import datetime

from ideenlab.accounts.models import Person
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.fits.queries import wrote_an_idea_behind
from ideenlab.hackathons.rules import is_not_archived
from ideenlab.prototypes.models import Prototype
from ideenlab.prototypes.rules import may_see_prototype
from ideenlab.teams.queries import is_member


def may_say_whether_it_fits(person: Person, prototype: Prototype, now: datetime) -> Verdict:
    """For those who wrote the idea, when everybody sees the prototype. Not about one's own."""
    if not (verdict := may_see_prototype(person, prototype, now) and is_not_archived(prototype.hackathon)):
        return verdict
    if is_member(person, prototype.team):
        return no(_("This is your own prototype."))
    if not wrote_an_idea_behind(person, prototype):
        return no(_("This is asked of those who wrote the idea."))
    return YES
