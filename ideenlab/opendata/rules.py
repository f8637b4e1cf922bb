"""Keys: what a program may do for somebody. Nothing that needs a role has a scope: docs/decisions/0021."""

from datetime import datetime

from ideenlab.accounts.models import ApiToken, Person
from ideenlab.accounts.rules import may_sign_in, may_write
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.core.verdict import YES, Verdict, no

SCOPES = {
    "ideas:write": ("give ideas", _l("Give ideas in your name")),
    "comments:write": ("comment on ideas", _l("Comment on ideas in your name")),
}  # as it stands in the description for programs, and on the page
MOST_DAYS, MOST_KEYS = 365, 10


def may_make_key(person: Person, now: datetime, *, living: int = 0) -> Verdict:
    if person.is_guest:
        return no(_("Please choose a name for your account first."))
    if living >= MOST_KEYS:
        return no(_("You have %(number)s keys already. End one that you no longer need.", number=living))
    return may_write(person, now)


def may_revoke_key(person: Person, key: ApiToken) -> Verdict:
    if key.person_id != person.id:
        return no(_("This key belongs to somebody else."))
    return YES


def is_living(key: ApiToken, now: datetime) -> bool:
    return key.revoked_at is None and now < key.expires_at and bool(may_sign_in(key.person))


def may_use_key(key: ApiToken, scope: str) -> Verdict:
    if scope in key.scopes.split():
        return YES
    return no(_("This key may not do that. It needs the scope “%(scope)s”.", scope=scope))
