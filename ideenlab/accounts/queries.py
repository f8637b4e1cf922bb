from datetime import datetime

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import joinedload

from ideenlab.accounts.models import FailedTry, Person, RecoveryCode, Role, SignIn, Token
from ideenlab.core.clock import now
from ideenlab.core.db import LARGEST_ID, UtcDateTime, db
from ideenlab.core.errors import NotFound
from ideenlab.core.security import hash_secret
from ideenlab.core.text import fold, normalise_email


def find_person(person_id: int) -> Person | None:
    return db.session.get(Person, person_id) if 0 < person_id <= LARGEST_ID else None


def get_person(person_id: int) -> Person:
    person = find_person(person_id)
    if person is None:
        raise NotFound
    return person


def find_person_by_email(email: str) -> Person | None:
    """`email` in its normalised form, as `core.forms` gives it."""
    return db.session.scalar(select(Person).where(Person.email == email))


def find_person_by_pseudonym(pseudonym: str) -> Person | None:
    return db.session.scalar(select(Person).where(Person.pseudonym_folded == fold(pseudonym)))


def find_people(words: str, *, limit: int = 50) -> list[Person]:
    """People with this address or this in their pseudonym; without words those who have a role. For organisers."""
    chosen = select(Person).where(Person.state != "unconfirmed", ~Person.is_trial)
    chosen = chosen.order_by(Person.pseudonym_folded, Person.id)
    if words:
        folded = fold(words)
        address = normalise_email(words) or words.lower()
        chosen = chosen.where(or_(Person.pseudonym_folded.contains(folded, autoescape=True), Person.email == address))
    else:
        chosen = chosen.where(Person.id.in_(select(Role.person_id)))
    return list(db.session.scalars(chosen.limit(limit)))


def people_with_roles() -> list[Person]:
    chosen = select(Person).where(Person.id.in_(select(Role.person_id))).order_by(Person.pseudonym_folded, Person.id)
    return list(db.session.scalars(chosen))


def organisers() -> list[Person]:
    """Who plans and decides, in the order of their names."""
    chosen = select(Person).join(Role, Role.person_id == Person.id).where(Role.name == "organiser")
    return list(db.session.scalars(chosen.where(Person.state == "active").order_by(Person.pseudonym_folded, Person.id)))


def administrators(*, locked: bool = False) -> list[Role]:
    """The role rows of active administrators; locked, nobody else changes them before this transaction ends."""
    chosen = select(Role).join(Role.person).where(Role.name == "administrator", Person.state == "active")
    chosen = chosen.order_by(Role.id)
    return list(db.session.scalars(chosen.with_for_update(of=Role) if locked else chosen))


# Asked in every request of somebody who is signed in, so put together once
_LIVING = (
    select(SignIn)
    .where(SignIn.secret_hash == bindparam("secret_hash"), SignIn.expires_at > bindparam("now", type_=UtcDateTime))
    .options(joinedload(SignIn.person, innerjoin=True).joinedload(Person.roles))
)


def find_sign_in(secret: str) -> SignIn | None:
    """The living sign-in behind a cookie's secret, with its person."""
    values = {"secret_hash": hash_secret(secret, purpose="sign-in"), "now": now()}
    sign_in = db.session.scalars(_LIVING, values).unique().one_or_none()
    return sign_in if sign_in and sign_in.person.state == "active" else None


def sign_ins_of(person: Person) -> list[SignIn]:
    """Where somebody is signed in, the latest first."""
    chosen = select(SignIn).where(SignIn.person_id == person.id, SignIn.expires_at > now())
    return list(db.session.scalars(chosen.order_by(SignIn.last_seen_at.desc(), SignIn.id.desc())))


def find_token(secret: str, *, purpose: str) -> Token | None:
    """The token of this purpose that still works, or None: unknown, used and run out are the same."""
    if not secret:
        return None
    secret_hash = hash_secret(secret, purpose=purpose)
    living = select(Token).where(Token.secret_hash == secret_hash, Token.purpose == purpose)
    return db.session.scalar(living.where(Token.used_at.is_(None), Token.expires_at > now()))


def find_used_token(secret: str, *, purpose: str) -> Token | None:
    """A link that has done what it was for."""
    used = select(Token).where(Token.secret_hash == hash_secret(secret, purpose=purpose), Token.purpose == purpose)
    return db.session.scalar(used.where(Token.used_at.is_not(None)))


def plain_card_code(typed: str) -> str:
    """The code of a card as it is stored, however it was typed."""
    return "".join(sign for sign in typed.upper() if sign.isascii() and sign.isalnum())[:40]


def code_secret(browser: str, code: str) -> str:
    """A mailed code counts only together with the secret of the browser that asked for it."""
    return f"{browser}:{code}"


def find_code(browser: str, code: str, *, purpose: str) -> Token | None:
    return find_token(code_secret(browser, code), purpose=purpose) if browser and code else None


def unused_recovery_codes(person: Person) -> int:
    chosen = select(func.count()).where(RecoveryCode.person_id == person.id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(chosen) or 0


def tries_since(account_key: str, since: datetime) -> list[tuple[str, str]]:
    """The network and wider network of everything tried lately."""
    chosen = select(FailedTry.network, FailedTry.wider_network)
    chosen = chosen.where(FailedTry.account_key == account_key, FailedTry.at > since)
    return [(network, wider) for network, wider in db.session.execute(chosen)]


def demo_people() -> list[Person]:
    """The people of a demo city that a visitor may sign in as: they have a password, all others there have none."""
    chosen = select(Person).where(Person.is_demo, Person.password_hash.is_not(None)).order_by(Person.id)
    return list(db.session.scalars(chosen))


def is_anybody_here() -> bool:
    return db.session.scalar(select(Person.id).limit(1)) is not None
