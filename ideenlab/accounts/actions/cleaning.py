"""What is no longer needed goes."""

from datetime import timedelta

from sqlalchemy import delete

from ideenlab.accounts.models import FailedTry, Person, SignIn, Token
from ideenlab.core.clock import now
from ideenlab.core.db import db

UNCONFIRMED_DAYS = 7
WAITING_DAYS = 30  # for a guardian
KEPT_TRIES = timedelta(days=1)


def clean_up_accounts() -> dict[str, int]:
    """Delete accounts that nobody confirmed, and tokens, sign-ins and tries that have run out. Gives the numbers."""
    moment = now()
    dead = {
        "tokens": delete(Token).where(Token.expires_at < moment - timedelta(days=1)),
        "sign_ins": delete(SignIn).where(SignIn.expires_at < moment),
        "failed_tries": delete(FailedTry).where(FailedTry.at < moment - KEPT_TRIES),
        "unconfirmed": delete(Person).where(
            Person.state == "unconfirmed", Person.created_at < moment - timedelta(days=UNCONFIRMED_DAYS)
        ),
        "without_guardian": delete(Person).where(
            Person.state == "waiting_for_guardian", Person.created_at < moment - timedelta(days=WAITING_DAYS)
        ),
    }
    return {name: _number_of(statement) for name, statement in dead.items()}


def _number_of(statement: object) -> int:
    result = db.session.execute(statement)  # type: ignore[call-overload]
    return int(result.rowcount)
