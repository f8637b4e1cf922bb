"""How far the city is with an idea: the list of statuses, and which one an idea has."""

from collections.abc import Sequence

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from ideenlab.accounts.models import Person
from ideenlab.answers.actions.told import tell_about_status
from ideenlab.answers.models import DEFAULT_STATUSES
from ideenlab.answers.queries import find_status, is_status_used, statuses
from ideenlab.answers.rules import may_manage_answers, may_set_status
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line, fold, slugify
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.history.models import Entry
from ideenlab.ideas.models import Idea, Status

MOST_STATUSES = 20
LONGEST_STATUS = 60


def add_default_statuses(organiser: Person | None) -> list[Status]:
    """The seven with which a city begins, when there are none. None is a command."""
    if organiser is not None:
        require(may_manage_answers(organiser))
    if not statuses():
        rows = enumerate(DEFAULT_STATUSES)
        db.session.add_all(
            Status(slug=slug, title=title, position=position, is_final=is_final)
            for position, (slug, title, is_final) in rows
        )
        db.session.flush()
    return statuses()


def make_status(organiser: Person, *, title: str, is_final: bool, title_en: str = "") -> Status:
    require(may_manage_answers(organiser))
    every = statuses()
    if len(every) >= MOST_STATUSES:
        raise Invalid(_("There are at most %(most)s statuses.", most=MOST_STATUSES), field="title")
    title = _checked(title, every)
    taken = {status.slug for status in every}
    base = slug = slugify(title, longest=36)
    number = 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    position = max((status.position for status in every), default=-1) + 1
    status = Status(slug=slug, title=title, title_en=_checked_english(title_en), position=position, is_final=is_final)
    db.session.add(status)
    record(organiser, "statuses.made", status)
    db.session.flush()
    return status


def edit_status(organiser: Person, *, status: Status, title: str, is_final: bool, title_en: str = "") -> None:
    require(may_manage_answers(organiser))
    status.title = _checked(title, [other for other in statuses() if other.id != status.id])
    status.title_en, status.is_final = _checked_english(title_en), is_final
    record(organiser, "statuses.edited", status)
    db.session.flush()


def move_status(organiser: Person, *, status: Status, up: bool) -> None:
    """One place up or down; at the end of the list nothing happens."""
    require(may_manage_answers(organiser))
    every = statuses()
    place = every.index(status)
    other = place - 1 if up else place + 1
    if 0 <= other < len(every):
        every[place], every[other] = every[other], every[place]
    for position, one in enumerate(every):
        one.position = position
    record(organiser, "statuses.moved", status)
    db.session.flush()


def remove_status(organiser: Person, *, status: Status) -> None:
    require(may_manage_answers(organiser))
    if is_status_used(status):
        raise Invalid(_("“%(title)s” cannot be removed: ideas have or had this status.", title=status.title))
    record(organiser, "statuses.removed", status, note=status.title)
    try:
        with db.session.begin_nested():
            db.session.delete(status)
    except IntegrityError as problem:
        raise Conflict(_("Somebody has just given this status to an idea.")) from problem


def _checked_english(title: str) -> str:
    title = clean_line(title)
    if len(title) > LONGEST_STATUS:
        raise Invalid(_("A status has 1 to %(most)s characters.", most=LONGEST_STATUS), field="title_en")
    return title


def _checked(title: str, others: Sequence[Status]) -> str:
    title = clean_line(title)
    if not 1 <= len(title) <= LONGEST_STATUS:
        raise Invalid(_("A status has 1 to %(most)s characters.", most=LONGEST_STATUS), field="title")
    if fold(title) in {fold(other.title) for other in others}:
        raise Invalid(_("There is a status of this name already."), field="title")
    return title


def set_status(organiser: Person, *, idea: Idea, status: Status, seen: Status | None) -> None:
    """Give an idea another status. Raises Conflict when it is no longer the one that the organiser saw."""
    require(may_set_status(organiser, idea))
    if idea.status_id != (seen.id if seen else None):
        raise _was_faster()
    if idea.status_id != status.id:
        change_status(organiser, idea, status.id)
        number = db.session.scalar(select(func.max(Entry.id)).where(Entry.thing_id == idea.id, Entry.thing == "ideas"))
        tell_about_status(idea, status, once=f"status-{number}")


def change_status(organiser: Person, idea: Idea, status_id: int | None) -> None:
    """From the status it is known to have to another, with a trace. Nobody is told."""
    changed = db.session.execute(
        update(Idea)
        .where(Idea.id == idea.id, Idea.status_id.is_not_distinct_from(idea.status_id))
        .values(status_id=status_id),
        execution_options={"synchronize_session": False},
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise _was_faster()
    db.session.refresh(idea, ["status_id", "status"])
    status = find_status(status_id) if status_id else None
    record(organiser, "answers.status", idea, note=status.title if status else "")
    db.session.flush()


def _was_faster() -> Conflict:
    return Conflict(_("Somebody else has just changed the status of this idea."))
