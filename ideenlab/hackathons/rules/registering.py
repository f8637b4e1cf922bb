from datetime import datetime, timedelta

from ideenlab.accounts.models import Person
from ideenlab.accounts.rules import may_have_card, may_write
from ideenlab.attendance.models import LIVING
from ideenlab.attendance.rules import may_check_in
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.phases import open_or_why_not
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.hackathons.models import Hackathon, Question, Registration, RegistrationGroup
from ideenlab.hackathons.queries import (
    answered_question_ids,
    cancelled_with,
    find_any_registration,
    find_place,
    groups_by,
    has_guardian_agreed,
    pupils_of,
)
from ideenlab.hackathons.rules.consents import PHOTOS, is_minor
from ideenlab.hackathons.rules.hackathons import is_not_archived, may_change_hackathon, may_manage_hackathons
from ideenlab.history.queries import entries_of

LARGEST_GROUP, MOST_PENDING_GROUPS = 40, 5


def may_register(person: Person, hackathon: Hackathon, now: datetime) -> Verdict:
    """Where all places are taken, this is the way to the waiting list."""
    if not (verdict := may_write(person, now)):
        return verdict
    registration = find_any_registration(person, hackathon)
    if registration and registration.state in LIVING:
        return no(_("You are registered already."))
    if registration and registration.state == "refused":
        return no(
            _("The organisers refused your registration. Reason: %(reason)s", reason=registration.decision_reason)
        )
    return _is_registration_open(hackathon, now)


def may_register_group(person: Person, hackathon: Hackathon, now: datetime) -> Verdict:
    if not (verdict := may_write(person, now)):
        return verdict
    if person.age_band != "adult":
        return no(_("Only adults can register a group."))
    if may_manage_hackathons(person):
        return may_change_registrations(hackathon, now)
    if len(groups_by(person, hackathon, pending=True)) >= MOST_PENDING_GROUPS:
        return no(_("You have registered %(most)s groups. Please wait until the organisers have decided.",
                    most=MOST_PENDING_GROUPS))  # fmt: skip
    return _is_registration_open(hackathon, now)


def may_cancel_registration(person: Person, hackathon: Hackathon, now: datetime) -> Verdict:
    registration = find_place(person, hackathon)
    if registration is None:
        return no(_("You are not registered here."))
    if not (verdict := may_change_registrations(hackathon, now)):
        return verdict
    if registration.in_team:
        return no(_("You are in a team. Please leave your team first, so that it knows."))
    return YES


def may_edit_registration(person: Person, registration: Registration, now: datetime) -> Verdict:
    if registration.person_id != person.id or registration.state not in LIVING:
        return no(_("You are not registered here."))
    return may_write(person, now) and may_change_registrations(registration.hackathon, now)


MOST_LETTERS, LETTERS_WITHIN = 5, timedelta(days=1)


def may_write_to_guardian(person: Person, registration: Registration, now: datetime) -> Verdict:
    """The address is one that somebody typed: nobody's mailbox is filled with our help."""
    if not (verdict := may_edit_registration(person, registration, now)):
        return verdict
    sent = entries_of(registration, deed="hackathons.guardian_asked", most=MOST_LETTERS)
    if len(sent) == MOST_LETTERS and sent[-1].at > now - LETTERS_WITHIN:
        again = moment(sent[-1].at + LETTERS_WITHIN)
        return no(_("We have written to your parents or guardians often enough for now. You can ask again from "
                    "%(moment)s.", moment=again))  # fmt: skip
    return YES


def may_withdraw_consent(person: Person, registration: Registration, kind: str) -> Verdict:
    """At any time, also long after the event: what was agreed to freely ends as easily."""
    if registration.person_id != person.id:
        return no(_("You are not registered here."))
    if kind not in PHOTOS:
        return no(_("Nobody takes part without this. Please cancel your registration instead."))
    return YES


def may_withdraw_as_guardian(registration: Registration, kind: str, now: datetime) -> Verdict:
    """Photos at any time; taking part only as long as it is not over."""
    return may_change_registrations(registration.hackathon, now) if kind == "guardian" else YES


def may_agree_again(registration: Registration, kind: str, now: datetime) -> Verdict:
    if registration.state not in LIVING:
        return no(_("This young person is not registered any more."))
    if kind != "guardian" and not has_guardian_agreed(registration):
        return no(_("First agree that your child takes part."))
    return may_change_registrations(registration.hackathon, now)


