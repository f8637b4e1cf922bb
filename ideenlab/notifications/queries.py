from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, func, select

from ideenlab.accounts.models import Person
from ideenlab.core.db import LARGEST_ID, Model, db
from ideenlab.core.errors import NotFound
from ideenlab.core.paging import PAGE, Page, read_cursor, write_cursor
from ideenlab.notifications.models import DEFAULT_PACES, IMPORTANT, Follow, MailPreference, Notice

MOST_COUNTED = 100
# Asked on every page of somebody who is signed in, so put together once
_UNREAD = select(func.count()).select_from(
    select(Notice.id)
    .where(Notice.person_id == bindparam("person_id"), Notice.read_at.is_(None))
    .limit(MOST_COUNTED)
    .subquery()
)
_FOLLOWED = select(Follow.thing_id).where(
    Follow.person_id == bindparam("person_id"),
    Follow.thing == bindparam("thing"),
    Follow.thing_id.in_(bindparam("numbers", expanding=True)),
)


def is_following(person: Person | None, thing: Model) -> bool:
    return person is not None and bool(followed_among(person, thing.__tablename__, {number_of(thing)}))


def number_of(thing: Model) -> int:
    number: int = thing.id  # type: ignore[attr-defined]
    return number


def followed_among(person: Person | None, thing: str, numbers: Collection[int]) -> set[int]:
    """Which of these things of a table the person follows."""
    if person is None or not numbers:
        return set()
    values = {"person_id": person.id, "thing": thing, "numbers": list(numbers)}
    return set(db.session.connection().scalars(_FOLLOWED, values))


def followed_numbers(person: Person, thing: str) -> list[int]:
    """The things of a table that the person follows, the latest first."""
    own = select(Follow.thing_id).where(Follow.person_id == person.id, Follow.thing == thing)
    return list(db.session.scalars(own.order_by(Follow.created_at.desc(), Follow.thing_id.desc())))


def unread_number(person: Person) -> int:
    """How many notices are unread; of very many, that there are a hundred."""
    return db.session.connection().scalar(_UNREAD, {"person_id": person.id}) or 0


def notices_of(person: Person, cursor: str | None = None) -> Page[Notice]:
    """The latest first."""
    own = select(Notice).where(Notice.person_id == person.id)
    after = read_cursor(cursor, int)
    if after:
        own = own.where(Notice.id < min(int(after[0]), LARGEST_ID))
    rows = list(db.session.scalars(own.order_by(Notice.id.desc()).limit(PAGE + 1)))
    return Page(rows[:PAGE], write_cursor(rows[PAGE - 1].id) if len(rows) > PAGE else "")


def get_notice(person: Person, notice_id: int) -> Notice:
    """One of the person's own; those of others do not exist."""
    notice = db.session.get(Notice, notice_id) if 0 < notice_id <= LARGEST_ID else None
    if notice is None or notice.person_id != person.id:
        raise NotFound
    return notice


def was_told(thing: Model, once: str) -> bool:
    """Whether anybody heard of this event already."""
    about = select(Notice.id).where(Notice.thing == thing.__tablename__, Notice.thing_id == number_of(thing))
    return db.session.scalar(about.where(Notice.once_key == once).limit(1)) is not None


def paces_of(person: Person) -> dict[str, str]:
    """For each kind how soon the person gets its mails."""
    chosen = select(MailPreference.kind, MailPreference.pace).where(MailPreference.person_id == person.id)
    return DEFAULT_PACES | {kind: pace for kind, pace in db.session.execute(chosen) if kind in DEFAULT_PACES}


def pace_of(person: Person, kind: str) -> str:
    if kind == IMPORTANT:
        return "at_once"
    chosen = db.session.get(MailPreference, (person.id, kind))
    return chosen.pace if chosen else DEFAULT_PACES[kind]


def who_waits(moment: datetime, *, after: int) -> Person | None:
    """The next person, by number, for whom a digest is due."""
    due = select(func.min(Notice.person_id)).where(Notice.mail_at <= moment, Notice.person_id > after)
    number = db.session.scalar(due)
    return db.session.get(Person, number) if number else None
