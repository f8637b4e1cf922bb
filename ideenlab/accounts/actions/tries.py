"""Guessing is slowed: what is tried is written down first, and taken back when it was right."""

from sqlalchemy import delete

from ideenlab.accounts.models import FailedTry
from ideenlab.accounts.rules import Slowed
from ideenlab.core.db import db


def write_try(slowed: Slowed) -> None:
    """Before it is decided whether the try was right, in a transaction of its own: so that many at once all count."""
    db.session.add(
        FailedTry(account_key=slowed.key, network=slowed.network, wider_network=slowed.wider_network)
    )  # fmt: skip
    db.session.flush()


def forget_tries(slowed: Slowed) -> None:
    """The try was right: earlier ones from this network were the owner's."""
    mine = delete(FailedTry).where(FailedTry.account_key == slowed.key, FailedTry.network == slowed.network)
    db.session.execute(mine.execution_options(synchronize_session=False))
