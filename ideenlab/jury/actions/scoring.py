"""A juror scores a prototype, takes the ballot back to work on it, and confirms it when the rules were changed."""

from collections.abc import Sequence

from sqlalchemy import select
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
from ideenlab.jury.actions.revisions import (
    NO_REMARKS,
    Excuses,
    Points,
    Remarks,
    ballot_content,
    hold_rules,
    next_revision,
    remarks_of,
    replace_scores,
    stored,
    told,
)
from ideenlab.jury.actions.versions import freeze_rules
from ideenlab.jury.models import Ballot, BallotRevision, Criterion, JuryRules
from ideenlab.jury.queries import Seat, criteria_of, find_revision, find_seat, rules_of, scores_of
from ideenlab.jury.rules import may_confirm_ballot, may_reopen_ballot, may_score, may_see_ballot
from ideenlab.prototypes.models import Prototype

FOR_THE_TEAM = ("strength", "second_strength", "next_step")


def score_prototype(
    juror: Person, *, prototype: Prototype, half_points: Points, revision: int, save_id: str,
    excuses: Excuses | None = None, remarks: Remarks = NO_REMARKS, submit: bool = False,
) -> BallotRevision:  # fmt: skip
    """Save a juror's points (in half points, None = no answer) as the next revision of the ballot.

    A save that is repeated with its `save_id` gives back the revision it made. Raises NotAllowed with the reason,
    Invalid for points off the scale or, with `submit`, for what is missing, and Conflict when `revision` is not the
    latest.
    """
    seat = find_seat(juror, prototype)
    require(may_see_ballot(juror, prototype, seat=seat))
    excuses = {c: text for c, text in (excuses or {}).items() if half_points.get(c, 0) is None}
    content = ballot_content(half_points, excuses, remarks)
    state = "submitted" if submit else "open"
    repeated = find_revision(seat.ballot, save_id) if seat.ballot else None
    if repeated and (repeated.content, repeated.state) == (content, state):
        return repeated
    freeze_rules(prototype.hackathon)
    seat = find_seat(juror, prototype)  # as it is now that nobody can change the rules
    require(may_score(juror, prototype, now(), seat=seat))
    check_ballot(prototype.hackathon, half_points, excuses, remarks, submit=submit)
    ballot = seat.ballot or first_save(juror, prototype, seat)
    saved, reason = None, _("This ballot was handed in. Open it again to change it.")
    if not repeated and not (ballot.state == "submitted" and ballot.revision == revision):
        reason = _("Something newer was saved in another window.")
        saved = next_revision(ballot, revision=revision, save_id=save_id, state=state, content=content,
                              version=seat.version, remarks=remarks)  # fmt: skip
    if saved is None:
        mine = told(prototype.hackathon, half_points, excuses, remarks)
        raise Conflict(reason, mine=mine, stored=stored(ballot))
    replace_scores(ballot, half_points, excuses)
    if submit:
        record(juror, "jury.ballot_submitted", ballot)
    db.session.flush()
    return saved


def reopen_ballot(juror: Person, *, prototype: Prototype, revision: int) -> BallotRevision:
    """Take a ballot back to work on it. It counts again when it is handed in again."""
    require(may_reopen_ballot(juror, prototype, now()))
    hold_rules(prototype.hackathon)
    seat = find_seat(juror, prototype)
    require(may_reopen_ballot(juror, prototype, now(), seat=seat))
    ballot = seat.ballot
    assert ballot  # the rule has asked for it
    latest = select(BallotRevision.content).where(
        BallotRevision.ballot_id == ballot.id, BallotRevision.number == ballot.revision
    )
    content = db.session.scalars(latest).one()
    saved = next_revision(ballot, revision=revision, save_id=new_secret()[:40], state="open", content=content,
                          version=ballot.rules_version)  # fmt: skip
    if saved is None:
        raise Conflict(_("Something newer was saved in another window."), stored=stored(ballot))
    record(juror, "jury.ballot_reopened", ballot)
    db.session.flush()
    return saved


