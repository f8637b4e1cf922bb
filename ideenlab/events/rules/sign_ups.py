from datetime import datetime, timedelta

from ideenlab.accounts.models import Person
from ideenlab.accounts.rules import may_write
from ideenlab.attendance.models import LIVING
from ideenlab.core import clock
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.events.models import Event, SignUp
from ideenlab.events.queries import SHOWN, find_sign_up, is_editor_of
from ideenlab.events.rules.events import ORGANISERS
from ideenlab.events.rules.helpers import may_answer_telephone
from ideenlab.history.queries import entries_of

DEEDS_THAT_TELL, MOST_A_DAY, DAY = ("events.written_to_all", "events.moved"), 5, timedelta(days=1)


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
    if not (verdict := takes_place(event, now)):
        return verdict
    if event.sign_up != "here":
        return no(_("There is no sign-up for this event here."))
    until = event.sign_up_until or event.starts_at
    if until <= now:
        return no(_("Sign-up ended on %(moment)s.", moment=moment(until)))
    return YES


def takes_place(event: Event, now: datetime) -> Verdict:
    """Half of every rule about places."""
    if event.state == "cancelled":
        return no(_("This event was cancelled."))
    if event.state != "published":
        return no(_("This event is not public."))
    if event.ends_at <= now:
        return no(_("This event ended on %(moment)s.", moment=moment(event.ends_at)))
    return YES


def may_give_back(sign_up: SignUp, now: datetime) -> Verdict:
    """Whoever holds the link of the mail or the account."""
    if sign_up.state not in LIVING:
        return no(_("This sign-up was cancelled already."))
    return takes_place(sign_up.event, now)


def may_sign_up_again(sign_up: SignUp, now: datetime) -> Verdict:
    """The way back from a cancellation, while there are places or a waiting list."""
    if sign_up.state != "cancelled":
        return no(_("You have signed up already."))
    return takes_sign_ups(sign_up.event, now)


def may_see_who_comes(person: Person, event: Event) -> Verdict:
    if person.has_role(*ORGANISERS) or is_editor_of(person, event):
        return YES
    return no(_("Only the organisers and the editors of this event see who comes."))


def may_enter_sign_up(person: Person, event: Event, now: datetime) -> Verdict:
    """For somebody on the telephone, or at the door. Also after the sign-up on the page has ended."""
    return may_start_entering(person, event, now) and may_write(person, now) and takes_place(event, now)


def may_start_entering(person: Person, event: Event, now: datetime) -> Verdict:
    """Also helpers on the telephone, who see nobody else on the list."""
    if verdict := may_see_who_comes(person, event):
        return verdict
    if not (verdict := may_answer_telephone(person, event.edition, now)):
        return verdict
    if event.state not in SHOWN or event.sign_up != "here":
        return no(_("There is no sign-up for this event here."))
    return YES


def may_let_in(person: Person, event: Event) -> Verdict:
    if not (verdict := may_see_who_comes(person, event) and may_write(person, clock.now())):
        return verdict
    if event.state != "published":
        return no(_("This event does not take place."))
    return YES


def may_write_to_all(person: Person, event: Event, now: datetime) -> Verdict:
    if not (verdict := may_see_who_comes(person, event) and may_write(person, now)):
        return verdict
    if event.state != "published":
        return no(_("This event does not take place."))
    return _not_too_many(person, event, now)


def may_move_event(person: Person, event: Event, now: datetime) -> Verdict:
    """To another time or place, of which everybody with a place is told."""
    return _not_too_many(person, event, now)


def _not_too_many(person: Person, event: Event, now: datetime) -> Verdict:
    """Editors cannot flood the mailboxes of who signed up; organisers answer for what they do."""
    if person.has_role(*ORGANISERS):
        return YES
    told = [each.at for deed in DEEDS_THAT_TELL for each in entries_of(event, deed=deed, most=MOST_A_DAY)]
    if sum(now - at < DAY for at in told) < MOST_A_DAY:
        return YES
    return no(_("Everybody was written to %(most)s times within a day. Please ask the organisers.", most=MOST_A_DAY))


DECIDED_IN = {"offer": ("waiting",), "cancel": LIVING, "no_show": ("registered",)}


def may_decide_sign_up(person: Person, sign_up: SignUp, deed: str, now: datetime) -> Verdict:
    """`deed`: offer, cancel or no_show."""
    verdict = may_see_who_comes(person, sign_up.event) and may_write(person, now)
    if not verdict and not _may_undo(person, sign_up, deed, now):
        return verdict
    if sign_up.state not in DECIDED_IN[deed]:
        return no(_("This is not possible in the state in which the sign-up is now."))
    if deed == "no_show":
        return no(_("This person has checked in.")) if sign_up.checked_in_at else YES
    if deed == "offer" and sign_up.event.registered_count >= sign_up.event.places:
        return no(_("All %(places)s places are taken.", places=sign_up.event.places))
    return takes_place(sign_up.event, now)


def _may_undo(person: Person, sign_up: SignUp, deed: str, now: datetime) -> bool:
    """A helper takes back what they typed in themselves."""
    is_own = sign_up.entered_by_id == person.id and sign_up.source == "telephone"
    helps = may_answer_telephone(person, sign_up.event.edition, now) and may_write(person, now)
    return deed == "cancel" and is_own and bool(helps)
