"""What follows from the ballots: the order, and how sure it is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from ideenlab.core.text import fold
from ideenlab.hackathons.models import Hackathon
from ideenlab.jury.maths import Rule, Standing
from ideenlab.jury.maths.outcome import Order, Outcome, Row, outcome_of
from ideenlab.jury.maths.protocol import record_of
from ideenlab.jury.queries.basis import basis_of
from ideenlab.jury.queries.counting import Figure
from ideenlab.jury.queries.facts import Facts, facts_of
from ideenlab.prototypes.models import HandIn, Prototype

UNRANKED = 10**6


@dataclass(frozen=True)
class Entry:
    """A prototype with the version that counts and where it stands. `place` is that of the whole order."""

    prototype: Prototype
    hand_in: HandIn
    row: Row

    @property
    def standing(self) -> Standing[int, int]:
        return self.row.standing

    @property
    def place(self) -> int | None:
        return self.row.place


@dataclass(frozen=True)
class Figures(Facts):
    """Everything the arithmetic says about a hackathon. What costs something is computed when it is asked for."""

    @cached_property
    def outcome(self) -> Outcome:
        """As the protocol will say it. Jurors are the numbers of their place in `jurors`, from 1."""
        numbers = {juror.id: number for number, juror in enumerate(self.jurors, 1)}
        return outcome_of(record_of(basis_of(self, numbers)))

    @property
    def rule(self) -> Rule[int, int]:
        """Of the stage that decides about the best: the first round, or the latest final."""
        return self.outcome.stages[-1].rule

    @property
    def assigned(self) -> Mapping[int, int]:
        """How many jurors may score each prototype."""
        return self.outcome.record.assigned

    @cached_property
    def sheets(self) -> list[Figure]:
        """One for each juror and prototype: those that decide about the prototype's place. By the ids of the tables."""
        return [
            replace(sheet, juror=self.jurors[sheet.juror - 1].id)
            for stage in self.outcome.stages for sheet in stage.sheets if sheet.prototype in stage.among
        ]  # fmt: skip

    @cached_property
    def entries(self) -> list[Entry]:
        """In order of place, those without one last, by title."""
        return self.in_order(self.outcome.order)

    def in_order(self, order: Order) -> list[Entry]:
        """Of the whole result, or of a prize."""
        known = {prototype.id: (prototype, hand_in) for prototype, hand_in in self.handed_in}
        found = [Entry(*known[row.standing.prototype], row) for row in order.rows]
        return sorted(found, key=lambda e: (e.place or UNRANKED, e.row.group or 0, fold(e.hand_in.title)))

    @property
    def ranked(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.place]

    @property
    def unranked(self) -> list[Entry]:
        return [entry for entry in self.entries if not entry.place]

    @property
    def by_team(self) -> list[Entry]:
        return sorted(self.entries, key=lambda entry: (entry.prototype.team.name_folded, entry.prototype.id))


def figures_of(hackathon: Hackathon) -> Figures:
    """The state of the ballots now and the order they give."""
    return Figures(**facts_of(hackathon))
