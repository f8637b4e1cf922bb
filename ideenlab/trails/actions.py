from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, update

from ideenlab.accounts.models import Person
from ideenlab.challenges.models import Challenge
from ideenlab.challenges.queries import people_of
from ideenlab.core.clock import now
from ideenlab.core.db import begin_reading, db, transaction
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line, clean_text
from ideenlab.core.upsert import insert_missing
from ideenlab.core.verdict import require
from ideenlab.core.weblinks import clean_link, may_link
from ideenlab.history.actions import record
from ideenlab.ideas.models import Idea
from ideenlab.notifications.actions import tell_many
from ideenlab.prototypes.models import Prototype
from ideenlab.teams.models import Team
from ideenlab.trails.models import HOPS, NEWS_FOR, Hop, Outcome
from ideenlab.trails.queries import authors_of, hops_to_tell, new_hops
from ideenlab.trails.rules import may_tell_outcome_of, may_tell_outcomes


def follow_trails(*, stopped: Callable[[], bool] = lambda: False) -> int:
    """Write down which ideas came a step further, and tell their people once. Gives the number of steps told.

    May be killed at any moment and run by two workers at once: a hop is a row of its own, and what somebody was told
    has a key of its own.
    """
    begin_reading()
    if any(new_hops(kind) for kind in HOPS):
        with transaction():
            write_down_hops()
        begin_reading()
    told = 0
    for number in hops_to_tell():
        if stopped():
            break
        with transaction():
            told += _tell_of(db.session.get_one(Hop, number))
    return told


def write_down_hops(*, as_told: bool = False) -> None:
    """What stands now and was not written down yet. What is old news counts as told."""
    at = now()
    for kind in HOPS:
        for idea_id, thing_id, moment in new_hops(kind):
            is_history = as_told or (moment is not None and moment < at - NEWS_FOR)
            row = {"idea_id": idea_id, "kind": kind, "thing_id": thing_id, "reached_at": at}
            insert_missing(Hop, {**row, "told_at": at if is_history else None})


def _tell_of(hop: Hop) -> bool:
    taken = update(Hop).where(Hop.id == hop.id, Hop.told_at.is_(None)).values(told_at=now())
    if not db.session.execute(taken).rowcount:  # type: ignore[attr-defined]
        return False
    idea = hop.idea
    if idea.state == "merged" and idea.merged_into_id:
        idea = db.session.get_one(Idea, idea.merged_into_id)
    if idea.state != "published":
        return False
    values = _named(hop)
    if hop.kind == "prototype":
        _tell(authors_of(idea), hop, "trails/meets_it", idea, **values)
    _tell(people_of(idea), hop, f"trails/{hop.kind}", idea, **values)
    return True


def _named(hop: Hop) -> dict[str, Any]:
    """What the sentence about a hop names beside the idea."""
    if hop.kind == "challenge":
        return {"challenge": db.session.get_one(Challenge, hop.thing_id)}
    if hop.kind == "team":
        return {"challenge": db.session.get_one(Team, hop.thing_id).challenge}
    return {"prototype": db.session.get_one(Prototype, hop.thing_id)} if hop.kind == "prototype" else {}


def _tell(whom: Select[int], hop: Hop, template: str, idea: Idea, **values: Any) -> None:
    once = f"{hop.kind}-{hop.thing_id}"
    tell_many(whom, template, kind="followed", once=once, about=idea, idea=idea, **values)


def tell_outcome(organiser: Person, *, prototype: Prototype, title: str, text: str, url: str) -> Outcome:
    """What became of a prototype. Everybody reads it, and the people of its idea are told."""
    require(may_tell_outcome_of(organiser, prototype, now()))
    outcome = Outcome(prototype_id=prototype.id, written_by_id=organiser.id, **_cleaned(title, text, url))
    db.session.add(outcome)
    record(organiser, "trails.outcome_told", prototype, note=outcome.title)
    db.session.flush()
    return outcome


def edit_outcome(organiser: Person, *, outcome: Outcome, title: str, text: str, url: str, revision: int) -> None:
    """Change it, if nobody changed it since `revision` was read. Nobody is told again."""
    require(may_tell_outcomes(organiser))
    given = _cleaned(title, text, url)
    saved = db.session.execute(
        update(Outcome)
        .where(Outcome.id == outcome.id, Outcome.revision == revision)
        .values(**given, revision=revision + 1)
        .execution_options(synchronize_session="fetch")
    )
    if not saved.rowcount:  # type: ignore[attr-defined]
        db.session.refresh(outcome)
        shown = [(label, given[name], getattr(outcome, name)) for name, label in labels().items()]
        raise Conflict(
            _("Somebody else has changed this meanwhile."),
            mine=[(label, mine or "–") for label, mine, theirs in shown if mine != theirs],
            stored=[(label, theirs or "–") for label, mine, theirs in shown if mine != theirs],
        )  # fmt: skip
    record(organiser, "trails.outcome_edited", outcome)
    db.session.flush()


def withdraw_outcome(organiser: Person, *, outcome: Outcome) -> None:
    require(may_tell_outcomes(organiser))
    outcome.withdrawn_at = outcome.withdrawn_at or now()
    record(organiser, "trails.outcome_withdrawn", outcome)
    db.session.flush()


def show_outcome_again(organiser: Person, *, outcome: Outcome) -> None:
    require(may_tell_outcomes(organiser))
    outcome.withdrawn_at = None
    record(organiser, "trails.outcome_shown_again", outcome)
    db.session.flush()


def labels() -> dict[str, str]:
    return {"title": _("What became of it"), "text": _("More about it"), "url": _("Link")}


def _cleaned(title: str, text: str, url: str) -> dict[str, str]:
    title, url = clean_line(title), url.strip()
    if not title:
        raise Invalid(_("Please say in a few words what became of it."), field="title")
    if url and not (verdict := may_link(url)):
        raise Invalid(verdict.reason, field="url")
    return {"title": title, "text": clean_text(text), "url": clean_link(url) if url else ""}
