"""Who sits on the jury, by which rules, and what lies before each juror."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from ideenlab.accounts.models import Person
from ideenlab.core.db import LARGEST_ID, db, find
from ideenlab.core.errors import NotFound
from ideenlab.core.security import hash_secret
from ideenlab.core.text import fold
from ideenlab.hackathons.models import Hackathon
from ideenlab.jury.models import Ballot, BallotRevision, Criterion, Juror, JuryRules, Score
from ideenlab.prototypes.models import Prototype

_FIRST_RULES = {
    column.key: column.default.arg
    for column in JuryRules.__table__.columns
    if column.default is not None and column.default.is_scalar
}


def rules_of(hackathon: Hackathon) -> JuryRules:
    """The stored rules, or the ones every hackathon starts with."""
    stored = db.session.get(JuryRules, hackathon.id)
    return stored or JuryRules(hackathon_id=hackathon.id, **_FIRST_RULES)


_CRITERIA = (
    select(Criterion)
    .where(Criterion.hackathon_id == bindparam("hackathon_id"))
    .order_by(Criterion.position, Criterion.id)
)


def criteria_of(hackathon: Hackathon) -> Sequence[Criterion]:
    return db.session.scalars(_CRITERIA, {"hackathon_id": hackathon.id}).all()


def get_criterion(hackathon: Hackathon, criterion_id: int) -> Criterion:
    criterion = find(Criterion, criterion_id)
    if criterion is None or criterion.hackathon_id != hackathon.id:
        raise NotFound
    return criterion


def panel_of(hackathon: Hackathon) -> list[Juror]:
    """Everybody who was ever on the jury, by name."""
    found = db.session.scalars(
        select(Juror).where(Juror.hackathon_id == hackathon.id).options(joinedload(Juror.person))
    ).all()
    return sorted(found, key=lambda juror: (fold(juror.name), juror.id))


def jurors_of(hackathon: Hackathon) -> list[Juror]:
    """Who is on the jury, by name."""
    return [juror for juror in panel_of(hackathon) if juror.removed_at is None]


def get_juror(hackathon: Hackathon, juror_id: int) -> Juror:
    """Somebody who is on the jury of this hackathon."""
    juror = find(Juror, juror_id)
    if juror is None or juror.hackathon_id != hackathon.id or juror.removed_at:
        raise NotFound
    return juror


def jury_of(person: Person) -> Sequence[Juror]:
    """The juries this person sits on, the latest hackathon first."""
    return db.session.scalars(
        select(Juror)
        .join(Hackathon, Hackathon.id == Juror.hackathon_id)
        .where(Juror.person_id == person.id, Juror.removed_at.is_(None))
        .options(joinedload(Juror.hackathon))
        .order_by(Hackathon.starts_at.desc(), Juror.id)
    ).all()


def shown_jurors(hackathon: Hackathon) -> list[Juror]:
    """Who agreed to stand on the public page with name, organisation and profile, by name."""
    return [juror for juror in jurors_of(hackathon) if juror.is_shown]


def find_juror(person: Person, hackathon: Hackathon) -> Juror | None:
    """Who somebody is on the jury of this hackathon, while they are on it."""
    return db.session.scalar(
        select(Juror)
        .where(Juror.hackathon_id == hackathon.id, Juror.person_id == person.id, Juror.removed_at.is_(None))
        .options(joinedload(Juror.hackathon))
    )


def find_juror_by_invitation(secret: str) -> Juror | None:
    """The juror behind a living invitation link."""
    if not secret:
        return None
    return db.session.scalar(
        select(Juror)
        .where(Juror.invitation_hash == hash_secret(secret, purpose="jury-invitation"), Juror.removed_at.is_(None))
        .options(joinedload(Juror.hackathon), joinedload(Juror.person))
    )


_PROTOTYPE = (
    select(Prototype)
    .where(Prototype.id == bindparam("prototype_id"))
    .options(joinedload(Prototype.team), joinedload(Prototype.hackathon))
)


def get_prototype_for_jury(prototype_id: int) -> Prototype:
    """With team and hackathon, in one statement."""
    found = db.session.scalar(_PROTOTYPE, {"prototype_id": min(prototype_id, LARGEST_ID)})
    if found is None:
        raise NotFound
    return found


def scores_of(ballot: Ballot | None) -> dict[int, Score]:
    """By the number of the criterion."""
    if ballot is None:
        return {}
    found = db.session.scalars(
        select(Score).where(Score.ballot_id == ballot.id).execution_options(populate_existing=True)
    )
    return {score.criterion_id: score for score in found}


def find_revision(ballot: Ballot, save_id: str) -> BallotRevision | None:
    """The revision that a save with this id has made."""
    return db.session.scalar(
        select(BallotRevision).where(BallotRevision.ballot_id == ballot.id, BallotRevision.save_id == save_id)
    )
