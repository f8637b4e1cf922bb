"""A vote uses a right to vote up and raises a count, in one transaction. What links the two is kept nowhere.

No deed is written into the history, and the hour is the finest time that is kept: from neither could anybody read
who voted for what, or how the vote stands.
"""

from datetime import datetime

from sqlalchemy import update

from ideenlab.accounts.models import Person
from ideenlab.audience.models import AudienceCode, AudienceCount, AudiencePrize
from ideenlab.audience.queries import hash_code, locked_prize
from ideenlab.audience.rules import may_vote, may_vote_for, may_vote_on_stream
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.upsert import insert_missing
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon
from ideenlab.prototypes.models import Prototype


def vote_in_hall(person: Person | None, *, hackathon: Hackathon, code: str, prototype: Prototype | None) -> None:
    """Use a printed code up. `person` is who happens to be signed in: nothing of them is kept.

    Raises Invalid at `code` when it is unknown, ended or used: of many with one code, one votes.
    """
    require(may_vote(locked_prize(hackathon), now()))
    _insist_on_choice(person, prototype, hackathon)
    used = db.session.execute(
        update(AudienceCode)
        .where(
            AudienceCode.hackathon_id == hackathon.id, AudienceCode.circle == "hall",
            AudienceCode.code_hash == hash_code(code), AudienceCode.used_at.is_(None), AudienceCode.ended_at.is_(None),
        )
        .values(used_at=_hour(now()))
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    if used.rowcount != 1:  # type: ignore[attr-defined]
        raise Invalid(_("This code is not right, or it was used already."), field="code")
    _count(prototype, "hall")


def vote_on_stream(person: Person, *, hackathon: Hackathon, prototype: Prototype | None) -> None:
    """One vote of one person who follows from elsewhere. Conflict when there is one already."""
    prize: AudiencePrize | None = locked_prize(hackathon)
    require(may_vote_on_stream(person, prize, now()))
    _insist_on_choice(person, prototype, hackathon)
    hour = _hour(now())
    row = {
        "hackathon_id": hackathon.id, "circle": "stream", "person_id": person.id, "sheet": 0, "made_at": hour,
        "used_at": hour,
    }  # fmt: skip
    if not insert_missing(AudienceCode, row):
        raise Conflict(_("You have voted already. Thank you!"))
    _count(prototype, "stream")


def _insist_on_choice(person: Person | None, prototype: Prototype | None, hackathon: Hackathon) -> None:
    verdict = may_vote_for(person, prototype, hackathon)
    if not verdict:
        raise Invalid(verdict.reason, field="prototype")


def _hour(time: datetime) -> datetime:
    return time.replace(minute=0, second=0, microsecond=0)


def _count(prototype: Prototype | None, circle: str) -> None:
    assert prototype is not None  # a choice was insisted on
    insert_missing(AudienceCount, {"prototype_id": prototype.id, "circle": circle, "votes": 0})
    db.session.execute(
        update(AudienceCount)
        .where(AudienceCount.prototype_id == prototype.id, AudienceCount.circle == circle)
        .values(votes=AudienceCount.votes + 1)
        .execution_options(synchronize_session=False)
    )
    db.session.flush()
