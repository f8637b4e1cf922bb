from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from ideenlab.accounts.models import ApiToken, Person
from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound
from ideenlab.core.security import hash_secret

PURPOSE = "api-key"


def find_key(secret: str) -> ApiToken | None:
    """Whatever its state; `rules.is_living` says whether it opens anything."""
    wanted = select(ApiToken).where(ApiToken.secret_hash == hash_secret(secret, purpose=PURPOSE))
    return db.session.scalar(wanted.options(joinedload(ApiToken.person)))


def get_key(person: Person, key_id: int) -> ApiToken:
    key = find(ApiToken, key_id)
    if key is None or key.person_id != person.id:
        raise NotFound
    return key


def keys_of(person: Person) -> list[ApiToken]:
    """Those not ended, the newest first, also those that have run out."""
    own = select(ApiToken).where(ApiToken.person_id == person.id, ApiToken.revoked_at.is_(None))
    return list(db.session.scalars(own.order_by(ApiToken.id.desc())))


def count_living(person: Person, at: datetime) -> int:
    own = select(func.count()).where(ApiToken.person_id == person.id, ApiToken.revoked_at.is_(None))
    return db.session.scalar(own.where(ApiToken.expires_at > at)) or 0
