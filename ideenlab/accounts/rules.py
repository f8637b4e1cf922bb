from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ideenlab.accounts.models import (
    FOLDED_LENGTH,
    PSEUDONYM_LENGTH,
    STAFF,
    STAFF_HOURS,
    STAFF_IDLE_MINUTES,
    Person,
    SignIn,
)  # fmt: skip
from ideenlab.accounts.queries import administrators, find_person_by_pseudonym, tries_since
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.passwords import LONGEST, SHORTEST, is_easy
from ideenlab.core.security import city, hash_secret
from ideenlab.core.text import fold
from ideenlab.core.verdict import YES, Verdict, no

FRESH_SIGN_IN = timedelta(minutes=15)
RESERVED = (
    "admin", "administrator", "administration", "root", "system", "support", "moderator", "moderatorin", "moderation",
    "organiser", "organisation", "jury", "ideenlab", "stadt", "stadtverwaltung", "verwaltung", "city", "null",
    "undefined", "anonymous", "anonym", "gelöscht", "deleted",
)  # fmt: skip


def may_use_pseudonym(person: Person | None, pseudonym: str) -> Verdict:
    """`person` is who wants it, None when it is for somebody new."""
    folded = fold(pseudonym)
    if not folded or len(pseudonym) > PSEUDONYM_LENGTH or len(folded) > FOLDED_LENGTH:
        return no(_("This pseudonym is too long or cannot be read."))
    official = {fold(name) for name in (*RESERVED, city().city_name, f"Stadt {city().city_name}")}
    if folded in official:
        return no(_("This name would look official. Please choose another one."))
    holder = find_person_by_pseudonym(pseudonym)
    if holder is not None and holder is not person:
        return no(_("This pseudonym is taken. Please choose another one."))
    return YES


def may_use_password(password: str, *, pseudonym: str, email: str) -> Verdict:
    if len(password) < SHORTEST:
        return no(_("At least %(least)s characters, please.", least=SHORTEST))
    if len(password) > LONGEST:
        return no(_("At most %(most)s characters, please.", most=LONGEST))
    local, _at, domain = email.partition("@")
    words = ["Ideenlab", *city().city_name.split(), city().city_name, pseudonym, *pseudonym.split(), local, domain]
    if is_easy(password, [*words, domain.partition(".")[0]]):
        return no(_("This password is easy to guess. Several words that do not belong together are a good password."))
    return YES


def may_take_pseudonym(moderator: Person, person: Person) -> Verdict:
    """A name that breaks the rules; what its owner wrote stays."""
    if not moderator.has_role(*STAFF):
        return no(_("Only the moderation does this."))
    if moderator.id == person.id:
        return no(_("Nobody warns or suspends themselves."))
    return YES if person.state == "active" else no(_("This account is closed."))


def may_sign_in(person: Person) -> Verdict:
    return YES if person.state == "active" else no(_("This account is not active."))


def may_have_card(person: Person) -> Verdict:
    """A card can be lost or copied: whoever has a role or a mailbox signs in in another way."""
    if person.roles or person.email is not None:
        return no(_("This person signs in with their e-mail address."))
    return YES


def is_suspended(person: Person, now: datetime) -> bool:
    """For a time somebody reads and exports, but does not write. It ends by itself."""
    return person.suspended_until is not None and now < person.suspended_until


def may_write(person: Person, now: datetime) -> Verdict:
    """Whether somebody takes part at all. Every rule of what citizens write asks this too."""
    if not is_suspended(person, now):
        return YES
    return no(
        _("You are suspended until %(moment)s. You can read, but not take part. Reason: %(reason)s",
          moment=moment(person.suspended_until or now), reason=person.suspended_reason)
    )  # fmt: skip


def may_stay_signed_in(sign_in: SignIn, now: datetime) -> Verdict:
    """Staff work with other people's data: their sign-ins end after a working day and after an idle hour."""
    if sign_in.expires_at <= now or not may_sign_in(sign_in.person):
        return no(_("You are signed out."))
    if not sign_in.person.has_role(*STAFF):
        return YES
    too_old = sign_in.created_at + timedelta(hours=STAFF_HOURS) <= now
    idle = sign_in.last_seen_at + timedelta(minutes=STAFF_IDLE_MINUTES) <= now
    return no(_("You are signed out.")) if too_old or idle else YES


