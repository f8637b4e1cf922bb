from collections.abc import Collection
from datetime import timedelta

from ideenlab.accounts.actions.letters import write_to_person
from ideenlab.accounts.models import ApiToken, Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.security import hash_secret, new_secret
from ideenlab.core.text import clean_line
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.opendata.queries.keys import PURPOSE, count_living
from ideenlab.opendata.rules import MOST_DAYS, SCOPES, may_make_key, may_revoke_key

SIGN = "ideenlab_"  # so that a key that was published by mistake is found by programs that look for such
A_MINUTE = timedelta(minutes=1)


def make_key(person: Person, *, name: str, scopes: Collection[str], days: int) -> tuple[ApiToken, str]:
    """A key and its secret, which is nowhere kept and shown this once."""
    at = now()
    require(may_make_key(person, at, living=count_living(person, at)))
    wanted = [scope for scope in SCOPES if scope in scopes]
    if not wanted:
        raise Invalid(_("Please choose what the key may do."), field="scopes")
    if not clean_line(name):
        raise Invalid(_("Please give the key a name."), field="name")
    if not 1 <= days <= MOST_DAYS:
        raise Invalid(_("A key holds for 1 to %(most)s days.", most=MOST_DAYS), field="days")
    secret = SIGN + new_secret()
    key = ApiToken(
        person=person, name=clean_line(name)[:80], scopes=" ".join(wanted), expires_at=at + timedelta(days=days),
        secret_hash=hash_secret(secret, purpose=PURPOSE),
    )  # fmt: skip
    db.session.add(key)
    record(person, "accounts.key_made", key)
    write_to_person(person, "key_made", key=key)  # whoever uses a browser left open does not stay unseen
    return key, secret


def revoke_key(person: Person, *, key: ApiToken) -> None:
    require(may_revoke_key(person, key))
    if key.revoked_at is None:
        key.revoked_at = now()
        record(person, "accounts.key_ended", key)
    db.session.flush()


def note_use(key: ApiToken) -> None:
    """To the minute, so that many requests in a row write it once."""
    at = now()
    if key.last_used_at is None or at - key.last_used_at > A_MINUTE:
        key.last_used_at = at
        db.session.flush()
