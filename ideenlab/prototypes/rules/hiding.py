from ideenlab.accounts.models import Person
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.prototypes.models import Prototype
from ideenlab.prototypes.queries import latest_hand_in
from ideenlab.teams.queries import is_member

STAFF = ("moderator", "administrator")


def may_hide_prototype(person: Person, prototype: Prototype) -> Verdict:
    """Its page goes out of sight. What was handed in stays with the jury."""
    if not (verdict := _may_moderate(person, prototype)):
        return verdict
    if latest_hand_in(prototype) is None:
        return no(_("It was not handed in."))
    return YES if prototype.hidden_at is None else no(_("This prototype is hidden already."))


def may_restore_prototype(person: Person, prototype: Prototype) -> Verdict:
    if not (verdict := _may_moderate(person, prototype)):
        return verdict
    return YES if prototype.hidden_at else no(_("This prototype is not hidden."))


def is_out_of_sight(person: Person | None, prototype: Prototype) -> bool:
    """Hidden, and for everybody but its team and those who work here."""
    if prototype.hidden_at is None:
        return False
    return not (person and (person.has_role(*STAFF, "organiser") or is_member(person, prototype.team)))


def _may_moderate(person: Person, prototype: Prototype) -> Verdict:
    if not person.has_role(*STAFF):
        return no(_("Only the moderation can do this."))
    if is_member(person, prototype.team):
        return no(_("Nobody decides about what they wrote themselves."))
    return YES
