"""How a ballot is stored: a revision for every save, the latest with its points beside it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import delete, insert, select, update

from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import number
from ideenlab.hackathons.models import Hackathon
from ideenlab.jury.maths import canonical_json
from ideenlab.jury.models import Ballot, BallotRevision, Criterion, JuryRules, Score
from ideenlab.jury.queries import criteria_of, scores_of

Points = Mapping[Criterion, int | None]
Excuses = Mapping[Criterion, str]


@dataclass(frozen=True)
class Remarks:
    """What stands on a ballot in words: for the team, and the note only the juror reads."""

    strength: str = ""
    second_strength: str = ""
    next_step: str = ""
    comment: str = ""  # of ballots from before there were strengths
    note: str = ""


NO_REMARKS = Remarks()


def ballot_content(half_points: Points, excuses: Excuses, remarks: Remarks = NO_REMARKS) -> str:
    points = {str(criterion.id): value for criterion, value in half_points.items()}
    reasons = {str(criterion.id): text for criterion, text in excuses.items()}
    return canonical_json({"half_points": points, "excuses": reasons, **asdict(remarks)})


def hold_rules(hackathon: Hackathon, *, alone: bool = False) -> None:
    """Until the end of the transaction nobody changes the rules or publishes; `alone`: nobody scores either."""
    held = select(JuryRules.hackathon_id).where(JuryRules.hackathon_id == hackathon.id)
    db.session.execute(held.with_for_update(read=not alone))


def next_revision(
    ballot: Ballot, *, revision: int, save_id: str, state: str, content: str, version: int, source: str = "online",
    remarks: Remarks | None = None,
) -> BallotRevision | None:  # fmt: skip
    """The revision after `revision`, or None when there is a newer one already: the database decides.

    `version`: of the rules that hold. Without `remarks` the words on the ballot stay.
    """
    if not 0 <= revision < 2**31 - 1:
        return None
    taken = update(Ballot).where(Ballot.id == ballot.id, Ballot.revision == revision)
    values = {"revision": revision + 1, "state": state, "changed_at": now(), "rules_version": version}
    words = asdict(remarks) if remarks else {}
    if db.session.execute(taken.values(values | words).returning(Ballot.id)).first() is None:
        db.session.refresh(ballot)
        return None
    saved = BallotRevision(
        ballot_id=ballot.id, number=revision + 1, save_id=save_id, state=state, content=content, source=source
    )
    db.session.add(saved)
    db.session.flush()
    db.session.refresh(ballot)
    return saved


def replace_scores(ballot: Ballot, half_points: Points, excuses: Excuses) -> None:
    """All at once, past the session: nobody has read the old ones in this transaction."""
    rows = [
        {"ballot_id": ballot.id, "criterion_id": c.id, "half_points": value, "excuse": excuses.get(c, "")}
        for c, value in half_points.items()
    ]
    connection = db.session.connection()
    connection.execute(delete(Score).where(Score.ballot_id == ballot.id))
    if rows:
        connection.execute(insert(Score), rows)


def told(hackathon: Hackathon, half_points: Points, excuses: Excuses, remarks: Remarks) -> list[tuple[str, str]]:
    """A version of a ballot as pairs of label and text, for the page that shows two of them."""
    pairs = []
    for criterion in criteria_of(hackathon):
        text = "–" if criterion not in half_points else _("no answer")
        value = half_points.get(criterion)
        if value is not None:
            text = _("%(points)s points", points=number(value / 2))
        reason = excuses.get(criterion, "")
        pairs.append((criterion.title, f"{text}: {reason}" if reason else text))
    words = [
        (_("Strength"), remarks.strength),
        (_("Another strength"), remarks.second_strength),
        (_("Next step"), remarks.next_step),
        (_("Comment for the team"), remarks.comment),
        (_("Private note"), remarks.note),
    ]
    return pairs + [(label, text) for label, text in words if text]


def stored(ballot: Ballot) -> list[tuple[str, str]]:
    hackathon = ballot.prototype.hackathon
    scores = scores_of(ballot)
    given = {c: scores[c.id] for c in criteria_of(hackathon) if c.id in scores}
    half_points = {criterion: score.half_points for criterion, score in given.items()}
    excuses = {criterion: score.excuse for criterion, score in given.items()}
    return told(hackathon, half_points, excuses, remarks_of(ballot))


def remarks_of(ballot: Ballot) -> Remarks:
    return Remarks(ballot.strength, ballot.second_strength, ballot.next_step, ballot.comment, ballot.note)
