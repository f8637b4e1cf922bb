from datetime import datetime, timedelta

from ideenlab.accounts.models import Person
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import missing_for_opening, somebody_registered

ORGANISERS = ("organiser", "administrator")


def may_manage_hackathons(person: Person) -> Verdict:
    return YES if person.has_role(*ORGANISERS) else no(_("Only organisers may do this."))


def may_change_hackathon(person: Person, hackathon: Hackathon) -> Verdict:
    return may_manage_hackathons(person) and is_not_archived(hackathon)


def may_see_hackathon(person: Person | None, hackathon: Hackathon) -> Verdict:
    """Before it is published only organisers see it, as a preview."""
    if hackathon.published_at or (person and person.has_role(*ORGANISERS)):
        return YES
    return no(_("This hackathon is still being planned."))


def may_publish_hackathon(person: Person, hackathon: Hackathon, now: datetime) -> Verdict:
    """Everybody sees it from then on, so nothing may be missing that people need to decide."""
    if not (verdict := may_change_hackathon(person, hackathon)):
        return verdict
    if hackathon.published_at:
        return no(_("Everybody sees this hackathon already."))
    if missing_for_opening(hackathon, now):
        return no(_("Something is still missing before everybody can see it."))
    return YES


def may_unpublish_hackathon(person: Person, hackathon: Hackathon) -> Verdict:
    if not (verdict := may_change_hackathon(person, hackathon)):
        return verdict
    if hackathon.published_at is None:
        return no(_("Only organisers see this hackathon."))
    if somebody_registered(hackathon):
        return no(_("People have registered. The page must stay, so that they find it."))
    return YES


def may_change_agenda(person: Person, hackathon: Hackathon) -> Verdict:
    return may_change_hackathon(person, hackathon)


def may_announce(person: Person, hackathon: Hackathon) -> Verdict:
    if not (verdict := may_change_hackathon(person, hackathon)):
        return verdict
    return YES if hackathon.published_at else no(_("Nobody could read it: the hackathon is not public yet."))


def is_not_archived(hackathon: Hackathon) -> Verdict:
    """Half of every rule about writing: what is archived is read, and nothing in it changes any more."""
    if hackathon.archived_at:
        return no(_("This hackathon was archived on %(moment)s.", moment=moment(hackathon.archived_at)))
    return YES


def may_extend_deadline(person: Person, hackathon: Hackathon, minutes: int, now: datetime) -> Verdict:
    """The deadline may be moved while the jury has not begun to score, and never to a moment that is over."""
    if not (verdict := may_change_hackathon(person, hackathon)):
        return verdict
    if hackathon.submission_until is None:
        return no(_("This hackathon has no deadline yet."))
    if hackathon.scoring_from and hackathon.submission_until <= hackathon.scoring_from <= now:
        return no(_("The jury has been scoring since %(moment)s.", moment=moment(hackathon.scoring_from)))
    if hackathon.submission_until + timedelta(minutes=minutes) <= now:
        return no(_("Even then the deadline would be over. Please set it on the page with all dates."))
    return YES
