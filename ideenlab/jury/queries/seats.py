"""What a juror has to do with a prototype, in one statement."""

from dataclasses import dataclass

from sqlalchemy import BindParameter, ColumnElement, bindparam, func, or_, select

from ideenlab.accounts.models import Person
from ideenlab.core.db import db
from ideenlab.jury.models import (
    Ballot,
    Criterion,
    Juror,
    JuryAssignment,
    JuryRound,
    JuryRoundPrototype,
    JuryRules,
    JuryRulesVersion,
    Recusal,
    Result,
)
from ideenlab.pitches.models import Pitch
from ideenlab.prototypes.models import HandIn, Prototype
from ideenlab.teams.models import Membership


@dataclass(frozen=True)
class Seat:
    """What a person has to do with a prototype: the juror they are, if any, their ballot, and what stands against."""

    juror: Juror | None = None
    ballot: Ballot | None = None  # of the round that holds
    round: JuryRound | None = None  # None: the first
    rules: JuryRules | None = None  # None: the ones every hackathon starts with
    own_team: bool = False
    recused: bool = False
    handed_in: bool = False
    assigned: bool = True
    absent: bool = False  # the team did not present
    has_criteria: bool = False
    closed: bool = False  # a result is sealed or published
    frozen: bool = False  # the version of the rules that holds
    informed: bool = False  # has read what will be public

    @property
    def round_number(self) -> int:
        return self.round.number if self.round else 1

    @property
    def version(self) -> int:
        return self.rules.version if self.rules else 1

    @property
    def current_version_confirmed(self) -> bool:
        """False for a ballot saved under rules that were changed since: it does not count until it is confirmed."""
        return self.ballot is None or self.ballot.rules_version >= self.version


def _asked() -> tuple[ColumnElement[bool], ...]:
    """What is true of juror and prototype, in the order of the fields of `Seat`."""
    hackathon: BindParameter[int] = bindparam("hackathon_id")
    prototype: BindParameter[int] = bindparam("prototype_id")
    team: BindParameter[int] = bindparam("team_id")
    theirs = Ballot.__table__.alias("any_ballot")
    return (
        select(Membership.id).where(Membership.team_id == team, Membership.person_id == Juror.person_id).exists(),
        select(Recusal.id)
        .where(Recusal.juror_id == Juror.id, Recusal.team_id == team, Recusal.state != "dismissed")
        .exists(),
        select(HandIn.id).where(HandIn.prototype_id == prototype).exists(),
        or_(
            func.coalesce(JuryRules.panel, "full") == "full",
            select(JuryAssignment.id)
            .where(JuryAssignment.juror_id == Juror.id, JuryAssignment.prototype_id == prototype)
            .exists(),
        ),
        select(Pitch.id).where(Pitch.prototype_id == prototype, Pitch.state == "absent").exists(),
        select(Criterion.id).where(Criterion.hackathon_id == hackathon).exists(),
        select(Result.id).where(Result.hackathon_id == hackathon, Result.withdrawn_at.is_(None)).exists(),
        select(JuryRulesVersion.id)
        .where(JuryRulesVersion.hackathon_id == hackathon, JuryRulesVersion.number == JuryRules.version)
        .exists(),
        # Who has scored before this was asked was told on the ballot itself
        or_(Juror.informed_at.is_not(None), select(theirs.c.id).where(theirs.c.juror_id == Juror.id).exists()),
    )


# The round that is open for a prototype, else the last one it was in
_ROUND_ID = (
    select(JuryRound.id)
    .join(JuryRoundPrototype, JuryRoundPrototype.round_id == JuryRound.id)
    .where(
        JuryRound.hackathon_id == bindparam("hackathon_id"),
        JuryRoundPrototype.prototype_id == bindparam("prototype_id"),
    )
    .order_by(JuryRound.closed_at.is_not(None), JuryRound.number.desc())
    .limit(1)
    .scalar_subquery()
)

# Put together once: every save of a ballot asks for it several times
_SEAT = (
    select(Juror, Ballot, JuryRound, JuryRules, *_asked())
    .outerjoin(JuryRules, JuryRules.hackathon_id == Juror.hackathon_id)
    .outerjoin(JuryRound, JuryRound.id == _ROUND_ID)
    .outerjoin(
        Ballot,
        (Ballot.juror_id == Juror.id)
        & (Ballot.prototype_id == bindparam("prototype_id"))
        & (Ballot.round == func.coalesce(JuryRound.number, 1)),
    )
    .where(
        Juror.hackathon_id == bindparam("hackathon_id"), Juror.person_id == bindparam("person_id"),
        Juror.removed_at.is_(None),
    )
    .execution_options(populate_existing=True)
)  # fmt: skip


def find_seat(person: Person, prototype: Prototype) -> Seat:
    """In one statement; an empty seat for somebody who is not on this jury."""
    here = {"team_id": prototype.team_id, "prototype_id": prototype.id, "hackathon_id": prototype.hackathon_id}
    row = db.session.execute(_SEAT, {**here, "person_id": person.id}).one_or_none()
    return Seat(*row) if row else Seat()
