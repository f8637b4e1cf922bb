from sqlalchemy import select

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.hackathons.rules import is_not_archived
from ideenlab.history.actions import record
from ideenlab.jury.models import Ballot
from ideenlab.jury.queries import jury_of


def leave_juries(person: Person) -> None:
    """Their link and code are dead. Whoever has submitted nothing is not on the jury any more; ballots that were
    submitted count.
    """
    for juror in jury_of(person):
        juror.profile, juror.is_shown = "", False
        if not is_not_archived(juror.hackathon):
            continue
        juror.invitation_hash = juror.code_hash = None
        submitted = select(Ballot.id).where(Ballot.juror_id == juror.id, Ballot.state == "submitted")
        if db.session.scalar(submitted.limit(1)) is None:
            juror.removed_at = now()
            record(None, "jury.juror_removed", juror)
    db.session.flush()