def must_have_second_factor(person: Person) -> bool:
    """Staff need one, a demo city does without."""
    return person.has_role(*STAFF) and not (city().demo and person.is_demo)


def may_set_up_second_factor(here: SignIn, now: datetime) -> Verdict:
    """Only who has just signed in: otherwise a browser left open would lock its owner out."""
    if now - here.created_at <= FRESH_SIGN_IN:
        return YES
    return no(_("You signed in a while ago. Please sign out and sign in again, then set up the second step."))


def may_drop_second_factor(person: Person) -> Verdict:
    if must_have_second_factor(person):
        return no(_("Your role needs a second step when you sign in. You can only set it up anew."))
    return YES


def may_reset_second_factor(actor: Person, person: Person) -> Verdict:
    """For who has lost app and codes, by somebody else who has made sure who it is."""
    if not actor.has_role("administrator"):
        return no(_("Only administrators reset the second step."))
    if actor.id == person.id:
        return no(_("You set up your own second step anew in your profile."))
    return YES if person.totp_confirmed_at is not None else no(_("This person has no second step."))


def may_see_people(actor: Person) -> Verdict:
    if actor.has_role("organiser", "administrator"):
        return YES
    return no(_("This page is for other roles."))


def may_give_role(actor: Person | None, *, person: Person, name: str) -> Verdict:
    """`actor` None: somebody at the command line of the server."""
    if actor is not None and not _gives(actor, name):
        return no(_("You cannot give this role."))
    if person.state != "active":
        return no(_("This account is not active."))
    if person.has_role(name):
        return no(_("This person has the role already."))
    return YES


def may_take_role(actor: Person | None, *, person: Person, name: str) -> Verdict:
    if actor is not None and not _gives(actor, name):
        return no(_("You cannot take this role."))
    if not person.has_role(name):
        return no(_("This person does not have the role."))
    if name == "administrator" and _is_last_administrator(person):
        return no(_("There must be an administrator. Give the role to another person first."))
    return YES


def may_close_account(actor: Person | None, *, person: Person) -> Verdict:
    if actor is not None and not actor.has_role("administrator"):
        return no(_("Only administrators close accounts."))
    if actor is not None and person.id == actor.id:
        return no(_("You cannot close your own account here."))
    if person.state == "closed":
        return no(_("The account is closed already."))
    if person.has_role("administrator") and _is_last_administrator(person):
        return no(_("There must be an administrator. Give the role to another person first."))
    return YES


def may_reopen_account(actor: Person | None, *, person: Person) -> Verdict:
    if actor is not None and not actor.has_role("administrator"):
        return no(_("Only administrators reopen accounts."))
    return YES if person.state == "closed" else no(_("The account is not closed."))


def _gives(actor: Person, name: str) -> bool:
    if actor.has_role("administrator"):
        return True
    return actor.has_role("organiser") and name in ("juror", "moderator")


def _is_last_administrator(person: Person) -> bool:
    return [role.person_id for role in administrators()] == [person.id]


@dataclass(frozen=True)
class Slowed:
    """Something that is slowed: what for (a purpose and an address, known or not), from where, how often at most."""

    key: str
    network: str
    wider_network: str
    limit: int = 5
    wider_limit: int = 20
    overall_limit: int | None = None
    within: timedelta = timedelta(minutes=15)


def slow_down(purpose: str, name: str, *, network: str, wider_network: str, **limits: Any) -> Slowed:
    return Slowed(hash_secret(name, purpose=f"try {purpose}"), network, wider_network, **limits)


def may_try(slowed: Slowed, now: datetime, *, written: bool = False) -> Verdict:
    """Whether one more try is allowed; `written` when it is in the database already.

    Only the network the tries come from is slowed, and its neighbourhood when that joins in: the owner of an
    account gets in from anywhere else.
    """
    tries = tries_since(slowed.key, now - slowed.within)
    more = 0 if written else 1
    near = sum(network == slowed.network for network, _wider in tries) + more
    wide = sum(wider == slowed.wider_network for _network, wider in tries) + more
    overall = slowed.overall_limit is not None and len(tries) + more > slowed.overall_limit
    if near > slowed.limit or wide > slowed.wider_limit or overall:
        minutes = int(slowed.within.total_seconds() // 60)
        return no(_("There were too many tries. Please wait %(minutes)s minutes.", minutes=minutes))
    return YES
