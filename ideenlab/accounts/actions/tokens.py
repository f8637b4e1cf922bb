"""Links and codes that work once, for one purpose, one person and one address."""

from datetime import timedelta

from sqlalchemy import delete, update

from ideenlab.accounts.models import Person, Token
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Gone
from ideenlab.core.security import hash_secret, new_secret

HOUR = timedelta(hours=1)
LIFETIMES = {
    "confirm": HOUR,
    "guardian": timedelta(days=7),
    "sign_in": timedelta(minutes=10),
    "guest": timedelta(minutes=10),
    "fresh": timedelta(minutes=10),
    "password": HOUR,
    "address": HOUR,
    "consent": timedelta(days=30),
    "card": timedelta(days=60),
}


def issue_token(person: Person, *, purpose: str, address: str, secret: str = "", browser: str = "") -> str:
    """A new secret; older ones of this person for the same purpose are dead from now on."""
    kill_tokens(person, purpose)
    secret = secret or new_secret()
    token = Token(
        purpose=purpose, person=person, address=address, secret_hash=hash_secret(secret, purpose=purpose),
        browser_hash=hash_secret(browser, purpose="browser") if browser else None,
        expires_at=now() + LIFETIMES[purpose.partition(":")[0]],
    )  # fmt: skip
    db.session.add(token)
    db.session.flush()
    return secret


def kill_tokens(person: Person, *purposes: str) -> None:
    """Without purposes: all of them."""
    dead = delete(Token).where(Token.person_id == person.id)
    db.session.execute(dead.where(Token.purpose.in_(purposes)) if purposes else dead)


def use_up(token: Token | None) -> Token:
    """This token has worked now and never will again. Of two that use it at once, one is told that it is gone."""
    if token is None:
        raise Gone
    used = update(Token).where(Token.id == token.id, Token.used_at.is_(None)).values(used_at=now()).returning(Token.id)
    if db.session.execute(used).first() is None:
        raise Gone
    return token
