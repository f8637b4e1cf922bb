"""A juror scores a prototype, and takes the ballot back to work on it."""

from collections.abc import Mapping

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import number
from ideenlab.core.security import new_secret
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon
from ideenlab.history.actions import record
from ideenlab.jury.maths import canonical_json
from ideenlab.jury.models import Ballot, BallotRevision, Criterion, JuryRules, Score
from ideenlab.jury.queries import criteria_of, find_revision, find_seat, rules_of, scores_of
from ideenlab.jury.rules import may_reopen_ballot, may_score, may_see_ballot
from ideenlab.prototypes.models import Prototype

Points = Mapping[Criterion, int | None]


def score_prototype(
    juror: Person, *, prototype: Prototype, half_points: Points, revision: int, save_id: str,
    excuses: Mapping[Criterion, str] | None = None, comment: str = "", note: str = "", submit: bool = False,
) -> BallotRevision:  # fmt: skip
    """Save a juror's points (in half points, None = no answer) as the next revision of the ballot.

    A save that is repeated with its `save_id` gives back the revision it made. Raises NotAllowed with the reason,
    Invalid for points off the scale or, with `submit`, for what is missing, and Conflict when `revision` is not the
    latest.
    """
    seat = find_seat(juror, prototype)
    require(may_see_ballot(juror, prototype, seat=seat))
    excuses = {c: text for c, text in (excuses or {}).items() if half_points.get(c, 0) is None}
    content = ballot_content(half_points, excuses, comment, note)
    state = "submitted" if submit else "open"
    repeated = find_revision(seat.ballot, save_id) if seat.ballot else None
    if repeated and (repeated.content, repeated.state) == (content, state):
        return repeated
    hold_rules(prototype.hackathon)
    seat = find_seat(juror, prototype)  # as it is now that nobody can change the rules
    require(may_score(juror, prototype, now(), seat=seat))
    check_points(prototype.hackathon, half_points, excuses, submit=submit)
    ballot = seat.ballot or _ballot_of(juror, prototype)
    if repeated or (ballot.state == "submitted" and ballot.revision == revision):
        mine = _told(prototype.hackathon, half_points, excuses, comment, note)
        raise Conflict(_("This ballot was handed in. Open it again to change it."), mine=mine, stored=_stored(ballot))
    saved = next_revision(ballot, revision=revision, save_id=save_id, state=state, content=content)
    if saved is None:
        mine = _told(prototype.hackathon, half_points, excuses, comment, note)
        raise Conflict(_("Something newer was saved in another window."), mine=mine, stored=_stored(ballot))
    ballot.comment, ballot.note = comment, note
    _replace_scores(ballot, half_points, excuses)
    if submit:
        record(juror, "jury.ballot_submitted", ballot)
    db.session.flush()
    return saved


def _replace_scores(ballot: Ballot, half_points: Points, excuses: Mapping[Criterion, str]) -> None:
    """All at once, past the session: nobody has read the old ones in this transaction."""
    rows = [
        {"ballot_id": ballot.id, "criterion_id": c.id, "half_points": value, "excuse": excuses.get(c, "")}
        for c, value in half_points.items()
    ]
    connection = db.session.connection()
    connection.execute(delete(Score).where(Score.ballot_id == ballot.id))
    if rows:
        connection.execute(insert(Score), rows)


def reopen_ballot(juror: Person, *, prototype: Prototype, revision: int) -> BallotRevision:
    """Take a ballot back to work on it. It counts again when it is handed in again."""
    require(may_reopen_ballot(juror, prototype, now()))
    hold_rules(prototype.hackathon)
    ballot = _ballot_of(juror, prototype)
    latest = select(BallotRevision.content).where(
        BallotRevision.ballot_id == ballot.id, BallotRevision.number == ballot.revision
    )
    content = db.session.scalars(latest).one()
    saved = next_revision(ballot, revision=revision, save_id=new_secret()[:40], state="open", content=content)
    if saved is None:
        raise Conflict(_("Something newer was saved in another window."), stored=_stored(ballot))
    record(juror, "jury.ballot_reopened", ballot)
    db.session.flush()
    return saved


