"""Jurors come by a link and a code: the link by mail and the code in person, or both on a card handed over in person.

Both die when they are replaced, and with them every device that was signed in. Only hashes are kept.
"""

import secrets
from dataclasses import dataclass

from ideenlab.accounts.actions import (
    end_sign_ins,
    person_for_invitation,
    person_without_address,
    take_role,
)
from ideenlab.accounts.actions.invitations import free_pseudonym
from ideenlab.accounts.models import Person, Role
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.security import hash_secret, new_code, new_secret
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon
from ideenlab.history.actions import record
from ideenlab.jury.actions.assignment import hand_over_assignments
from ideenlab.jury.models import Juror
from ideenlab.jury.queries import jurors_of, jury_of, panel_of
from ideenlab.jury.rules import may_accept_invitation, may_invite_juror, may_print_card
from ideenlab.notifications.actions import tell

CARD_SIGNS, CARD_LENGTH = "abcdefghjkmnpqrstuvwxyz23456789", 12  # typed by who cannot scan it


@dataclass(frozen=True)
class Card:
    """What is printed for a juror, known only while it is made."""

    juror: Juror
    secret: str
    code: str


def invite_juror(
    organiser: Person, *, hackathon: Hackathon, name: str, email: str, organisation: str = ""
) -> tuple[Juror, str]:
    """Somebody is on the jury from now on. The code is given back once and stored only as a hash.

    Without an address there is no link yet, and no code: a card is printed.
    """
    require(may_invite_juror(organiser, hackathon, now()))
    person = _person(email)
    juror = next((juror for juror in panel_of(hackathon) if juror.person_id == person.id), None)
    if juror and juror.removed_at is None:
        raise Invalid(_("This person is on the jury already."), field="email")
    juror = juror or Juror(hackathon=hackathon, person=person)
    juror.name, juror.organisation, juror.invited_at = name, organisation, now()
    juror.removed_at = juror.accepted_at = juror.informed_at = juror.reminded_at = None
    juror.confirmed_version, juror.is_shown = 0, False
    db.session.add(juror)
    db.session.flush()
    if not person.has_role("juror"):
        person.roles.append(Role(name="juror"))
    record(organiser, "jury.juror_invited", juror)
    return juror, _mailed_access(juror) if email else ""


def _person(email: str) -> Person:
    pseudonym = _("Member of the jury")
    if email:
        return person_for_invitation(email, pseudonym=pseudonym)
    return person_without_address(pseudonym=free_pseudonym(pseudonym), age_band="adult")


def renew_access(organiser: Person, *, juror: Juror) -> str:
    """A new link by mail and a new code, given back once. The old ones are dead."""
    require(may_invite_juror(organiser, juror.hackathon, now()))
    if juror.person.email is None:
        raise Invalid(_("This person has no e-mail address. Please print a card."))
    record(organiser, "jury.access_renewed", juror)
    return _mailed_access(juror)


def print_card(organiser: Person, *, juror: Juror) -> Card:
    """A new link and a new code for a card, given back once. The juror is told, if they have an address."""
    require(may_invite_juror(organiser, juror.hackathon, now()))
    require(may_print_card(juror))
    secret = "".join(secrets.choice(CARD_SIGNS) for _sign in range(CARD_LENGTH))
    code = _new_access(juror, secret)
    record(organiser, "jury.card_printed", juror)
    tell(juror.person, "jury/card_printed", juror=juror, hackathon=juror.hackathon)
    return Card(juror, secret, code)


def print_cards(organiser: Person, *, hackathon: Hackathon) -> list[Card]:
    """For everybody who has not come yet and can have one: who has come keeps what they have."""
    require(may_invite_juror(organiser, hackathon, now()))
    waiting = [juror for juror in jurors_of(hackathon) if juror.accepted_at is None and may_print_card(juror)]
    return [print_card(organiser, juror=juror) for juror in waiting]


def remove_juror(organiser: Person, *, juror: Juror) -> None:
    """Not on the jury any more, at once. What they scored is kept and does not count."""
    require(may_invite_juror(organiser, juror.hackathon, now()))
    juror.removed_at, juror.invitation_hash, juror.code_hash = now(), None, None
    db.session.flush()
    if juror.person.has_role("juror") and not jury_of(juror.person):
        take_role(organiser, person=juror.person, name="juror")
    record(organiser, "jury.juror_removed", juror)
    db.session.flush()


def replace_juror(
    organiser: Person, *, juror: Juror, name: str, email: str, organisation: str = ""
) -> tuple[Juror, str]:
    """Somebody else comes instead, and scores everything that the first one had to score.

    What the first one has handed in does not count, as with everybody who is removed: so nothing counts twice.
    """
    fresh, code = invite_juror(organiser, hackathon=juror.hackathon, name=name, email=email, organisation=organisation)
    fresh.replaces_id = juror.id
    hand_over_assignments(juror, fresh)
    remove_juror(organiser, juror=juror)
    record(organiser, "jury.juror_replaced", fresh, note=str(juror.id))
    db.session.flush()
    return fresh, code


def accept_invitation(juror: Juror, *, name: str) -> Person:
    """The juror shows up with link and code and says how they are called. The person to sign in."""
    require(may_accept_invitation(juror))
    juror.name = name
    juror.accepted_at = juror.accepted_at or now()
    record(juror.person, "jury.invitation_accepted", juror)
    db.session.flush()
    return juror.person


def is_code_of(juror: Juror, *, secret: str, code: str) -> bool:
    """The code as it was typed: blanks and dashes between its digits play no part."""
    digits = "".join(sign for sign in code if sign not in " -–\t\u00a0")
    return bool(digits) and juror.code_hash == _hash_code(secret, digits)


def _mailed_access(juror: Juror) -> str:
    secret = new_secret()
    code = _new_access(juror, secret)
    tell(juror.person, "jury/invitation", juror=juror, hackathon=juror.hackathon, secret=secret)
    return code


def _new_access(juror: Juror, secret: str) -> str:
    code = new_code(8)
    juror.invitation_hash = hash_secret(secret, purpose="jury-invitation")
    juror.code_hash = _hash_code(secret, code)
    if juror.accepted_at:  # who found the old card may be signed in
        end_sign_ins(juror.person)
    db.session.flush()
    return f"{code[:4]} {code[4:]}"


def _hash_code(secret: str, code: str) -> str:
    """With the secret of the link: a short code alone could be guessed from its hash."""
    return hash_secret(f"{secret} {code}", purpose="jury-code")
