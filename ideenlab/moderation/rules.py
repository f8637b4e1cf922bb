from datetime import datetime, timedelta

from ideenlab.accounts.models import STAFF, Person
from ideenlab.accounts.rules import is_suspended
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.ideas import rules as ideas
from ideenlab.moderation.models import Appeal, Case, Measure
from ideenlab.moderation.queries import (
    Thing,
    decision_on,
    find_appeal,
    find_thing,
    latest_measure,
    others_who_decide,
    people_concerned,
)

LONGEST_SUSPENSION = 365  # days
APPEAL_DAYS = 183  # six months
APPEALABLE = ("hidden", "refused", "change_asked", "locked", "warned", "suspended", "blackened")


def may_moderate(person: Person) -> Verdict:
    return YES if person.has_role(*STAFF) else no(_("Only the moderation does this."))


def may_report(reader: Person | None, thing: Thing) -> Verdict:
    """Everybody may, with and without an account, whatever everybody can see."""
    if thing.idea is not None and not ideas.may_see_idea(reader, thing.idea):
        return no(_("This is not there, or no longer."))
    if not (verdict := thing.of.may_see(reader, thing.row)):
        return verdict
    if thing.state not in thing.of.shown:
        return no(_("This is no longer shown. The moderation knows of it already."))
    return YES


def may_take_measure(person: Person, thing: Thing, kind: str) -> Verdict:
    """What can be done about a thing as it is now."""
    deed = thing.of.deeds.get(kind)
    if deed is None:
        return no(_("This measure does not exist for this."))
    if kind in ("hidden", "refused") and (thing.state == "waiting") != (kind == "refused"):
        return no(_("This measure does not fit the state it is in."))
    return deed.may(person, thing.row)


def measures_for(person: Person, thing: Thing) -> list[str]:
    return [kind for kind in thing.of.deeds if may_take_measure(person, thing, kind)]


def may_decide_case(person: Person, case: Case, thing: Thing | None) -> Verdict:
    if not (verdict := may_moderate(person)):
        return verdict
    if case.closed_at is not None:
        return no(_("Somebody else has decided this case already."))
    if thing is not None and person in thing.concerned:
        return no(_("Nobody decides about what they wrote themselves."))
    return YES


def may_warn(actor: Person, person: Person) -> Verdict:
    if not (verdict := may_moderate(actor)):
        return verdict
    if actor.id == person.id:
        return no(_("Nobody warns or suspends themselves."))
    if person.state != "active":
        return no(_("This account is closed."))
    return YES


def may_suspend(actor: Person, person: Person, now: datetime) -> Verdict:
    if not (verdict := may_warn(actor, person)):
        return verdict
    if person.has_role(*STAFF):
        return no(_("People who moderate, organise or administer cannot be suspended. Take their role away first."))
    if is_suspended(person, now):
        return no(
            _("This person is suspended already, until %(moment)s.", moment=moment(person.suspended_until or now))
        )
    return YES


def may_end_suspension(actor: Person, person: Person, now: datetime) -> Verdict:
    if not (verdict := may_moderate(actor)):
        return verdict
    if actor.id == person.id:
        return no(_("Nobody decides about their own suspension."))
    return YES if is_suspended(person, now) else no(_("This person is not suspended."))


def may_see_measure(person: Person, measure: Measure) -> Verdict:
    if person.has_role(*STAFF) or person.id in people_concerned(measure):
        return YES
    return no(_("This decision is not about you."))


def may_appeal(person: Person, measure: Measure, now: datetime) -> Verdict:
    if person.id not in people_concerned(measure):
        return no(_("Only whom a decision is about can appeal."))
    if measure.kind not in APPEALABLE:
        return no(_("There is nothing to appeal against in this decision."))
    if find_appeal(measure):
        return no(_("You have appealed against this decision already."))
    if now >= measure.at + timedelta(days=APPEAL_DAYS):
        return no(_("You could appeal until %(moment)s.", moment=moment(measure.at + timedelta(days=APPEAL_DAYS))))
    if not is_in_force(measure, person, now):
        return no(_("This decision is no longer in force."))
    return YES


def is_in_force(measure: Measure, person: Person, now: datetime) -> bool:
    """Whether an appeal could still change something: a later measure or the clock may have ended it."""
    if measure.kind in ("warned", "locked", "blackened"):
        return True
    if measure.kind == "suspended":
        return is_suspended(person, now)
    latest = decision_on((measure.thing, measure.thing_id))
    return latest is not None and latest.id == measure.id and not _is_shown_again(measure)


def _is_shown_again(measure: Measure) -> bool:
    """A team has chosen another name: what could be shown again is no longer there."""
    thing = find_thing(measure.thing, measure.thing_id)
    return thing is None or ("restored" in thing.of.deeds and thing.state in thing.of.shown)


def may_decide_appeal(person: Person, appeal: Appeal, *, knows_to_be_alone: bool = False) -> Verdict:
    """Somebody else than who decided. Where there is nobody else, the same person may, after a warning."""
    if not (verdict := may_moderate(person)):
        return verdict
    if appeal.decided_at is not None:
        return no(_("Somebody else has decided this appeal already."))
    measure = appeal.measure
    concerned = people_concerned(measure)
    if person.id in concerned:
        return no(_("Nobody decides about their own appeal."))
    if measure.by_id != person.id:
        return YES
    if others_who_decide(measure.by_id, *concerned):
        return no(_("You took this measure yourself. Somebody else of the moderation decides about the appeal."))
    if not knows_to_be_alone:
        return no(_("Nobody else can decide. Please confirm that you decide about your own measure."))
    return YES


def may_blacken(person: Person) -> Verdict:
    return may_moderate(person)


def can_be_undone(measure: Measure) -> bool:
    """Whether the thing still is as this measure left it."""
    latest = latest_measure(measure.thing, measure.thing_id)
    return latest is not None and latest.id == measure.id