def ballot_content(half_points: Points, excuses: Mapping[Criterion, str], comment: str, note: str) -> str:
    points = {str(criterion.id): value for criterion, value in half_points.items()}
    reasons = {str(criterion.id): text for criterion, text in excuses.items()}
    return canonical_json({"half_points": points, "excuses": reasons, "comment": comment, "note": note})


def hold_rules(hackathon: Hackathon, *, alone: bool = False) -> None:
    """Until the end of the transaction nobody changes the rules or publishes; `alone`: nobody scores either."""
    held = select(JuryRules.hackathon_id).where(JuryRules.hackathon_id == hackathon.id)
    db.session.execute(held.with_for_update(read=not alone))


def check_points(hackathon: Hackathon, half_points: Points, excuses: Mapping[Criterion, str], *, submit: bool) -> None:
    rules, criteria = rules_of(hackathon), criteria_of(hackathon)
    lowest, highest = rules.lowest_half_points, rules.highest_half_points
    for criterion, value in half_points.items():
        if criterion not in criteria:
            raise Invalid(_("This criterion belongs to another hackathon."), field=f"points-{criterion.id}")
        if value is not None and not (type(value) is int and lowest <= value <= highest):
            text = _("Please choose points from %(lowest)s to %(highest)s.",
                     lowest=number(lowest / 2), highest=number(highest / 2))  # fmt: skip
            raise Invalid(text, field=f"points-{criterion.id}")
    for criterion in criteria if submit else ():
        if criterion not in half_points:
            raise Invalid(_("Please give points for “%(title)s”, or choose “no answer”.", title=criterion.title),
                          field=f"points-{criterion.id}")  # fmt: skip
        if half_points[criterion] is None and not excuses.get(criterion):
            raise Invalid(_("Please say why you give no answer for “%(title)s”.", title=criterion.title),
                          field=f"excuse-{criterion.id}")  # fmt: skip


def _ballot_of(person: Person, prototype: Prototype) -> Ballot:
    seat = find_seat(person, prototype)
    if seat.ballot:
        return seat.ballot
    try:
        with db.session.begin_nested():
            ballot = Ballot(juror=seat.juror, prototype=prototype, revision=0)
            db.session.add(ballot)
    except IntegrityError:  # another device of the same juror was a moment faster
        found = find_seat(person, prototype).ballot
        if found is None:
            raise
        return found
    return ballot


def next_revision(ballot: Ballot, *, revision: int, save_id: str, state: str, content: str) -> BallotRevision | None:
    """The revision after `revision`, or None when there is a newer one already: the database decides."""
    if not 0 <= revision < 2**31 - 1:
        return None
    taken = update(Ballot).where(Ballot.id == ballot.id, Ballot.revision == revision)
    values = {"revision": revision + 1, "state": state, "changed_at": now()}
    if db.session.execute(taken.values(values).returning(Ballot.id)).first() is None:
        db.session.refresh(ballot)
        return None
    saved = BallotRevision(ballot_id=ballot.id, number=revision + 1, save_id=save_id, state=state, content=content)
    db.session.add(saved)
    db.session.flush()
    db.session.refresh(ballot)
    return saved


def _told(
    hackathon: Hackathon, half_points: Points, excuses: Mapping[Criterion, str], comment: str, note: str
) -> list[tuple[str, str]]:
    """A version of a ballot as pairs of label and text, for the page that shows two of them."""
    pairs = []
    for criterion in criteria_of(hackathon):
        text = "–" if criterion not in half_points else _("no answer")
        value = half_points.get(criterion)
        if value is not None:
            text = _("%(points)s points", points=number(value / 2))
        reason = excuses.get(criterion, "")
        pairs.append((criterion.title, f"{text}: {reason}" if reason else text))
    return [*pairs, (_("Comment for the team"), comment or "–"), (_("Private note"), note or "–")]


def _stored(ballot: Ballot) -> list[tuple[str, str]]:
    hackathon = ballot.prototype.hackathon
    scores = scores_of(ballot)
    given = {c: scores[c.id] for c in criteria_of(hackathon) if c.id in scores}
    half_points = {criterion: score.half_points for criterion, score in given.items()}
    excuses = {criterion: score.excuse for criterion, score in given.items()}
    return _told(hackathon, half_points, excuses, ballot.comment, ballot.note)
