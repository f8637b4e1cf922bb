from datetime import datetime

from ideenlab.accounts.models import Person
from ideenlab.accounts.rules import may_write
from ideenlab.core import clock
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.events.models import Event
from ideenlab.events.queries import SHOWN, has_sign_ups, is_editor_of

ORGANISERS = ("organiser", "administrator")


def may_manage_events(person: Person) -> Verdict:
    return YES if person.has_role(*ORGANISERS) else no(_("Only organisers may do this."))


def may_see_event(person: Person | None, event: Event) -> Verdict:
    """Before it is published: organisers, the partner's editors and who proposed it."""
    if event.state in SHOWN or (person and person.has_role(*ORGANISERS)):
        return YES
    if person and (event.proposed_by_id == person.id or is_editor_of(person, event)):
        return YES
    return no(_("This event is not public."))


def may_edit_event(person: Person, event: Event) -> Verdict:
    """Organisers; the editors of its partner, except while the organisers look at it. Nobody who is suspended."""
    if person.has_role(*ORGANISERS):
        return may_write(person, clock.now())
    if event.state in ("draft", "returned", "published") and is_editor_of(person, event):
        return may_write(person, clock.now())
    return no(_("Only organisers can change this event now."))


def may_publish_event(person: Person, event: Event) -> Verdict:
    if not (verdict := may_manage_events(person)):
        return verdict
    if event.state in SHOWN:
        return no(_("Everybody sees this event already."))
    return YES


def may_cancel_event(person: Person, event: Event, now: datetime) -> Verdict:
    """That an event does not take place can be said until it is over."""
    if not (verdict := may_manage_events(person)):
        return verdict
    if event.state != "published":
        return no(_("Only an event that is in the programme can be cancelled."))
    if event.ends_at <= now:
        return no(_("This event ended on %(moment)s.", moment=moment(event.ends_at)))
    return YES


def may_withdraw_event(person: Person, event: Event) -> Verdict:
    if not (verdict := may_manage_events(person)):
        return verdict
    if event.state not in ("published", "proposed", "returned", "draft"):
        return no(_("This event is not in the programme."))
    if has_sign_ups(event):
        return no(_("People have signed up. Please cancel the event instead, so that they are told."))
    return YES
