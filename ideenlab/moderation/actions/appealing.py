from datetime import timedelta

from sqlalchemy import update

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.security import city
from ideenlab.core.text import clean_text
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.moderation.actions.letters import tell_outcome_of_appeal
from ideenlab.moderation.models import LONGEST_REASON, LONGEST_REPORT, SHORTEST_REASON, Appeal, Measure
from ideenlab.moderation.queries import Thing, find_thing, people_concerned
from ideenlab.moderation.rules import can_be_undone, may_appeal, may_decide_appeal, may_end_suspension, may_take_measure

UNDONE_BY = {
    "hidden": "restored", "refused": "restored", "change_asked": "released", "locked": "unlocked",
    "suspended": "suspension_ended",
}  # fmt: skip


def appeal(person: Person, *, measure: Measure, text: str) -> Appeal:
    """Ask somebody else of the moderation to look again, once."""
    at = now()
    require(may_appeal(person, measure, at))
    text = clean_text(text)
    if not SHORTEST_REASON <= len(text) <= LONGEST_REPORT:
        raise Invalid(
            _("Please say in %(least)s to %(most)s characters why you do not agree.", least=SHORTEST_REASON,
              most=LONGEST_REPORT), field="text",
        )  # fmt: skip
    due_at = at + timedelta(hours=city().hours_for_reports)
    appeal = Appeal(measure=measure, text=text, created_at=at, due_at=due_at)
    db.session.add(appeal)
    db.session.flush()
    record(person, "moderation.appealed", appeal)
    return appeal


def decide_appeal(
    moderator: Person, *, appeal: Appeal, overturn: bool, reason: str, knows_to_be_alone: bool = False
) -> Measure | None:
    """Keep a measure, or take it back; its author is told why. Gives the measure that undid it."""
    if appeal.decided_at is not None and moderator.id not in people_concerned(appeal.measure):
        raise Conflict(_("Somebody else has decided this appeal already."))
    require(may_decide_appeal(moderator, appeal, knows_to_be_alone=knows_to_be_alone))
    reason = clean_text(reason)
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        sentence = _("A reason has %(least)s to %(most)s characters.", least=SHORTEST_REASON, most=LONGEST_REASON)
        raise Invalid(sentence, field="reason")
    decided = db.session.execute(
        update(Appeal)
        .where(Appeal.id == appeal.id, Appeal.decided_at.is_(None))
        .values(
            decided_at=now(), decided_by_id=moderator.id, outcome="overturned" if overturn else "upheld",
            reason=reason, is_by_one_person=moderator.id == appeal.measure.by_id,
        ),
        execution_options={"synchronize_session": False},
    )  # fmt: skip
    if decided.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict(_("Somebody else has decided this appeal already."))
    db.session.refresh(appeal)
    record(moderator, f"moderation.appeal_{appeal.outcome}", appeal)
    thing = find_thing(appeal.measure.thing, appeal.measure.thing_id)
    undone = _undo(moderator, appeal.measure, thing, reason) if overturn and thing is not None else None
    tell_outcome_of_appeal(appeal, thing)
    return undone


def _undo(moderator: Person, measure: Measure, thing: Thing, reason: str) -> Measure | None:
    """Take a measure back, if it still is what holds."""
    kind = UNDONE_BY.get(measure.kind)
    if kind == "suspension_ended":
        if not may_end_suspension(moderator, thing.row, now()):
            return None
        thing.row.suspended_until, thing.row.suspended_reason = None, ""
    elif kind is None or not _can_undo(moderator, measure, thing, kind):
        return None
    else:
        thing.of.deeds[kind].do(moderator, thing.row, reason)
    undone = Measure(
        kind=kind, thing=thing.table, thing_id=thing.id, reason=reason, person=measure.person, by=moderator, at=now()
    )  # fmt: skip
    db.session.add(undone)
    db.session.flush()
    record(moderator, f"moderation.{kind}", undone)
    return undone


def _can_undo(moderator: Person, measure: Measure, thing: Thing, kind: str) -> bool:
    holds = measure.kind == "locked" or can_be_undone(measure)
    return bool(holds and may_take_measure(moderator, thing, kind))