def may_give_consent(person: Person, registration: Registration, kind: str, now: datetime) -> Verdict:
    if kind not in PHOTOS:
        return no(_("This is agreed to when you register."))
    if person.age_band != "adult":
        return no(_("You are under 18: only your parents or guardians can agree to this."))
    return may_edit_registration(person, registration, now)


def may_change_registrations(hackathon: Hackathon, now: datetime) -> Verdict:
    if not (verdict := is_not_archived(hackathon)):
        return verdict
    if now >= hackathon.ends_at:
        return no(_("The hackathon ended on %(moment)s.", moment=moment(hackathon.ends_at)))
    return YES


DECIDED_IN = {
    "approve": ("requested",), "refuse": ("requested", "waiting", "offered", "registered"), "move_up": ("waiting",),
    "cancel": LIVING, "no_show": ("registered",),
}  # fmt: skip


def may_decide_registration(person: Person, registration: Registration, deed: str, now: datetime) -> Verdict:
    """`deed`: approve, refuse, move_up, cancel or no_show."""
    if not (verdict := may_change_hackathon(person, registration.hackathon)):
        return verdict
    if registration.state not in DECIDED_IN[deed]:
        return no(_("This is not possible in the state in which the registration is now."))
    if deed == "no_show":
        return no(_("This person has checked in.")) if registration.checked_in_at else YES
    if not (verdict := may_change_registrations(registration.hackathon, now)):
        return verdict
    if deed in ("refuse", "cancel") and registration.in_team:
        return no(_("This person is in a team. They leave the team first, so that it knows."))
    if deed == "move_up" and registration.hackathon.registered_count >= registration.hackathon.places:
        return no(_("All %(places)s places are taken.", places=registration.hackathon.places))
    return YES


def may_see_group(person: Person, group: RegistrationGroup) -> Verdict:
    if person.id == group.teacher_id or may_manage_hackathons(person):
        return YES
    return no(_("Only who registered the group and the organisers see this."))


def may_decide_group(person: Person, group: RegistrationGroup, now: datetime) -> Verdict:
    return may_manage_hackathons(person) and may_change_registrations(group.hackathon, now)


def may_cancel_group(person: Person, group: RegistrationGroup, now: datetime) -> Verdict:
    """Whoever registered it, and organisers."""
    if not (verdict := may_see_group(person, group) and may_change_registrations(group.hackathon, now)):
        return verdict
    if not any(row.state in LIVING for row in pupils_of(group)):
        return no(_("Nobody of this group has a place or waits for one."))
    return YES


def may_register_group_again(person: Person, group: RegistrationGroup, now: datetime) -> Verdict:
    """The way back, as long as groups can be registered."""
    if not (verdict := may_see_group(person, group) and may_register_group(person, group.hackathon, now)):
        return verdict
    if group.cancelled_at is None or not cancelled_with(group):
        return no(_("This group was not cancelled."))
    return YES


def may_print_cards(person: Person, group: RegistrationGroup) -> Verdict:
    if not (verdict := may_see_group(person, group) and is_not_archived(group.hackathon)):
        return verdict
    if not any(row.state == "registered" and may_have_card(row.person) for row in pupils_of(group)):
        return no(_("There are cards as soon as the organisers have given places to the group."))
    return YES


def may_come_in(registration: Registration) -> Verdict:
    if not (verdict := is_not_archived(registration.hackathon) and may_check_in(registration)):
        return verdict
    if is_minor(registration.person) and not has_guardian_agreed(registration):
        return no(_("This person is under 18, and their parents or guardians have not agreed yet."))
    return YES


def may_remove_question(person: Person, question: Question) -> Verdict:
    if not (verdict := may_change_hackathon(person, question.hackathon)):
        return verdict
    if question.id in answered_question_ids(question.hackathon):
        return no(_("Somebody has answered this question already. You can only change its words."))
    return YES


def _is_registration_open(hackathon: Hackathon, now: datetime) -> Verdict:
    if hackathon.published_at is None:
        return no(_("This hackathon is still being planned."))
    if not (verdict := is_not_archived(hackathon)):
        return verdict
    window = open_or_why_not(hackathon, "registration", now)
    if not window:
        return no(_("Registration is not possible now. %(why)s", why=window.reason))
    return may_change_registrations(hackathon, now)
