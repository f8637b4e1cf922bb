from sqlalchemy import update

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.verdict import require
from ideenlab.notifications.models import Notice
from ideenlab.notifications.rules import may_read_notice


def read_notice(person: Person, *, notice: Notice) -> None:
    require(may_read_notice(person, notice))
    if notice.read_at is None:
        notice.read_at = now()
        db.session.flush()


def read_all_notices(person: Person, *, until: int) -> None:
    """One's own up to this number: one that came while the page was open stays unread."""
    seen = update(Notice).where(Notice.person_id == person.id, Notice.id <= until, Notice.read_at.is_(None))
    db.session.execute(seen.values(read_at=now()), execution_options={"synchronize_session": False})
