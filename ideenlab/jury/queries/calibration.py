"""The example everybody on the jury scores for practice. It counts nowhere."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import select

from ideenlab.accounts.models import Person
from ideenlab.core.db import db
from ideenlab.hackathons.models import Hackathon
from ideenlab.jury.maths import median
from ideenlab.jury.models import Calibration, CalibrationScore, Criterion, Juror


@dataclass(frozen=True)
class Spread:
    """How a criterion was scored, without names. In points."""

    criterion: Criterion
    values: Sequence[tuple[Fraction, int]]  # what was given, and by how many; from the lowest up

    @property
    def middle(self) -> Fraction | None:
        return median([value for value, number in self.values for _each in range(number)])

    @property
    def number(self) -> int:
        return sum(number for _value, number in self.values)


def find_calibration(hackathon: Hackathon) -> Calibration | None:
    return db.session.get(Calibration, hackathon.id)


def examples_for(person: Person) -> dict[int, Calibration]:
    """What is there to practise with, by number of the hackathon on whose jury this person is."""
    theirs = select(Juror.hackathon_id).where(Juror.person_id == person.id, Juror.removed_at.is_(None))
    found = db.session.scalars(select(Calibration).where(Calibration.hackathon_id.in_(theirs)))
    return {example.hackathon_id: example for example in found}


def calibration_scores_of(juror: Juror) -> dict[int, int]:
    """What this juror has given, in half points, by number of the criterion."""
    mine = select(CalibrationScore.criterion_id, CalibrationScore.half_points)
    return {number: value for number, value in db.session.execute(mine.where(CalibrationScore.juror_id == juror.id))}


def calibrated_jurors(hackathon: Hackathon) -> int:
    """How many have scored the example."""
    found = select(CalibrationScore.juror_id).join(Juror, Juror.id == CalibrationScore.juror_id)
    return len(db.session.scalars(found.where(Juror.hackathon_id == hackathon.id).distinct()).all())


def spread_of(hackathon: Hackathon, criteria: Sequence[Criterion]) -> list[Spread]:
    rows = db.session.execute(
        select(CalibrationScore.criterion_id, CalibrationScore.half_points)
        .join(Juror, Juror.id == CalibrationScore.juror_id)
        .where(Juror.hackathon_id == hackathon.id, Juror.removed_at.is_(None))
    ).all()
    counted = Counter((criterion_id, half_points) for criterion_id, half_points in rows)
    return [
        Spread(c, [(Fraction(value, 2), n) for (number, value), n in sorted(counted.items()) if number == c.id])
        for c in criteria
    ]
