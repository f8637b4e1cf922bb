from sqlalchemy import select

from ideenlab.accounts.models import Person, SignIn
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.security import hash_secret
from ideenlab.core.text import fold


def find_person(person_id: int) -> Person | None:
    return db.session.get(Person, person_id)


def find_person_by_email(email: str) -> Person | None:
    """`email` in its normalised form, as `core.forms` gives it."""
    return db.session.scalar(select(Person).where(Person.email == email))


def find_person_by_pseudonym(pseudonym: str) -> Person | None:
    return db.session.scalar(select(Person).where(Person.pseudonym_folded == fold(pseudonym)))


def find_sign_in(secret: str) -> SignIn | None:
    """The living sign-in behind a cookie's secret, with its person."""
    secret_hash = hash_secret(secret, purpose="sign-in")
    sign_in = db.session.scalar(select(SignIn).where(SignIn.secret_hash == secret_hash, SignIn.expires_at > now()))
    return sign_in if sign_in and sign_in.person.state == "active" else None


def demo_people() -> list[Person]:
    """The people of a demo city that a visitor may sign in as: they have a password, all others there have none."""
    chosen = select(Person).where(Person.is_demo, Person.password_hash.is_not(None)).order_by(Person.id)
    return list(db.session.scalars(chosen))


def is_anybody_here() -> bool:
    return db.session.scalar(select(Person.id).limit(1)) is not None
