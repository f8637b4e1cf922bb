from datetime import datetime

from ideenlab.accounts.models import Person
from ideenlab.accounts.rules import may_write
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.events.models import Event
from ideenlab.events.queries import find_sign_up, is_editor_of
from ideenlab.events.rules.events import ORGANISERS


def may_sign_up(event: Event, person: Person | None, now: datetime) -> Verdict:
    """Where all places are taken, this is the way to the waiting list. Nobody needs an account."""
    if person and not (verdict := may_write(person, now)):
        return verdict
    if not (verdict := takes_sign_ups(event, now)):
        return verdict
    if person and find_sign_up(person, event):
        return no(_("You have signed up already."))
    return YES


def takes_sign_ups(event: Event, now: datetime) -> Verdict:
    if event.state == "cancelled":
        return no(_("This event was cancelled."))
    if event.state != "published":
        return no(_("This event is not public."))
    if event.sign_up != "here":
        return no(_("There is no sign-up for this event here."))
    until = event.sign_up_until or event.starts_at
    if until <= now:
        return no(_("Sign-up ended on %(moment)s.", moment=moment(until)))
    return YES


def may_see_who_comes(person: Person, event: Event) -> Verdict:
    if person.has_role(*ORGANISERS) or is_editor_of(person, event):
        return YES
    return no(_("Only the organisers and the editors of this event see who comes."))