def check_ballot(
    hackathon: Hackathon, half_points: Points, excuses: Excuses, remarks: Remarks, *, submit: bool
) -> None:
    """Whatever the page has let through."""
    rules, criteria = rules_of(hackathon), criteria_of(hackathon)
    for criterion, value in half_points.items():
        if criterion not in criteria:
            raise Invalid(_("This criterion belongs to another hackathon."), field=f"points-{criterion.id}")
        if value is not None and not (type(value) is int and value in rules.values):
            raise Invalid(what_to_choose(rules), field=f"points-{criterion.id}")
    if submit:
        _check_complete(rules, criteria, half_points, excuses, remarks)


def _check_complete(
    rules: JuryRules, criteria: Sequence[Criterion], half_points: Points, excuses: Excuses, remarks: Remarks
) -> None:
    for criterion in criteria:
        if criterion not in half_points:
            raise Invalid(_("Please give points for “%(title)s”, or choose “no answer”.", title=criterion.title),
                          field=f"points-{criterion.id}")  # fmt: skip
        if half_points[criterion] is None and not excuses.get(criterion):
            raise Invalid(_("Please say why you give no answer for “%(title)s”.", title=criterion.title),
                          field=f"excuse-{criterion.id}")  # fmt: skip
    for field in FOR_THE_TEAM if rules.feedback_required else ():
        if not getattr(remarks, field):
            raise Invalid(what_is_asked(field), field=field)


def what_to_choose(rules: JuryRules) -> str:
    lowest, highest = number(rules.lowest_half_points / 2), number(rules.highest_half_points / 2)
    if rules.step_half_points == 2:
        return str(_("Please choose whole points from %(lowest)s to %(highest)s.", lowest=lowest, highest=highest))
    return str(_("Please choose points from %(lowest)s to %(highest)s.", lowest=lowest, highest=highest))


def what_is_asked(field: str) -> str:
    """Where the rules ask for words to the team."""
    texts = {
        "strength": _("Please write to the team what is strong about it."),
        "second_strength": _("Please write to the team what else is strong about it."),
        "next_step": _("Please write to the team what a good next step would be."),
    }
    return str(texts[field])


def first_save(person: Person, prototype: Prototype, seat: Seat) -> Ballot:
    try:
        with db.session.begin_nested():
            ballot = Ballot(juror=seat.juror, prototype=prototype, round=seat.round_number, revision=0)
            db.session.add(ballot)
    except IntegrityError:  # another device of the same juror was a moment faster
        found = find_seat(person, prototype).ballot
        if found is None:
            raise
        return found
    return ballot


def confirm_ballot(juror: Person, *, prototype: Prototype, revision: int) -> BallotRevision:
    """The rules were changed, the ballot stays as it is: it counts again, as a revision of its own.

    Raises Invalid when the new rules ask for something that is not on it.
    """
    require(may_confirm_ballot(juror, prototype, now()))
    hold_rules(prototype.hackathon)
    seat = find_seat(juror, prototype)
    require(may_confirm_ballot(juror, prototype, now(), seat=seat))
    ballot = seat.ballot
    assert ballot  # the rule has asked for it
    given = scores_of(ballot)
    criteria = [criterion for criterion in criteria_of(prototype.hackathon) if criterion.id in given]
    half_points = {criterion: given[criterion.id].half_points for criterion in criteria}
    excuses = {criterion: given[criterion.id].excuse for criterion in criteria if given[criterion.id].excuse}
    remarks = remarks_of(ballot)
    check_ballot(prototype.hackathon, half_points, excuses, remarks, submit=True)
    saved = next_revision(ballot, revision=revision, save_id=new_secret()[:40], state="submitted",
                          content=ballot_content(half_points, excuses, remarks), version=seat.version)  # fmt: skip
    if saved is None:
        raise Conflict(_("Something newer was saved in another window."), stored=stored(ballot))
    record(juror, "jury.ballot_confirmed", ballot, note=str(seat.version))
    db.session.flush()
    return saved
