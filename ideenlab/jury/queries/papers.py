"""Ballots on paper that were typed in."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ideenlab.accounts.models import Person, Role
from ideenlab.core.db import db
from ideenlab.hackathons.models import Hackathon
from ideenlab.jury.models import Criterion, Juror, PaperBallot
from ideenlab.prototypes.models import Prototype
from ideenlab.teams.models import Membership


@dataclass(frozen=True)
class Typed:
    """A sheet as it was typed: half points (None: no answer) and reasons by number of the criterion, and the words."""

    half_points: dict[int, int | None]
    excuses: dict[int, str]
    words: dict[str, str]

    def differs_in(self, other: "Typed", criteria: Sequence[Criterion]) -> list[Criterion]:
        """Points only: two people never copy a sentence alike."""
        return [c for c in criteria if self._given(c) != other._given(c)]

    def _given(self, criterion: Criterion) -> tuple[bool, int | None]:
        return criterion.id in self.half_points, self.half_points.get(criterion.id)


def read_typed(content: str) -> Typed:
    given = json.loads(content)
    half_points = {int(number): value for number, value in given.pop("half_points").items()}
    excuses = {int(number): text for number, text in given.pop("excuses").items()}
    return Typed(half_points, excuses, given)


def find_paper(juror: Juror, prototype: Prototype, *, round_number: int, hold: bool = False) -> PaperBallot | None:
    """`hold`: nobody else types this sheet until the end of the transaction."""
    found = select(PaperBallot).where(
        PaperBallot.juror_id == juror.id, PaperBallot.prototype_id == prototype.id, PaperBallot.round == round_number
    )
    if hold:
        return db.session.scalar(found.with_for_update().execution_options(populate_existing=True))
    return db.session.scalar(found.options(joinedload(PaperBallot.typed_by), joinedload(PaperBallot.checked_by)))


def others_who_type(person: Person, hackathon: Hackathon) -> bool:
    """Whether somebody else may type in sheets: an organiser or administrator who neither judges nor takes part."""
    judging = select(Juror.person_id).where(Juror.hackathon_id == hackathon.id, Juror.removed_at.is_(None))
    taking_part = select(Membership.person_id).where(Membership.hackathon_id == hackathon.id)
    found = select(Role.id).join(Person, Person.id == Role.person_id).where(
        Role.name.in_(("organiser", "administrator")), Person.state == "active", Person.id != person.id,
        Person.id.not_in(judging), Person.id.not_in(taking_part),
    )  # fmt: skip
    return db.session.scalar(found.limit(1)) is not None


def papers_of(hackathon: Hackathon) -> dict[tuple[int, int], PaperBallot]:
    """By numbers of juror and prototype; where there are several rounds, the latest."""
    rows = db.session.scalars(
        select(PaperBallot)
        .join(Juror, Juror.id == PaperBallot.juror_id)
        .where(Juror.hackathon_id == hackathon.id)
        .options(joinedload(PaperBallot.typed_by), joinedload(PaperBallot.checked_by))
        .order_by(PaperBallot.round, PaperBallot.id)
    )
    return {(paper.juror_id, paper.prototype_id): paper for paper in rows}
