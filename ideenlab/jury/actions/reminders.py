"""A gentle reminder: one mail, only to whom something is left, and not again within two hours."""

from datetime import timedelta

from sqlalchemy import or_, update

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon
from ideenlab.history.actions import record
from ideenlab.jury.models import Juror
from ideenlab.jury.queries import queues_of
from ideenlab.jury.rules import REMINDED_AGAIN_AFTER, may_remind_jurors
from ideenlab.notifications.actions import tell


def remind_jurors(organiser: Person, *, hackathon: Hackathon) -> list[Juror]:
    """Who was reminded now. Two organisers at once write one mail: the database decides."""
    require(may_remind_jurors(organiser, hackathon, now()))
    reminded = []
    for queue in queues_of(hackathon):
        juror = queue.juror
        if not queue.left or juror.person.email is None or not _take(juror.id, REMINDED_AGAIN_AFTER):
            continue
        tell(juror.person, "jury/reminder", hackathon=hackathon, left=len(queue.left))
        record(organiser, "jury.reminded", juror)
        reminded.append(juror)
    db.session.flush()
    return reminded


def _take(juror_id: int, pause: timedelta) -> bool:
    moment = now()
    due = update(Juror).where(
        Juror.id == juror_id, or_(Juror.reminded_at.is_(None), Juror.reminded_at <= moment - pause)
    )
    return db.session.execute(due.values(reminded_at=moment).returning(Juror.id)).first() is not None
