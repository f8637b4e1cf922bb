"""Signing up: nothing is taken – neither an address nor a pseudonym – before its owner has confirmed."""

import secrets

from sqlalchemy.exc import IntegrityError

from ideenlab.accounts.actions.letters import write_to_address, write_to_person
from ideenlab.accounts.actions.tokens import issue_token, kill_tokens, use_up
from ideenlab.accounts.models import Person, Token
from ideenlab.accounts.queries import find_person_by_email
from ideenlab.accounts.rules import may_use_pseudonym
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Gone, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import language
from ideenlab.core.security import hash_secret
from ideenlab.core.text import fold
from ideenlab.history.actions import record


def sign_up(
    *,
    pseudonym: str,
    email: str,
    age_band: str,
    guardian_email: str | None,
    password_hash: str | None,
    browser: str,
    quietly: bool = False,
) -> None:
    """Write to the address: a link for somebody new, a notice for the owner of an account. Nobody else can tell which.

    `browser` is a secret of the browser that signs up: only there the password counts after confirming, as anybody
    may have typed this address. `quietly`: this address got enough mails for now.
    """
    _refuse_pseudonym(None, pseudonym)
    if quietly:
        return
    person = find_person_by_email(email) or newcomer(email)
    if person.state != "unconfirmed":
        write_to_person(person, "already_here")
        return
    person.pseudonym, person.age_band, person.language = pseudonym, age_band, language()
    person.guardian_email = guardian_email if age_band == "under_16" else None
    person.password_hash, person.created_at = password_hash, now()
    send_confirmation(person, browser=browser)


def newcomer(email: str) -> Person:
    """A person without a place in the list of pseudonyms; of two at once with the same address, there is one."""
    person = Person(pseudonym="", pseudonym_folded=f"? {secrets.token_hex(16)}", email=email, state="unconfirmed")
    try:
        with db.session.begin_nested():
            db.session.add(person)
    except IntegrityError:
        known = find_person_by_email(email)
        if known is None:
            raise
        return known
    return person


def send_confirmation(person: Person, *, browser: str) -> None:
    link = issue_token(person, purpose="confirm", address=person.email or "", browser=browser)
    write_to_person(person, "confirm", link=link)


def confirm_address(token: Token | None, *, pseudonym: str, browser: str) -> Person:
    """The owner of the address pressed the button: now the account is theirs, or waits for a guardian."""
    token = use_up(token)
    person = token.person
    if person.state != "unconfirmed" or person.email != token.address:
        raise Gone
    _refuse_pseudonym(person, pseudonym)
    person.pseudonym, person.pseudonym_folded = pseudonym, fold(pseudonym)
    if not browser or token.browser_hash != hash_secret(browser, purpose="browser"):
        person.password_hash = None
    kill_tokens(person, "confirm")
    if person.age_band == "under_16" and person.guardian_email:
        person.state = "waiting_for_guardian"
        ask_guardian(person)
    else:
        person.state = "active"
    record(person, "accounts.signed_up", person)
    db.session.flush()
    return person


def ask_guardian(person: Person) -> None:
    address = person.guardian_email or ""
    link = issue_token(person, purpose="guardian", address=address)
    write_to_address(address, "guardian", speak=person.language, pseudonym=person.pseudonym, link=link)


def agree_as_guardian(token: Token | None) -> Person:
    """A guardian agreed: the account works, and its owner is told."""
    token = use_up(token)
    person = token.person
    if person.state != "waiting_for_guardian" or person.guardian_email != token.address:
        raise Gone
    person.state = "active"
    kill_tokens(person, "guardian")
    record(person, "accounts.guardian_agreed", person)
    write_to_person(person, "guardian_agreed")
    return person


def _refuse_pseudonym(person: Person | None, pseudonym: str) -> None:
    verdict = may_use_pseudonym(person, pseudonym)
    if not verdict:
        raise Invalid(verdict.reason or _("Please choose another name."), field="pseudonym")
