"""People who take part with nothing but an address: they proved it, and have not chosen a name yet."""

import secrets

from sqlalchemy import update

from ideenlab.accounts.actions.codes import send_sign_in_code
from ideenlab.accounts.actions.letters import write_to_address
from ideenlab.accounts.actions.sign_up import newcomer
from ideenlab.accounts.actions.tokens import issue_token, kill_tokens
from ideenlab.accounts.models import Person, Token
from ideenlab.accounts.queries import code_secret, find_code, find_person_by_email, find_person_by_pseudonym
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.i18n import language
from ideenlab.core.security import new_code
from ideenlab.core.text import fold
from ideenlab.history.actions import record

KINDS = [
    "Bunte", "Flinke", "Freundliche", "Frohe", "Kluge", "Leise", "Mutige", "Muntere", "Offene", "Ruhige",
    "Sanfte", "Schnelle", "Wache", "Weise",
]  # fmt: skip
ANIMALS = [
    "Amsel", "Ameise", "Biene", "Dohle", "Drossel", "Elster", "Ente", "Eule", "Gans", "Giraffe", "Hummel",
    "Katze", "Kohlmeise", "Lerche", "Libelle", "Meise", "Möwe", "Nachtigall", "Robbe", "Schildkröte",
    "Schnecke", "Schwalbe", "Spitzmaus", "Taube",
]  # fmt: skip


def send_code_to_anybody(email: str, *, browser: str, age_band: str) -> None:
    """Mail a code that works in this browser, also to an address that has no account yet."""
    person = find_person_by_email(email) or newcomer(email)
    if person.state != "unconfirmed":
        send_sign_in_code(email, browser=browser)
        return
    person.age_band, person.guardian_email, person.language = age_band, None, language()
    code = new_code()
    issue_token(person, purpose="guest", address=email, secret=code_secret(browser, code))
    write_to_address(email, "guest_code", code=code)


def redeem_guest_code(*, browser: str, code: str) -> Person | None:
    """The guest whose mailed code this is, from now on with an account, if the same browser asked for it."""
    token = find_code(browser, code, purpose="guest")
    if token is None or token.person.email != token.address or token.person.state != "unconfirmed":
        return None
    used = update(Token).where(Token.id == token.id, Token.used_at.is_(None)).values(used_at=now()).returning(Token.id)
    return welcome_guest(token.person) if db.session.execute(used).first() else None


def person_of_address(address: str, *, age_band: str, guardian_email: str | None = None) -> Person:
    """Whose address this is, which was just proved: the owner of the account, or a new guest.

    A new guest under 16 waits for a guardian, whom the caller asks.
    """
    person = find_person_by_email(address) or newcomer(address)
    if person.state != "unconfirmed":
        return person
    person.age_band, person.language = age_band, language()
    person.guardian_email = guardian_email if age_band == "under_16" else None
    return welcome_guest(person)


def welcome_guest(person: Person) -> Person:
    """Give a name and an account to somebody who proved their address. What others typed with it does not count."""
    person.pseudonym = friendly_pseudonym()
    person.pseudonym_folded, person.password_hash, person.is_guest = fold(person.pseudonym), None, True
    person.state = "waiting_for_guardian" if person.guardian_email else "active"
    kill_tokens(person, "confirm", "guest")
    record(person, "accounts.came_as_guest", person)
    db.session.flush()
    return person


def let_guardian_agree(person: Person) -> None:
    """A guardian agreed to what a guest under 16 wants to publish, and so to their taking part."""
    if person.state == "waiting_for_guardian":
        person.state = "active"
        kill_tokens(person, "guardian")
        record(person, "accounts.guardian_agreed", person)


def friendly_pseudonym() -> str:
    """`Muntere Amsel 4711`: a name nobody has yet, that says nothing about whose it is."""
    while True:
        name = f"{secrets.choice(KINDS)} {secrets.choice(ANIMALS)} {secrets.randbelow(9000) + 1000}"
        if find_person_by_pseudonym(name) is None:
            return name
