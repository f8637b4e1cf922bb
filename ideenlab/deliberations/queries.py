"""What the jury talks about: the order of talk, everybody's points, and what would be if."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ideenlab.accounts.models import Person
from ideenlab.core.db import db
from ideenlab.deliberations.models import Deliberation, Minute
from ideenlab.hackathons.models import Hackathon
from ideenlab.jury.maths import Change, Point, WhatIf, agenda, ballot_total, changes_of, what_if
from ideenlab.jury.models import Ballot, Juror
from ideenlab.jury.queries import Entry, Figures, prizes_of

PRIZE_PLACES = 3  # where the line lies that the talk is about, if no prize says otherwise


@dataclass(frozen=True)
class Topic:
    """A prototype in the order of talk, and its place in the whole order."""

    entry: Entry
    point: Point[int]


@dataclass(frozen=True)
class Line:
    """What one juror gave to one prototype, criterion by criterion, and what it comes to."""

    juror: Juror
    ballot: Ballot | None
    values: Sequence[Fraction | None]
    total: Fraction | None


@dataclass(frozen=True)
class Trial:
    """One thing that is different, by its key in the address, and whom it would move: place before and after."""

    key: str
    change: Change[int, int]
    juror: Juror | None
    criterion: str
    moved: Sequence[tuple[Entry, int | None, int | None]]


def find_deliberation(hackathon: Hackathon) -> Deliberation | None:
    return db.session.get(Deliberation, hackathon.id)


def minutes_of(hackathon: Hackathon) -> Sequence[Minute]:
    """In the order in which they were written."""
    return db.session.scalars(
        select(Minute)
        .where(Minute.hackathon_id == hackathon.id)
        .options(joinedload(Minute.prototype), joinedload(Minute.written_by))
        .order_by(Minute.written_at, Minute.id)
    ).all()


def prize_places(hackathon: Hackathon) -> int:
    """How many places of the whole order win something."""
    overall = [prize.places for prize in prizes_of(hackathon) if not prize.challenge_id and not prize.criteria]
    return max(overall, default=PRIZE_PLACES)


def topics_of(figures: Figures) -> list[Topic]:
    """Places that flip first, then where the ballots lie furthest apart, then what is near the line of the prizes."""
    entries = {entry.prototype.id: entry for entry in figures.entries}
    order, line = figures.outcome.order, prize_places(figures.hackathon)
    return [
        Topic(entries[point.prototype], point)
        for part, doubt in zip(order.parts, order.doubts, strict=True)
        for point in agenda(part.stage.table, part.standings, doubt, prizes=max(line - part.ahead, 0))
    ]


def closed_to(person: Person, figures: Figures) -> frozenset[int]:
    """The prototypes about which somebody does not talk: those of teams with which they have a conflict of interest."""
    mine = {juror.id for juror in figures.jurors if juror.person_id == person.id}
    held = figures.held
    return frozenset(prototype for juror, prototype in held.own_teams | held.recused if juror in mine)


def lines_of(figures: Figures, prototype_id: int) -> list[Line]:
    """The ballots that decide about one prototype, by name of the juror."""
    jurors = {juror.id: juror for juror in figures.jurors}
    latest = {(ballot.juror_id, ballot.prototype_id): ballot for ballot, _sheet in figures.counted}
    lines = [
        Line(
            jurors[sheet.juror], latest.get((sheet.juror, sheet.prototype)),
            [sheet.values.get(criterion.id) for criterion in figures.criteria],
            ballot_total(sheet.values, figures.weights),
        )
        for sheet in figures.sheets if sheet.prototype == prototype_id
    ]  # fmt: skip
    return sorted(lines, key=lambda line: (line.juror.name, line.juror.id))


def trials_of(figures: Figures) -> list[Trial]:
    """Every juror left out, every weight a tenth up and down, every other aggregate: what would move.

    The ballots are those that decide about the front of the order: of the final, where there is one.
    """
    parts = [part for part in figures.outcome.order.parts if part.standings]
    if not parts or not figures.criteria:
        return []
    front, entries = parts[0], {entry.prototype.id: entry for entry in figures.entries}
    assigned, found = figures.outcome.record.assigned, []
    for number, change in enumerate(changes_of(front.rule, figures.outcome.record.jurors), 1):
        tried = what_if(front.stage.sheets, front.rule, front.standings, change, assigned=assigned)
        found.append(_trial(f"{number}", tried, figures, entries))
    return found


def _trial(key: str, tried: WhatIf[int, int, int], figures: Figures, entries: dict[int, Entry]) -> Trial:
    change = tried.change
    titles = {criterion.id: criterion.title for criterion in figures.criteria}
    return Trial(
        key, change, figures.jurors[change.left_out - 1] if change.left_out is not None else None,
        titles[change.criterion] if change.criterion is not None else "",
        sorted(
            ((entries[prototype], before, after) for prototype, (before, after) in tried.moved.items()),
            key=lambda moved: (moved[1] or len(entries) + 1, moved[0].prototype.id),
        ),
    )  # fmt: skip
