from datetime import datetime

from ideenlab.accounts.models import Person
from ideenlab.accounts.rules import may_write
from ideenlab.archives.queries import find_prize_of, has_check_in, note_due_at, was_thanked
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import find_registration, stage_of
from ideenlab.hackathons.rules import ORGANISERS, is_not_archived, may_manage_hackathons
from ideenlab.prototypes.models import Prototype
from ideenlab.prototypes.queries import latest_hand_in
from ideenlab.teams.queries import is_member


def may_get_certificate(person: Person, hackathon: Hackathon, now: datetime) -> Verdict:
    """Everybody who was let in; where tickets were not looked at, everybody with a place."""
    if not (verdict := has_ended(hackathon, now)):
        return verdict
    registration = find_registration(person, hackathon)
    if registration is None:
        return no(_("You had no place in this hackathon."))
    if registration.no_show_at or (registration.checked_in_at is None and has_check_in(hackathon)):
        return no(_("You were not checked in at the entrance. If you were there, please ask the organisers."))
    return YES


def may_get_prize_certificate(person: Person, hackathon: Hackathon, now: datetime) -> Verdict:
    if not (verdict := has_ended(hackathon, now)):
        return verdict
    if find_prize_of(person, hackathon) is None:
        return no(_("Your team has no prize in the published result."))
    return YES


def may_thank(person: Person, hackathon: Hackathon, now: datetime) -> Verdict:
    if not (verdict := may_manage_hackathons(person) and has_ended(hackathon, now)):
        return verdict
    if not hackathon.published_at:
        return no(_("Nobody could read it: the hackathon is not public yet."))
    return no(_("Everybody was thanked already.")) if was_thanked(hackathon) else is_not_archived(hackathon)


def may_write_note(person: Person, prototype: Prototype, months: int, now: datetime) -> Verdict:
    """The team and the organisers, half a year and a year later; also when the hackathon is archived."""
    if not (verdict := may_write(person, now)):
        return verdict
    if not (is_member(person, prototype.team) or person.has_role(*ORGANISERS)):
        return no(_("Only the team and the organisers can write what became of this prototype."))
    if latest_hand_in(prototype) is None or prototype.hidden_at:
        return no(_("This prototype is not shown."))
    due = note_due_at(prototype.hackathon, months)
    return YES if now >= due else no(_("This can be written from %(moment)s.", moment=moment(due)))


def may_archive(person: Person, hackathon: Hackathon, now: datetime) -> Verdict:
    if not (verdict := may_manage_hackathons(person) and is_not_archived(hackathon)):
        return verdict
    if hackathon.rehearsal_of_id:
        return no(_("This is a rehearsal. It is wiped, not archived."))
    if stage_of(hackathon, now) != "past":
        return no(_("This is possible when the hackathon is over and its result is out."))
    return YES


def may_reopen(person: Person, hackathon: Hackathon) -> Verdict:
    if not person.has_role("administrator"):
        return no(_("Only administrators can open an archived hackathon again."))
    return YES if hackathon.archived_at else no(_("This hackathon is not archived."))


def has_ended(hackathon: Hackathon, now: datetime) -> Verdict:
    if now < hackathon.ends_at:
        return no(_("The hackathon ends on %(moment)s. After that this is possible.", moment=moment(hackathon.ends_at)))
    return YES
