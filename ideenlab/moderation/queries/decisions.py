from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import joinedload

from ideenlab.accounts.models import STAFF, Person, Role
from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound
from ideenlab.core.paging import PAGE, Page, read_cursor, write_cursor
from ideenlab.moderation.models import Appeal, Measure
from ideenlab.moderation.queries.kinds import KINDS, find_thing
from ideenlab.moderation.queries.things import Key

MOST_SHOWN = 100
ABOUT_SIGHT = ("hidden", "restored", "released", "refused", "change_asked")


def get_measure(measure_id: int) -> Measure:
    measure = find(Measure, measure_id)
    if measure is None:
        raise NotFound
    return measure


def measures_of(table: str, number: int) -> list[Measure]:
    """What was done about a thing, latest first."""
    chosen = _with_people().where(Measure.thing == table, Measure.thing_id == number)
    return list(db.session.scalars(chosen.order_by(Measure.id.desc()).limit(MOST_SHOWN)))


def latest_measure(table: str, number: int) -> Measure | None:
    """The one that decided whether the thing is seen."""
    chosen = select(Measure).where(Measure.thing == table, Measure.thing_id == number, Measure.kind.in_(ABOUT_SIGHT))
    return db.session.scalar(chosen.order_by(Measure.id.desc()).limit(1))


def measures_about(person: Person) -> list[Measure]:
    """Everything the moderation did about what this person wrote or owns with others, or about themselves."""
    shared = ((kind.table, kind.owned_by(person)) for kind in KINDS.values())
    ours = [and_(Measure.thing == table, Measure.thing_id.in_(numbers)) for table, numbers in shared if numbers]
    chosen = _with_people().where(or_(Measure.person_id == person.id, *ours))
    return list(db.session.scalars(chosen.order_by(Measure.id.desc()).limit(MOST_SHOWN)))


def people_concerned(measure: Measure) -> set[int]:
    """Whom a measure is about: one person, or all to whom the thing belongs now."""
    if measure.person_id is not None:
        return {measure.person_id}
    thing = find_thing(measure.thing, measure.thing_id)
    return {person.id for person in thing.concerned} if thing else set()


def _with_people() -> "Select[Measure]":
    names = (joinedload(Measure.by).lazyload(Person.roles), joinedload(Measure.person).lazyload(Person.roles))
    return select(Measure).options(*names)


def list_measures(*, kind: str = "", by_id: int | None = None, after: str = "") -> Page[Measure]:
    """The log, latest first."""
    chosen = _with_people().order_by(Measure.id.desc()).limit(PAGE + 1)
    if kind:
        chosen = chosen.where(Measure.kind == kind)
    if by_id:
        chosen = chosen.where(Measure.by_id == by_id)
    if cursor := read_cursor(after, int):
        chosen = chosen.where(Measure.id < int(cursor[0]))
    rows = list(db.session.scalars(chosen))
    return Page(rows[:PAGE], write_cursor(rows[PAGE - 1].id) if len(rows) > PAGE else "")


def moderators() -> list[Person]:
    """Who has taken a measure, by name."""
    acted = select(Measure.by_id).where(Measure.by_id.is_not(None))
    return list(db.session.scalars(select(Person).where(Person.id.in_(acted)).order_by(Person.pseudonym_folded)))


def find_appeal(measure: Measure) -> Appeal | None:
    return db.session.scalar(select(Appeal).where(Appeal.measure_id == measure.id))


def get_appeal(appeal_id: int) -> Appeal:
    appeal = find(Appeal, appeal_id)
    if appeal is None:
        raise NotFound
    return appeal


def appeals_among(measures: list[Measure]) -> dict[int, Appeal]:
    """By the number of the measure."""
    numbers = [measure.id for measure in measures]
    found = db.session.scalars(select(Appeal).where(Appeal.measure_id.in_(numbers)))
    return {appeal.measure_id: appeal for appeal in found}


def open_appeals() -> list[Appeal]:
    waiting = select(Appeal).where(Appeal.decided_at.is_(None)).order_by(Appeal.due_at, Appeal.id).limit(MOST_SHOWN)
    return list(db.session.scalars(waiting))


def others_who_decide(*but: int | None) -> list[int]:
    """The numbers of the people who could decide instead of these."""
    able = select(Person.id).join(Role).where(Role.name.in_(STAFF), Person.state == "active").distinct()
    return list(db.session.scalars(able.where(Person.id.not_in([number for number in but if number]))))


def decision_on(key: Key) -> Measure | None:
    """The measure that a thing is out of sight for, or None."""
    latest = latest_measure(*key)
    return latest if latest is not None and latest.kind in ("hidden", "refused", "change_asked") else None
