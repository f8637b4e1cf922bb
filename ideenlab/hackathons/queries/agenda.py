from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ideenlab.accounts.models import Person
from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound
from ideenlab.core.i18n import city_zone
from ideenlab.hackathons.models import AgendaItem, Announcement, Hackathon, Registration


def agenda_of(hackathon: Hackathon) -> Sequence[AgendaItem]:
    """The programme in the order of time."""
    return db.session.scalars(
        select(AgendaItem).where(AgendaItem.hackathon_id == hackathon.id).order_by(AgendaItem.starts_at, AgendaItem.id)
    ).all()


def agenda_by_day(hackathon: Hackathon) -> list[tuple[date, list[AgendaItem]]]:
    """The programme by days as the city counts them."""
    zone = ZoneInfo(city_zone())
    return [
        (day, list(items))
        for day, items in groupby(agenda_of(hackathon), lambda item: item.starts_at.astimezone(zone).date())
    ]


def get_agenda_item(hackathon: Hackathon, item_id: int) -> AgendaItem:
    item = find(AgendaItem, item_id)
    if item is None or item.hackathon_id != hackathon.id:
        raise NotFound
    return item


def next_items(hackathon: Hackathon, now: datetime, *, most: int = 3) -> Sequence[AgendaItem]:
    """What is going on or comes next."""
    return db.session.scalars(
        select(AgendaItem)
        .where(
            AgendaItem.hackathon_id == hackathon.id,
            (AgendaItem.ends_at > now) | (AgendaItem.ends_at.is_(None) & (AgendaItem.starts_at > now)),
        )
        .order_by(AgendaItem.starts_at, AgendaItem.id)
        .limit(most)
    ).all()


def announcements_of(hackathon: Hackathon) -> Sequence[Announcement]:
    """What was announced and holds, newest first."""
    return db.session.scalars(
        select(Announcement)
        .where(Announcement.hackathon_id == hackathon.id, Announcement.withdrawn_at.is_(None))
        .order_by(Announcement.announced_at.desc(), Announcement.id.desc())
        .limit(100)
    ).all()


def get_announcement(hackathon: Hackathon, announcement_id: int) -> Announcement:
    found = find(Announcement, announcement_id)
    if found is None or found.hackathon_id != hackathon.id:
        raise NotFound
    return found


def latest_announcement(hackathon: Hackathon) -> Announcement | None:
    return next(iter(announcements_of(hackathon)), None)


def banners_of(hackathon: Hackathon, now: datetime) -> list[Announcement]:
    """What stands at the top of the pages at present."""
    return [each for each in announcements_of(hackathon) if each.banner_until and now < each.banner_until]


def announced_people(hackathon: Hackathon) -> Sequence[Person]:
    """Everybody with a place."""
    return db.session.scalars(
        select(Person)
        .join(Registration, Registration.person_id == Person.id)
        .where(Registration.hackathon_id == hackathon.id, Registration.state == "registered")
        .options(joinedload(Person.roles))
        .order_by(Person.id)
    ).unique().all()  # fmt: skip
