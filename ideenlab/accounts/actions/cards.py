"""People without an address: they sign in with a code on a card that somebody hands over."""

import secrets

from ideenlab.accounts.actions.tokens import issue_token
from ideenlab.accounts.models import AGE_BANDS, Person
from ideenlab.accounts.queries import find_token, plain_card_code
from ideenlab.accounts.rules import may_have_card, may_sign_in, may_use_pseudonym
from ideenlab.core.db import db
from ideenlab.core.errors import Invalid
from ideenlab.core.text import clean_line, fold
from ideenlab.core.verdict import require

CARD_SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that looks like another sign
CARD_LENGTH = 12


def person_without_address(*, pseudonym: str, age_band: str, registered_by: Person | None = None) -> Person:
    """Somebody new who is here in person, or whose teacher stands up for them and passes on what they are told."""
    pseudonym = clean_line(pseudonym)
    verdict = may_use_pseudonym(None, pseudonym)
    if not verdict:
        raise Invalid(verdict.reason, field="pseudonym")
    assert age_band in AGE_BANDS
    person = Person(
        pseudonym=pseudonym, pseudonym_folded=fold(pseudonym), age_band=age_band, state="active",
        registered_by=registered_by,
    )  # fmt: skip
    db.session.add(person)
    db.session.flush()
    return person


def new_card(person: Person) -> str:
    """A code that signs this person in for sixty days, as often as they like. An older card does not work any more."""
    require(may_have_card(person))
    code = "".join(secrets.choice(CARD_SIGNS) for _sign in range(CARD_LENGTH))
    return issue_token(person, purpose="card", address="", secret=code)


def redeem_card(code: str) -> Person | None:
    token = find_token(plain_card_code(code), purpose="card")
    if token is None or not may_have_card(token.person) or not may_sign_in(token.person):
        return None
    return token.person
