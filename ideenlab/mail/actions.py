from sqlalchemy import select

from ideenlab.core.db import db
from ideenlab.core.text import clean_line
from ideenlab.mail.models import Mail


def queue_mail(*, recipient: str, subject: str, text: str, once_key: str | None = None) -> None:
    """Put a mail into the outbox. With `once_key`, the same thing is told only once."""
    if once_key and db.session.scalar(select(Mail.id).where(Mail.once_key == once_key)):
        return
    db.session.add(Mail(recipient=recipient, subject=clean_line(subject)[:200], text=text, once_key=once_key))
    db.session.flush()
