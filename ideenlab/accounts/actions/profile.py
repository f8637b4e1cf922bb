"""What somebody changes about their own account, and may; the doors ask for a fresh sign-in where it matters."""

import secrets

from sqlalchemy import delete

from ideenlab.accounts.actions.letters import write_to_address, write_to_person
from ideenlab.accounts.actions.sign_ins import end_sign_ins
from ideenlab.accounts.actions.tokens import issue_token, kill_tokens, use_up
from ideenlab.accounts.models import Person, SignIn, Token
from ideenlab.accounts.queries import find_person_by_email, find_person_by_pseudonym
from ideenlab.accounts.rules import may_take_pseudonym, may_use_pseudonym, may_write
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Gone, Invalid
from ideenlab.core.i18n import LANGUAGES
from ideenlab.core.text import fold
from ideenlab.core.verdict import require
from ideenlab.history.actions import record


def change_profile(person: Person, *, pseudonym: str, language: str) -> None:
    """Who came as a guest and chooses a name has an account like others from then on; all they gave stays theirs."""
    verdict = may_use_pseudonym(person, pseudonym)
    if pseudonym != person.pseudonym:
        verdict = may_write(person, now()) and verdict
    if not verdict:
        raise Invalid(verdict.reason, field="pseudonym")
    person.pseudonym, person.pseudonym_folded, person.is_guest = pseudonym, fold(pseudonym), False
    person.language = language if language in LANGUAGES else "de"
    record(person, "accounts.profile_changed", person)
    db.session.flush()


def take_pseudonym(moderator: Person, *, person: Person) -> None:
    """A name that breaks the rules goes, a neutral one stands in until its owner chooses another."""
    require(may_take_pseudonym(moderator, person))
    number = 100_000 + secrets.randbelow(900_000)
    while find_person_by_pseudonym(f"Person {number}"):
        number += 1
    person.pseudonym = f"Person {number}"
    person.pseudonym_folded = fold(person.pseudonym)
    record(moderator, "accounts.pseudonym_taken", person)
    db.session.flush()


def set_password(person: Person, *, password_hash: str, here: SignIn | None = None) -> None:
    """From now on this password holds; all other browsers are signed out, and older links and codes are dead."""
    person.password_hash = password_hash
    kill_tokens(person)
    end_sign_ins(person, but=here)
    record(person, "accounts.password_changed", person)
    write_to_person(person, "password_changed")
    db.session.flush()


def set_forgotten_password(token: Token | None, *, password_hash: str) -> Person:
    """The owner of the mailbox sets a password. It signs nobody in: a second step stays in the way."""
    token = use_up(token)
    person = token.person
    if person.state != "active" or person.email != token.address:
        raise Gone
    set_password(person, password_hash=password_hash)
    return person


def ask_for_address(person: Person, *, email: str) -> None:
    """Write to the new address. Whether it belongs to somebody else is said only there."""
    if email == person.email:
        return
    holder = find_person_by_email(email)
    if holder is not None and holder.state != "unconfirmed":
        write_to_address(email, "address_in_use", speak=person.language)
        return
    link = issue_token(person, purpose="address", address=email)
    write_to_address(email, "confirm_new_address", speak=person.language, person=person, link=link)


def change_address(token: Token | None, *, here: SignIn | None = None) -> Person:
    """The new address is proved. The old one is told, everything sent there before is dead, others are signed out."""
    token = use_up(token)
    person = token.person
    holder = find_person_by_email(token.address)
    if person.state != "active" or (holder is not None and holder.state != "unconfirmed"):
        raise Gone
    if holder is not None:
        db.session.execute(delete(Person).where(Person.id == holder.id))
    write_to_person(person, "address_changed", new_address=token.address)
    person.email = token.address
    kill_tokens(person)
    end_sign_ins(person, but=here)
    record(person, "accounts.address_changed", person)
    db.session.flush()
    return person
