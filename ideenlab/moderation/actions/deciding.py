from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import update

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_text
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.moderation.actions.letters import tell_concerned, tell_reporters
from ideenlab.moderation.models import LONGEST_REASON, SHORTEST_REASON, Case, Measure
from ideenlab.moderation.queries import Thing, find_open_case, find_thing, things_of
from ideenlab.moderation.rules import (
    LONGEST_SUSPENSION,
    may_decide_case,
    may_end_suspension,
    may_moderate,
    may_suspend,
    may_take_measure,
    may_warn,
)

WITHOUT_REASON = ("kept", "restored", "released", "unlocked", "suspension_ended")  # in somebody's favour
CLOSES = ("kept", "hidden", "refused", "released", "change_asked")


def take_measure(moderator: Person, *, thing: Thing, kind: str, reason: str = "") -> Measure:
    """Hide, restore, release, ask for a change, lock or unlock, and tell those whom it concerns.

    Raises NotAllowed where it cannot be done (any more), Conflict when somebody else does it at this moment.
    """
    require(may_take_measure(moderator, thing, kind))
    case = find_open_case(thing) if kind in CLOSES else None
    return _measure(moderator, thing, kind, reason, case)


def decide_case(moderator: Person, *, case: Case, kind: str, reason: str = "") -> Measure:
    """Decide what was reported or waits. Who comes second gets Conflict, whatever they wanted to do."""
    thing = find_thing(case.thing, case.thing_id)
    if case.closed_at is not None and may_moderate(moderator):
        raise Conflict(_("Somebody else has decided this case already."))
    require(may_decide_case(moderator, case, thing))
    if thing is None:
        raise Conflict(_("What this case is about is no longer there."))
    if kind != "kept":
        require(may_take_measure(moderator, thing, kind))
    return _measure(moderator, thing, kind, reason, case)


def _measure(moderator: Person, thing: Thing, kind: str, reason: str, case: Case | None) -> Measure:
    reason = _checked(reason, kind)
    if case is not None:
        _close(case)
    if kind != "kept":
        thing.of.deeds[kind].do(moderator, thing.row, reason)
    measure = _write_down(moderator, thing, kind, reason, case=case)
    if kind in ("hidden", "refused", "change_asked"):
        thing.of.forget(thing)
    if kind != "kept":
        tell_concerned(measure, find_thing(*thing.key) or thing)
    if case is not None:
        tell_reporters(case, measure, thing)
    return measure


def _write_down(moderator: Person, thing: Thing, kind: str, reason: str, *, case: Case | None = None) -> Measure:
    measure = Measure(
        case=case, kind=kind, thing=thing.table, thing_id=thing.id, reason=reason, person=thing.author, by=moderator,
        at=now(),
    )  # fmt: skip
    db.session.add(measure)
    db.session.flush()
    record(moderator, f"moderation.{kind}", measure)
    return measure


def _close(case: Case) -> None:
    closed = db.session.execute(
        update(Case).where(Case.id == case.id, Case.closed_at.is_(None)).values(closed_at=now(), open_key=None),
        execution_options={"synchronize_session": False},
    )
    if closed.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict(_("Somebody else has decided this case already."))
    db.session.refresh(case)


def _checked(reason: str, kind: str) -> str:
    reason = clean_text(reason)
    if not reason and kind in WITHOUT_REASON:
        return ""
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        sentence = _("A reason has %(least)s to %(most)s characters.", least=SHORTEST_REASON, most=LONGEST_REASON)
        raise Invalid(sentence, field="reason")
    return reason


@dataclass(frozen=True)
class Outcome:
    """What became of one of many: empty `problem` means that it worked."""

    title: str
    problem: str = ""


def decide_cases(moderator: Person, *, cases: Sequence[Case], kind: str, reason: str = "") -> list[Outcome]:
    """The same decision about many, each a step of its own: what fails does not take the others along."""
    require(may_moderate(moderator))
    reason = _checked(reason, kind)
    titles = {key: thing.title for key, thing in things_of((case.thing, case.thing_id) for case in cases).items()}
    outcomes = []
    for case in cases:
        title = titles.get((case.thing, case.thing_id), f"#{case.id}")
        try:
            with db.session.begin_nested():
                decide_case(moderator, case=case, kind=_fitting(case, kind), reason=reason)
            outcomes.append(Outcome(title))
        except (NotAllowed, Conflict, Invalid) as problem:
            outcomes.append(Outcome(title, str(problem)))
    return outcomes


def _fitting(case: Case, kind: str) -> str:
    """What is hidden in a row of many was not released, if it waited for that."""
    thing = find_thing(case.thing, case.thing_id) if kind == "hidden" else None
    return "refused" if thing is not None and thing.state == "waiting" else kind


def assign_case(moderator: Person, *, case: Case, to_me: bool) -> None:
    """Take a case in hand, or lay it back."""
    require(may_moderate(moderator))
    before = Case.assigned_to_id.is_(None) if to_me else Case.assigned_to_id == moderator.id
    changed = db.session.execute(
        update(Case)
        .where(Case.id == case.id, Case.closed_at.is_(None), before)
        .values(assigned_to_id=moderator.id if to_me else None),
        execution_options={"synchronize_session": False},
    )
    db.session.refresh(case)
    if changed.rowcount != 1 and (case.assigned_to_id == moderator.id) != to_me:  # type: ignore[attr-defined]
        raise Conflict(_("Somebody else has this case in hand."))


def warn_person(moderator: Person, *, person: Person, reason: str) -> Measure:
    require(may_warn(moderator, person))
    return _about_person(moderator, person, "warned", reason)


def suspend_person(moderator: Person, *, person: Person, days: int, reason: str) -> Measure:
    """For a time somebody may read, sign in and take back, but not take part. Their contributions stay."""
    at = now()
    require(may_suspend(moderator, person, at))
    if not 1 <= days <= LONGEST_SUSPENSION:
        raise Invalid(_("A suspension lasts 1 to %(most)s days.", most=LONGEST_SUSPENSION), field="days")
    reason = _checked(reason, "suspended")
    person.suspended_until, person.suspended_reason = at + timedelta(days=days), reason
    return _about_person(moderator, person, "suspended", reason)


def end_suspension(moderator: Person, *, person: Person, reason: str = "") -> Measure:
    """Earlier than planned."""
    require(may_end_suspension(moderator, person, now()))
    person.suspended_until, person.suspended_reason = None, ""
    return _about_person(moderator, person, "suspension_ended", reason)


def note_blackening(moderator: Person, *, thing: Thing, reason: str) -> Measure:
    """Written down and told without what was blackened."""
    measure = _write_down(moderator, thing, "blackened", _checked(reason, "blackened"))
    tell_concerned(measure, thing)
    return measure


def _about_person(moderator: Person, person: Person, kind: str, reason: str) -> Measure:
    thing = find_thing("people", person.id)
    if thing is None:
        raise Conflict(_("What this case is about is no longer there."))
    reason, case = _checked(reason, kind), find_open_case(thing) if kind != "suspension_ended" else None
    if case is not None:
        _close(case)
    measure = _write_down(moderator, thing, kind, reason, case=case)
    measure.until = person.suspended_until if kind == "suspended" else None
    db.session.flush()
    tell_concerned(measure, thing)
    if case is not None:
        tell_reporters(case, measure, thing)
    return measure
