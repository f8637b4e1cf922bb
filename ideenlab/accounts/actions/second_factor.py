"""The second step of signing in: a code from an app, or one of the printed recovery codes."""

import hmac
import re

import pyotp
from sqlalchemy import delete, update

from ideenlab.accounts.actions.letters import write_to_person
from ideenlab.accounts.actions.sign_ins import end_sign_ins
from ideenlab.accounts.models import Person, RecoveryCode, SignIn
from ideenlab.accounts.rules import may_drop_second_factor, may_reset_second_factor, may_set_up_second_factor
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.security import hash_secret, new_code
from ideenlab.core.verdict import require
from ideenlab.history.actions import record

STEP = 30  # seconds; one step earlier or later is accepted, as clocks differ
RECOVERY_CODES = 10


def begin_second_factor(person: Person, *, here: SignIn) -> None:
    """A new secret for the app. It counts only once a code from it has been shown."""
    require(may_set_up_second_factor(here, now()))
    if person.totp_confirmed_at is not None:
        raise Conflict(_("The second step is set up already."))
    person.totp_secret = pyotp.random_base32()
    db.session.flush()


def provisioning_uri(person: Person, *, issuer: str) -> str:
    return pyotp.TOTP(person.totp_secret or "").provisioning_uri(name=person.pseudonym, issuer_name=issuer)


def confirm_second_factor(person: Person, *, code: str, here: SignIn) -> list[str]:
    """The app works: from now on it is asked for. Gives the recovery codes, which are shown this once."""
    require(may_set_up_second_factor(here, now()))
    if person.totp_confirmed_at is not None:
        raise Conflict(_("The second step is set up already."))
    if not _use_code(person, code):
        raise Invalid(_("This code is not right. Please enter the one that your app shows now."), field="code")
    person.totp_confirmed_at = now()
    here.second_factor_at = now()
    end_sign_ins(person, but=here)
    record(person, "accounts.second_factor_set_up", person)
    write_to_person(person, "second_factor_on")
    return new_recovery_codes(person)


def pass_second_factor(person: Person, *, code: str, here: SignIn) -> bool:
    """Whether the code – of the app or a recovery code – was right. Each works once."""
    if person.totp_confirmed_at is None or not (_use_code(person, code) or _use_recovery_code(person, code)):
        return False
    here.second_factor_at = now()
    db.session.flush()
    return True


def new_recovery_codes(person: Person) -> list[str]:
    """Ten new codes; older ones are dead."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    codes = [new_code(12) for _number in range(RECOVERY_CODES)]
    db.session.add_all(RecoveryCode(person_id=person.id, code_hash=_hash(person, code)) for code in codes)
    db.session.flush()
    return [f"{code[:4]} {code[4:8]} {code[8:]}" for code in codes]


def drop_second_factor(person: Person) -> None:
    require(may_drop_second_factor(person))
    forget_second_factor(person)
    record(person, "accounts.second_factor_dropped", person)
    write_to_person(person, "second_factor_off")


def reset_second_factor(administrator: Person, *, person: Person, reason: str) -> None:
    """Somebody lost app and codes: the old second step is gone, and whoever was in with it is out. They are told."""
    require(may_reset_second_factor(administrator, person))
    if not reason:
        raise Invalid(_("Please say how you made sure who it is."), field="reason")
    forget_second_factor(person)
    end_sign_ins(person)
    record(administrator, "accounts.second_factor_reset", person, note=reason)
    write_to_person(person, "second_factor_reset")


def forget_second_factor(person: Person) -> None:
    """For who has lost app and codes: an administrator has made sure who it is."""
    person.totp_secret, person.totp_confirmed_at = None, None
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    db.session.flush()


def _use_code(person: Person, code: str) -> bool:
    """A code of the app is right once: the latest step is kept, and moved forward by one statement."""
    if not person.totp_secret or not re.fullmatch(r"[0-9]{6}", code):
        return False
    totp, current = pyotp.TOTP(person.totp_secret), int(now().timestamp()) // STEP
    for step in (current - 1, current, current + 1):
        if hmac.compare_digest(totp.generate_otp(step), code):
            moved = update(Person).where(Person.id == person.id, Person.totp_last_step < step)
            done = db.session.execute(moved.values(totp_last_step=step).returning(Person.id)).first()
            return done is not None
    return False


def _use_recovery_code(person: Person, code: str) -> bool:
    unused = update(RecoveryCode).where(
        RecoveryCode.person_id == person.id, RecoveryCode.code_hash == _hash(person, code),
        RecoveryCode.used_at.is_(None),
    )  # fmt: skip
    return db.session.execute(unused.values(used_at=now()).returning(RecoveryCode.id)).first() is not None


def _hash(person: Person, code: str) -> str:
    return hash_secret(f"{person.id}:{code}", purpose="recovery")
