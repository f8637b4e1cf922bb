"""Jurors come by a link in a mail and a code that is handed over in person; both die when they are replaced."""

from ideenlab.accounts.actions import person_for_invitation, take_role
from ideenlab.accounts.models import Person, Role
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.security import hash_secret, new_code, new_secret
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon
from ideenlab.history.actions import record
from ideenlab.jury.models import Juror
from ideenlab.jury.queries import jury_of, panel_of
from ideenlab.jury.rules import may_accept_invitation, may_invite_juror
from ideenlab.notifications.actions import tell


def invite_juror(
    organiser: Person, *, hackathon: Hackathon, name: str, email: str, organisation: str = ""
) -> tuple[Juror, str]:
    """Somebody is on the jury from now on. The code is given back once and stored only as a hash."""
    require(may_invite_juror(organiser, hackathon, now()))
    person = person_for_invitation(email, pseudonym=_("Member of the jury"))
    juror = next((juror for juror in panel_of(hackathon) if juror.person_id == person.id), None)
    if juror and juror.removed_at is None:
        raise Invalid(_("This person is on the jury already."), field="email")
    juror = juror or Juror(hackathon=hackathon, person=person)
    juror.name, juror.organisation, juror.invited_at = name, organisation, now()
    juror.removed_at = juror.accepted_at = None
    db.session.add(juror)
    db.session.flush()
    if not person.has_role("juror"):
        person.roles.append(Role(name="juror"))
    record(organiser, "jury.juror_invited", juror)
    return juror, _new_access(juror)


def renew_access(organiser: Person, *, juror: Juror) -> str:
    """A new link by mail and a new code, given back once. The old ones are dead."""
    require(may_invite_juror(organiser, juror.hackathon, now()))
    record(organiser, "jury.access_renewed", juror)
    return _new_access(juror)


def remove_juror(organiser: Person, *, juror: Juror) -> None:
    """Not on the jury any more, at once. What they scored is kept and does not count."""
    require(may_invite_juror(organiser, juror.hackathon, now()))
    juror.removed_at, juror.invitation_hash, juror.code_hash = now(), None, None
    db.session.flush()
    if juror.person.has_role("juror") and not jury_of(juror.person):
        take_role(organiser, person=juror.person, name="juror")
    record(organiser, "jury.juror_removed", juror)
    db.session.flush()


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


def _new_access(juror: Juror) -> str:
    secret, code = new_secret(), new_code(8)
    juror.invitation_hash = hash_secret(secret, purpose="jury-invitation")
    juror.code_hash = _hash_code(secret, code)
    db.session.flush()
    tell(juror.person, "jury/invitation", juror=juror, hackathon=juror.hackathon, secret=secret)
    return f"{code[:4]} {code[4:]}"


def _hash_code(secret: str, code: str) -> str:
    """With the secret of the link: a short code alone could be guessed from its hash."""
    return hash_secret(f"{secret} {code}", purpose="jury-code")
