from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.sql.elements import ColumnElement

from ideenlab.core.clock import now
from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound
from ideenlab.mail.models import Mail

SHOWN = 200


def is_due(moment: datetime) -> tuple[ColumnElement[bool], ...]:
    """Waiting, its time has come, and no living worker has it in hand."""
    return (
        Mail.sent_at.is_(None),
        Mail.given_up_at.is_(None),
        Mail.due_at <= moment,
        or_(Mail.claimed_until.is_(None), Mail.claimed_until <= moment),
    )


def is_mail_due() -> bool:
    return db.session.scalar(select(Mail.id).where(*is_due(now())).limit(1)) is not None


def find_waiting_mail(once_key: str) -> Mail | None:
    """A mail that no worker has in hand, and none takes before this transaction ends."""
    chosen = select(Mail).where(Mail.once_key == once_key, *is_due(now()))
    return db.session.scalar(chosen.with_for_update(skip_locked=True))


def get_mail(number: int) -> Mail:
    mail = find(Mail, number)
    if mail is None:
        raise NotFound
    return mail


def latest_mails() -> list[Mail]:
    return list(db.session.scalars(select(Mail).order_by(Mail.created_at.desc(), Mail.id.desc()).limit(SHOWN)))
