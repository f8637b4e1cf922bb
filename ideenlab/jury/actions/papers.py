"""Sheets of paper: typed in by one person and typed again by another. Only the same points twice become a ballot."""

from sqlalchemy.exc import IntegrityError

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.jury.actions.revisions import Excuses, Points, Remarks, ballot_content, next_revision, replace_scores
from ideenlab.jury.actions.scoring import check_ballot, first_save
from ideenlab.jury.actions.versions import freeze_rules
from ideenlab.jury.models import Juror, PaperBallot
from ideenlab.jury.queries import criteria_of, find_paper, find_seat, read_typed
from ideenlab.jury.rules import may_check_alone, may_type_paper
from ideenlab.notifications.actions import tell
from ideenlab.prototypes.models import Prototype


def type_paper(
    person: Person, *, juror: Juror, prototype: Prototype, half_points: Points, excuses: Excuses, remarks: Remarks,
    knows_to_be_alone: bool = False,
) -> PaperBallot:  # fmt: skip
    """What this person reads on the sheet. The second person who reads the same makes it a ballot.

    Who typed may correct themselves. As long as two people read different points, nothing counts: both are kept, and
    whoever types again decides by agreeing with somebody else. Where there is nobody else, the same person types the
    same again, `knows_to_be_alone`, and that is marked.
    """
    require(may_type_paper(person, juror, prototype, now()))
    freeze_rules(prototype.hackathon)
    seat = find_seat(juror.person, prototype)
    require(may_type_paper(person, juror, prototype, now(), seat=seat))
    excuses = {c: text for c, text in excuses.items() if half_points.get(c, 0) is None}
    check_ballot(prototype.hackathon, half_points, excuses, remarks, submit=True)
    content = ballot_content(half_points, excuses, remarks)
    paper = find_paper(juror, prototype, round_number=seat.round_number, hold=True)
    if paper is None:
        paper = PaperBallot(juror=juror, prototype=prototype, round=seat.round_number, content=content, typed_by=person)
        return _typed(person, paper)
    other = _agreed_alone(person, paper, content) if knows_to_be_alone else _put(paper, person, content)
    if other is None or read_typed(content).differs_in(read_typed(other), criteria_of(prototype.hackathon)):
        paper.state = "differs" if paper.checked_by_id else "typed"
        return _typed(person, paper)
    paper.state = "accepted"
    ballot = seat.ballot or first_save(juror.person, prototype, seat)
    saved = next_revision(ballot, revision=ballot.revision, save_id=f"paper-{paper.id}-{ballot.revision}",
                          state="submitted", content=content, version=seat.version, source="paper",
                          remarks=remarks)  # fmt: skip
    if saved is None:
        raise Conflict(_("Something newer was saved in another window."))
    replace_scores(ballot, half_points, excuses)
    record(person, "jury.paper_accepted", paper, note=_("checked by one person") if paper.by_one else "")
    tell(juror.person, "jury/paper_accepted", hackathon=prototype.hackathon, prototype=prototype, juror=juror,
         by_one=paper.by_one)  # fmt: skip
    db.session.flush()
    return paper


def _put(paper: PaperBallot, person: Person, content: str) -> str | None:
    """Keeps what this person reads, and gives what somebody else does; None while nobody else has typed.

    A third person takes the place of the one they do not agree with.
    """
    if paper.typed_by_id == person.id:
        paper.content, paper.typed_at = content, now()
        return paper.checked_content if paper.checked_by_id else None
    if paper.checked_by_id not in (None, person.id) and _same_points(content, paper.checked_content):
        paper.typed_by_id, paper.typed_at, paper.content = person.id, now(), content
        return paper.checked_content
    paper.checked_by_id, paper.checked_at, paper.checked_content = person.id, now(), content
    return paper.content


def _agreed_alone(person: Person, paper: PaperBallot, content: str) -> str:
    """The second look of somebody who has nobody else to look."""
    require(may_check_alone(person, paper, paper.prototype.hackathon))
    if not _same_points(content, paper.content):
        raise Invalid(_("These are other points than the first time. Please save them without the tick, and compare "
                        "them with the sheet once more."), field="alone")  # fmt: skip
    paper.checked_by_id, paper.checked_at, paper.checked_content = person.id, now(), content
    return paper.content


def _same_points(one: str, other: str) -> bool:
    return read_typed(one).half_points == read_typed(other).half_points


def _typed(person: Person, paper: PaperBallot) -> PaperBallot:
    db.session.add(paper)
    try:
        db.session.flush()
    except IntegrityError:
        raise Conflict(_("Somebody has just typed in the same sheet. Please open it again.")) from None
    record(person, "jury.paper_typed", paper)
    db.session.flush()
    return paper
