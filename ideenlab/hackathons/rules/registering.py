from datetime import datetime

from ideenlab.accounts.models import Person
from ideenlab.accounts.rules import may_write
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.phases import open_or_why_not
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import find_registration


def may_register(person: Person, hackathon: Hackathon, now: datetime) -> Verdict:
    if not (verdict := may_write(person, now)):
        return verdict
    if find_registration(person, hackathon):
        return no(_("You are registered already."))
    window = open_or_why_not(hackathon, "registration", now)
    if not window:
        return no(_("Registration is not possible now. %(why)s", why=window.reason))
    if hackathon.registered_count >= hackathon.places:
        return no(_("All %(places)s places are taken.", places=hackathon.places))
    return YES


def may_cancel_registration(person: Person, hackathon: Hackathon, now: datetime) -> Verdict:
    registration = find_registration(person, hackathon)
    if registration is None:
        return no(_("You are not registered here."))
    if now >= hackathon.ends_at:
        return no(_("The hackathon ended on %(moment)s.", moment=moment(hackathon.ends_at)))
    if registration.in_team:
        return no(_("You are in a team. Please leave your team first, so that it knows."))
    return YES
