"""Sign-ins: one row for each browser that is signed in."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, update

from ideenlab.accounts.models import SIGN_IN_DAYS, ApiToken, Person, SignIn, Token
from ideenlab.accounts.queries import find_code
from ideenlab.accounts.rules import may_sign_in
from ideenlab.core.clock import now
from ideenlab.core.db import LARGEST_ID, db
from ideenlab.core.errors import NotFound
from ideenlab.core.security import hash_secret, new_secret
from ideenlab.core.verdict import require
from ideenlab.history.actions import record


def start_sign_in(person: Person, *, device: str, second_factor: bool = False) -> str:
    """The secret for the cookie of a browser that is signed in from now on."""
    require(may_sign_in(person))
    secret = new_secret()
    sign_in = SignIn(
        person=person, secret_hash=hash_secret(secret, purpose="sign-in"), device=device[:80],
        expires_at=now() + timedelta(days=SIGN_IN_DAYS), second_factor_at=now() if second_factor else None,
    )  # fmt: skip
    db.session.add(sign_in)
    record(person, "accounts.signed_in", person)
    db.session.flush()
    return secret


def redeem_code(*, browser: str, code: str, purpose: str = "sign_in") -> Person | None:
    """The person whose mailed code this is, if the same browser asked for it. A code works once."""
    token = find_code(browser, code, purpose=purpose)
    if token is None or token.person.email != token.address:
        return None
    used = update(Token).where(Token.id == token.id, Token.used_at.is_(None)).values(used_at=now()).returning(Token.id)
    return token.person if db.session.execute(used).first() and may_sign_in(token.person) else None


def end_sign_in(person: Person, *, sign_in_id: int) -> None:
    """Sign one browser of a person out."""
    if sign_in_id > LARGEST_ID:
        raise NotFound
    ended = delete(SignIn).where(SignIn.id == sign_in_id, SignIn.person_id == person.id).returning(SignIn.id)
    if db.session.execute(ended).first() is None:
        raise NotFound


def end_sign_ins(person: Person, *, but: SignIn | None = None) -> None:
    """Sign a person out everywhere, or everywhere but here. Programs too: whoever was in could have made a key."""
    ended = delete(SignIn).where(SignIn.person_id == person.id)
    db.session.execute(ended.where(SignIn.id != but.id) if but else ended)
    keys = update(ApiToken).where(ApiToken.person_id == person.id, ApiToken.revoked_at.is_(None))
    db.session.execute(keys.values(revoked_at=now()))
    db.session.flush()


def note_last_seen(seen: Mapping[int, datetime]) -> None:
    """When sign-ins were last used, collected in a process and written together."""
    for number, moment in sorted(seen.items()):  # two processes that write the same rows wait for each other in turn
        later = update(SignIn).where(SignIn.id == number, SignIn.last_seen_at < moment)
        db.session.execute(later.values(last_seen_at=moment).execution_options(synchronize_session=False))
