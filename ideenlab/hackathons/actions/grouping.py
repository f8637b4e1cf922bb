"""A teacher registers a class, an organiser somebody who stands at the entrance: people without an address."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ideenlab.accounts.actions import new_card, person_without_address
from ideenlab.accounts.models import Person
from ideenlab.accounts.rules import may_have_card
from ideenlab.attendance.actions import change_state, enter_together, lock_places
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line, fold
from ideenlab.core.verdict import require
from ideenlab.hackathons.actions.checking_in import check_in_participant
from ideenlab.hackathons.actions.consenting import end_consents, give_consents
from ideenlab.hackathons.models import PLACES, Hackathon, Registration, RegistrationGroup
from ideenlab.hackathons.queries import pupils_of
from ideenlab.hackathons.rules import (
    LARGEST_GROUP,
    may_change_hackathon,
    may_change_registrations,
    may_decide_group,
    may_let_in,
    may_manage_hackathons,
    may_print_cards,
    may_register_group,
)
from ideenlab.history.actions import record
from ideenlab.notifications.actions import tell


@dataclass(frozen=True)
class Pupil:
    """Somebody a teacher registers. `papers`: the agreements that the teacher has on paper."""

    pseudonym: str
    age_band: str
    papers: Collection[str] = ()


def register_group(teacher: Person, *, hackathon: Hackathon, name: str, pupils: Sequence[Pupil]) -> RegistrationGroup:
    """The group asks for places for all of them. Where an organiser registers it, they have them at once, or none.

    Nobody of them can sign in before organisers have agreed: a group is no way to make accounts without end.
    """
    require(may_register_group(teacher, hackathon, now()))
    _check(pupils)
    group = RegistrationGroup(hackathon=hackathon, teacher=teacher, name=clean_line(name))
    db.session.add(group)
    rows = [_enrol(group, number, pupil, teacher) for number, pupil in enumerate(pupils)]
    record(teacher, "hackathons.group_registered", hackathon, note=f"{group.name}: {len(rows)}")
    if may_manage_hackathons(teacher):
        enter_together(PLACES, hackathon, rows)
    db.session.flush()
    return group


def approve_group(organiser: Person, *, group: RegistrationGroup) -> None:
    """Places for all who asked, or Conflict and for none."""
    require(may_decide_group(organiser, group, now()))
    waiting = _who_asked(group)
    enter_together(PLACES, group.hackathon, waiting)
    record(organiser, "hackathons.group_approved", group.hackathon, note=group.name)
    tell(group.teacher, "hackathons/group_approved", hackathon=group.hackathon, group=group)
    db.session.flush()


def refuse_group(organiser: Person, *, group: RegistrationGroup, reason: str) -> None:
    require(may_decide_group(organiser, group, now()))
    lock_places(group.hackathon)
    for row in _who_asked(group):
        change_state(PLACES, row, to="refused", decided_by_id=organiser.id, decision_reason=reason)
        end_consents(row)
    record(organiser, "hackathons.group_refused", group.hackathon, note=group.name)
    tell(group.teacher, "hackathons/group_refused", hackathon=group.hackathon, group=group, reason=reason)
    db.session.flush()


def print_cards(person: Person, *, group: RegistrationGroup) -> list[tuple[Registration, str]]:
    """A new card for everybody with a place; cards printed before do not work any more.

    Who has an address or a role by now signs in with that: nobody else holds a key to their account.
    """
    require(may_print_cards(person, group))
    record(person, "hackathons.cards_printed", group.hackathon, note=group.name)
    with_place = [row for row in pupils_of(group) if row.state == "registered"]
    return [(row, new_card(row.person)) for row in with_place if may_have_card(row.person)]


def print_card(organiser: Person, *, registration: Registration) -> str:
    require(may_change_hackathon(organiser, registration.hackathon))
    record(organiser, "hackathons.card_printed", registration)
    return new_card(registration.person)


def walk_in(
    helper: Person, *, hackathon: Hackathon, pseudonym: str, age_band: str, papers: Collection[str]
) -> tuple[Registration, str]:
    """Somebody stands at the entrance: a person, a place, a check-in and the code of a card, in one step."""
    require(may_let_in(helper, hackathon, now()))
    require(may_change_registrations(hackathon, now()))
    person = person_without_address(pseudonym=pseudonym, age_band=age_band)
    lock_places(hackathon)
    if hackathon.registered_count >= hackathon.places:
        raise Invalid(_("All %(places)s places are taken.", places=hackathon.places))
    row = Registration(hackathon=hackathon, person=person, state="cancelled", source="walk_in")
    db.session.add(row)
    db.session.flush()
    change_state(PLACES, row, to="registered")
    give_consents(row, papers, way="paper", recorded_by=helper)
    record(helper, "hackathons.walked_in", row)
    check_in_participant(helper, registration=row)
    return row, new_card(person)


def _check(pupils: Sequence[Pupil]) -> None:
    if not pupils:
        raise Invalid(_("Please name at least one person."))
    if len(pupils) > LARGEST_GROUP:
        raise Invalid(_("A group has at most %(most)s people.", most=LARGEST_GROUP))
    seen: set[str] = set()
    for number, pupil in enumerate(pupils):
        folded = fold(pupil.pseudonym)
        if folded in seen:
            raise Invalid(_("This pseudonym is here twice."), field=f"pupils-{number}")
        seen.add(folded)


def _enrol(group: RegistrationGroup, number: int, pupil: Pupil, teacher: Person) -> Registration:
    try:
        person = person_without_address(pseudonym=pupil.pseudonym, age_band=pupil.age_band, registered_by=teacher)
    except Invalid as error:
        raise Invalid(str(error), field=f"pupils-{number}") from None
    row = Registration(hackathon=group.hackathon, person=person, group=group, state="requested", source="group")
    db.session.add(row)
    db.session.flush()
    give_consents(row, pupil.papers, way="paper", recorded_by=teacher)
    return row


def _who_asked(group: RegistrationGroup) -> list[Registration]:
    found = [row for row in pupils_of(group) if row.state == "requested"]
    if not found:
        raise Conflict(_("Somebody has decided about this group already."))
    return found
