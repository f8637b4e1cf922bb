"""What the ballots that count say to a team: bands and sentences, without a name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import select

from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import fold
from ideenlab.feedback.models import Feedback, WithheldText
from ideenlab.hackathons.models import Hackathon
from ideenlab.jury.maths import Rule, feedback_bands, table_of
from ideenlab.jury.models import Ballot, Criterion
from ideenlab.jury.queries import Figures, figures_of
from ideenlab.prototypes.models import Prototype
from ideenlab.prototypes.queries import get_prototype

STRENGTHS, NEXT_STEPS, COMMENTS = "strengths", "next_steps", "comments"
PARTS = {"strength": STRENGTHS, "second_strength": STRENGTHS, "next_step": NEXT_STEPS, "comment": COMMENTS}


@dataclass(frozen=True)
class Sentence:
    """One text of one ballot. `withheld` when an organiser keeps it back."""

    ballot_id: int
    part: str
    text: str
    withheld: WithheldText | None

    @property
    def kind(self) -> str:
        return PARTS[self.part]


@dataclass(frozen=True)
class Answer:
    """What the jury says to one team. A band is `lower`, `middle` or `upper`, or None when too few gave points."""

    prototype: Prototype
    title: str
    bands: Sequence[tuple[Criterion, str | None]]
    sentences: Sequence[Sentence]
    released: Feedback | None

    def of(self, kind: str) -> list[Sentence]:
        """In the order of the alphabet, so that the order names nobody."""
        return sorted((s for s in self.sentences if s.kind == kind), key=lambda s: (fold(s.text), s.ballot_id))

    def passed_on(self, kind: str) -> list[str]:
        return [sentence.text for sentence in self.of(kind) if not sentence.withheld]


def find_feedback(prototype: Prototype) -> Feedback | None:
    """What was released to the team."""
    return db.session.get(Feedback, prototype.id)


def get_prototype_of(hackathon: Hackathon, prototype_id: int) -> Prototype:
    prototype = get_prototype(prototype_id)
    if prototype.hackathon_id != hackathon.id:
        raise NotFound
    return prototype


def answers_of(hackathon: Hackathon) -> list[Answer]:
    """For every prototype of the result, by name of the team."""
    figures = figures_of(hackathon)
    withheld = _withheld([ballot.id for ballot, _sheet in figures.counted])
    released = _released([entry.prototype.id for entry in figures.entries])
    return [
        Answer(
            entry.prototype, entry.hand_in.title, _bands(figures, entry.prototype),
            list(_sentences(figures, entry.prototype, withheld)), released.get(entry.prototype.id),
        )
        for entry in figures.by_team
    ]  # fmt: skip


def get_answer(prototype: Prototype) -> Answer:
    for answer in answers_of(prototype.hackathon):
        if answer.prototype.id == prototype.id:
            return answer
    raise NotFound


def get_sentence(prototype: Prototype, ballot_id: int, part: str) -> Sentence:
    found = find(Ballot, ballot_id)
    for sentence in get_answer(prototype).sentences if found else ():
        if (sentence.ballot_id, sentence.part) == (ballot_id, part):
            return sentence
    raise NotFound


def _released(ids: Sequence[int]) -> dict[int, Feedback]:
    found = db.session.scalars(select(Feedback).where(Feedback.prototype_id.in_(ids)))
    return {row.prototype_id: row for row in found}


def _withheld(ballot_ids: Sequence[int]) -> dict[tuple[int, str], WithheldText]:
    found = db.session.scalars(select(WithheldText).where(WithheldText.ballot_id.in_(ballot_ids)))
    return {(row.ballot_id, row.part): row for row in found}


def _bands(figures: Figures, prototype: Prototype) -> list[tuple[Criterion, str | None]]:
    rules = figures.rules
    table = table_of(figures.sheets, Rule(figures.weights, rules.quorum), {prototype.id: 1})
    lowest, highest = Fraction(rules.lowest_half_points, 2), Fraction(rules.highest_half_points, 2)
    bands = feedback_bands(table, prototype.id, lowest=lowest, highest=highest)
    return [(criterion, bands[criterion.id]) for criterion in figures.criteria]


def _sentences(
    figures: Figures, prototype: Prototype, withheld: dict[tuple[int, str], WithheldText]
) -> Iterable[Sentence]:
    for ballot, _sheet in figures.counted:
        if ballot.prototype_id == prototype.id:
            for part in PARTS:
                if text := getattr(ballot, part):
                    yield Sentence(ballot.id, part, text, withheld.get((ballot.id, part)))


def band_words() -> dict[str | None, str]:
    return {
        "upper": _("in the upper third of the scale"), "middle": _("in the middle third of the scale"),
        "lower": _("in the lower third of the scale"), None: _("too few ballots to say"),
    }  # fmt: skip
