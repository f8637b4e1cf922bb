"""Where the jury is shared out by a plan: take over a plan, give a prototype to one more juror, hand over."""

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon
from ideenlab.history.actions import record
from ideenlab.jury.actions.revisions import hold_rules
from ideenlab.jury.models import Juror, JuryAssignment
from ideenlab.jury.queries import (
    Proposal,
    assignments_of,
    begun_pairs,
    conflicting_pairs,
    propose_plan,
    rules_of,
    to_be_scored,
)
from ideenlab.jury.rules import may_share_out
from ideenlab.notifications.actions import tell
from ideenlab.prototypes.models import Prototype


def accept_plan(organiser: Person, *, hackathon: Hackathon, mark: str) -> Proposal:
    """The proposed plan holds from now on. Ballots that were begun and lines added by hand stay.

    Raises Conflict when the proposal is not the one that was looked at: somebody became biased, a team came late.
    """
    require(may_share_out(organiser, hackathon, now()))
    hold_rules(hackathon, alone=True)
    require(may_share_out(organiser, hackathon, now()))
    proposal = propose_plan(hackathon)
    if proposal.mark != mark:
        raise Conflict(_("Something has changed in the meantime. Please look at the plan again."))
    standing = {(each.prototype_id, each.juror_id): each for each in assignments_of(hackathon)}
    gone = [each.id for key, each in standing.items() if key not in proposal.plan.pairs]
    db.session.execute(delete(JuryAssignment).where(JuryAssignment.id.in_(gone)))
    for prototype_id, juror_id in sorted(proposal.plan.pairs - standing.keys()):
        db.session.add(JuryAssignment(juror_id=juror_id, prototype_id=prototype_id))
    rules = rules_of(hackathon)
    rules.plan_seed, rules.planned_at = proposal.seed, now()
    record(organiser, "jury.planned", hackathon, note=proposal.seed)
    db.session.flush()
    for juror, _load in proposal.loads:
        if proposal.plan.prototypes_of(juror.id) != {p for p, j in standing if j == juror.id}:
            _tell(juror)
    return proposal


def add_assignment(
    organiser: Person, *, hackathon: Hackathon, prototype: Prototype, juror: Juror, source: str = "added"
) -> JuryAssignment:
    """One more juror for a prototype, by hand or in place of somebody who is biased."""
    require(may_share_out(organiser, hackathon, now()))
    hold_rules(hackathon)
    if prototype.id not in {each.id for each in to_be_scored(hackathon)} or juror.hackathon_id != hackathon.id:
        raise Invalid(_("This prototype is not scored here."), field="prototype")
    if (juror.id, prototype.id) in conflicting_pairs(hackathon):
        raise Invalid(_("This juror is biased towards the team, or a member of it."), field="juror")
    try:
        with db.session.begin_nested():
            added = JuryAssignment(juror=juror, prototype=prototype, source=source)
            db.session.add(added)
    except IntegrityError:
        raise Invalid(_("This juror has this prototype already."), field="juror") from None
    record(organiser, "jury.assigned", juror, note=str(prototype.id))
    _tell(juror)
    return added


def take_assignment(organiser: Person, *, hackathon: Hackathon, prototype: Prototype, juror: Juror) -> None:
    """Off the juror's list, as long as nothing was scored there."""
    require(may_share_out(organiser, hackathon, now()))
    hold_rules(hackathon, alone=True)
    if (prototype.id, juror.id) in begun_pairs(hackathon):
        raise Invalid(_("This juror has begun to score this prototype. It stays on the list."))
    gone = delete(JuryAssignment).where(
        JuryAssignment.juror_id == juror.id, JuryAssignment.prototype_id == prototype.id
    )
    db.session.execute(gone)
    record(organiser, "jury.unassigned", juror, note=str(prototype.id))
    db.session.flush()


def hand_over_assignments(before: Juror, after: Juror) -> None:
    """To a replacement, without what they may not score; for that the page of the plan proposes somebody."""
    conflicts = conflicting_pairs(before.hackathon)
    mine = set(db.session.scalars(select(JuryAssignment.prototype_id).where(JuryAssignment.juror_id == after.id)))
    theirs = select(JuryAssignment).where(JuryAssignment.juror_id == before.id).order_by(JuryAssignment.id)
    for each in db.session.scalars(theirs).all():
        if (after.id, each.prototype_id) not in conflicts and each.prototype_id not in mine:
            db.session.add(JuryAssignment(juror=after, prototype_id=each.prototype_id, source="replacement"))
        db.session.delete(each)
    db.session.flush()


def _tell(juror: Juror) -> None:
    tell(juror.person, "jury/assigned", kind="work", hackathon=juror.hackathon)
