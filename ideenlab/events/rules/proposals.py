"""Partners propose, organisers decide, and both ask and answer in between."""

from datetime import datetime

from ideenlab.accounts.models import Person
from ideenlab.accounts.rules import may_write
from ideenlab.core.i18n import day
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.events.models import Event
from ideenlab.events.queries import is_editor_of
from ideenlab.events.rules.events import may_manage_events
from ideenlab.partners.models import Partner
from ideenlab.partners.queries import is_editor
from ideenlab.programme.models import Edition
from ideenlab.programme.queries import today

UNDER_WAY = ("draft", "returned")


def may_write_for(person: Person, partner: Partner, now: datetime) -> Verdict:
    if not (verdict := may_write(person, now)):
        return verdict
    if not is_editor(person, partner):
        return no(_("Only people who write for this partner can do this."))
    return YES


def may_propose_for(person: Person, partner: Partner, edition: Edition, now: datetime) -> Verdict:
    if edition.ends_on < today():
        return no(_("This week ended on %(day)s.", day=day(edition.ends_on)))
    return may_write_for(person, partner, now)


def may_propose_event(person: Person, event: Event, now: datetime) -> Verdict:
    """Hand it to the organisers, for the first time or again after a question."""
    if not (verdict := _may_change(person, event, now)):
        return verdict
    if event.state not in UNDER_WAY:
        return no(_("This event has been proposed already."))
    if event.starts_at <= now:
        return no(_("The event would have begun already. Please choose another time."))
    if not event.summary.strip():
        return no(_("Please say in one or two sentences what happens there."))
    return YES


def may_take_back(person: Person, event: Event, now: datetime) -> Verdict:
    if not (verdict := _may_change(person, event, now)):
        return verdict
    if event.state not in ("draft", "proposed", "returned"):
        return no(_("Only the organisers can change this event now."))
    return YES


def may_clone_event(person: Person, event: Event, now: datetime) -> Verdict:
    return _may_change(person, event, now)


def may_review_event(person: Person, event: Event) -> Verdict:
    """Ask back, publish or refuse."""
    if not (verdict := may_manage_events(person)):
        return verdict
    if event.state != "proposed":
        return no(_("Only what has just been proposed can be decided."))
    return YES


def may_answer(person: Person, event: Event, now: datetime) -> Verdict:
    """A message beside the event, from either side, as long as it may still become something."""
    if event.proposed_at is None or event.state in ("draft", "withdrawn"):
        return no(_("This event has not been proposed."))
    if may_manage_events(person):
        return YES
    return _may_change(person, event, now)


def _may_change(person: Person, event: Event, now: datetime) -> Verdict:
    if not (verdict := may_write(person, now)):
        return verdict
    if not is_editor_of(person, event):
        return no(_("Only people who write for this partner can do this."))
    return YES
