"""People who come by invitation, such as jurors."""

import secrets

from ideenlab.accounts.actions.sign_ins import end_sign_ins
from ideenlab.accounts.actions.tokens import kill_tokens
from ideenlab.accounts.models import PSEUDONYM_LENGTH, Person
from ideenlab.accounts.queries import find_person_by_email
from ideenlab.accounts.rules import may_use_pseudonym
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line, fold, normalise_email


def person_for_invitation(email: str, *, pseudonym: str) -> Person:
    """The active person with this address, newly made without a password where there is none.

    Somebody may have signed up with a foreign address and never confirmed it: what they set up is dropped.
    """
    address = normalise_email(email)
    if address is None:
        raise Invalid(_("Please enter one e-mail address, such as name@example.org."), field="email")
    person = find_person_by_email(address)
    if person is None:
        name = free_pseudonym(pseudonym)
        person = Person(pseudonym=name, pseudonym_folded=fold(name), email=address, state="active")
        db.session.add(person)
    elif person.state == "closed":
        raise Invalid(_("The account with this address is closed."), field="email")
    elif person.state == "unconfirmed":
        person.pseudonym = free_pseudonym(pseudonym)
        person.pseudonym_folded = fold(person.pseudonym)
        person.password_hash, person.guardian_email, person.age_band, person.state = None, None, "adult", "active"
        kill_tokens(person)
        end_sign_ins(person)
    db.session.flush()
    return person


def free_pseudonym(wanted: str) -> str:
    """The wanted pseudonym, or one like it that nobody has."""
    wanted = clean_line(wanted)[: PSEUDONYM_LENGTH - 6]
    if wanted and may_use_pseudonym(None, wanted):
        return wanted
    for stem in (wanted, wanted, "Gast", "Gast", "Gast"):
        name = f"{stem} {secrets.randbelow(90000) + 10000}"
        if stem and may_use_pseudonym(None, name):
            return name
    raise Conflict(_("Please choose another name."))
