from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound
from ideenlab.core.security import hash_secret
from ideenlab.ideas.models import Call, Idea
from ideenlab.stations.models import Card, DotCount, Kiosk, OffWall, Station, StationHelper, Wall

ON_THE_WALL = 5


@dataclass(frozen=True)
class Totals:
    """Supports of an idea by the way they came. Paper and online may hold the same person twice: nobody can know."""

    online: int
    by_station: list[tuple[str, int]]

    @property
    def on_paper(self) -> int:
        return sum(dots for _name, dots in self.by_station)

    @property
    def together(self) -> int:
        return self.online + self.on_paper


@dataclass(frozen=True)
class CallTotals:
    """How the ideas and supports of a call came."""

    ideas_online: int
    ideas_kiosk: int
    ideas_paper: int
    supports_online: int
    dots: int


@dataclass(frozen=True)
class WallView:
    """What the wall shows. `version` changes whenever any of it does."""

    ideas: list[Idea]
    idea_count: int
    support_count: int
    dots: int
    is_blank: bool

    @property
    def version(self) -> str:
        shown = [
            (idea.id, idea.revision, idea.support_count, idea.author and idea.author.pseudonym) for idea in self.ideas
        ]
        return hash_secret(repr((shown, self.idea_count, self.support_count, self.dots, self.is_blank)), purpose="wall")


def get_station(station_id: int) -> Station:
    station = find(Station, station_id)
    if station is None:
        raise NotFound
    return station


def find_station_by_link(link: str) -> Station | None:
    if not link:
        return None
    return db.session.scalar(select(Station).where(Station.link_hash == hash_secret(link, purpose="station")))


def stations_of(call: Call) -> list[Station]:
    return list(db.session.scalars(select(Station).where(Station.call_id == call.id).order_by(Station.id)))


def stations_helped_by(person: Person) -> list[Station]:
    """Where somebody was asked to type in and check, the open ones."""
    mine = select(StationHelper.station_id).where(StationHelper.person_id == person.id)
    chosen = select(Station).where(Station.id.in_(mine), Station.active_until > now())
    return list(db.session.scalars(chosen.options(joinedload(Station.call)).order_by(Station.id)))


def helpers_of(station: Station) -> list[Person]:
    chosen = select(Person).join(StationHelper, StationHelper.person_id == Person.id)
    chosen = chosen.where(StationHelper.station_id == station.id)
    return list(db.session.scalars(chosen.order_by(Person.pseudonym_folded, Person.id)))


def is_helper(person: Person, station: Station) -> bool:
    return db.session.get(StationHelper, (station.id, person.id)) is not None


def find_kiosk(secret: str) -> Kiosk | None:
    """The living kiosk behind a cookie's secret."""
    if not secret:
        return None
    at = now()
    kiosk = db.session.scalar(
        select(Kiosk).where(Kiosk.secret_hash == hash_secret(secret, purpose="kiosk"), Kiosk.expires_at > at)
    )
    return kiosk if kiosk and kiosk.station.active_until > at else None


def get_card(card_id: int) -> Card:
    card = find(Card, card_id)
    if card is None:
        raise NotFound
    return card


def cards_to_check(station: Station) -> list[Card]:
    """The oldest first."""
    chosen = select(Card).where(Card.station_id == station.id, Card.state == "entered").options(
        joinedload(Card.entered_by).lazyload(Person.roles)
    )  # fmt: skip
    return list(db.session.scalars(chosen.order_by(Card.id).limit(200)))


def checked_cards(station: Station, *, limit: int = 20) -> list[Card]:
    chosen = select(Card).where(Card.station_id == station.id, Card.way == "paper", Card.state == "checked").options(
        joinedload(Card.idea), joinedload(Card.checked_by).lazyload(Person.roles)
    )  # fmt: skip
    return list(db.session.scalars(chosen.order_by(Card.id.desc()).limit(limit)))


def find_double_of_kiosk(station: Station, *, title: str, text: str, since: datetime) -> Card | None:
    """The same words at the same station a moment ago: a double press."""
    same = select(Card).join(Card.idea).where(
        Card.station_id == station.id, Card.way == "kiosk", Card.entered_at >= since, Idea.title == title,
        Idea.text == text,
    )  # fmt: skip
    return db.session.scalars(same.order_by(Card.id.desc()).limit(1)).first()


def find_code_among_cards(code_hash: str) -> Card | None:
    return db.session.scalars(select(Card).where(Card.code_hash == code_hash).order_by(Card.id).limit(1)).first()


def get_count(count_id: int) -> DotCount:
    count = find(DotCount, count_id)
    if count is None:
        raise NotFound
    return count


def counts_of(station: Station, *, limit: int = 200) -> list[DotCount]:
    """Every row of the ledger, the latest first: also those that were corrected since."""
    chosen = select(DotCount).where(DotCount.station_id == station.id).options(
        joinedload(DotCount.idea), joinedload(DotCount.entered_by).lazyload(Person.roles),
        joinedload(DotCount.checked_by).lazyload(Person.roles),
    )  # fmt: skip
    return list(db.session.scalars(chosen.order_by(DotCount.id.desc()).limit(limit)))


def valid_counts(counts: Iterable[DotCount]) -> set[int]:
    """Of rows with the latest first, the numbers of those that count: the last checked one of each sheet."""
    seen: dict[tuple[int, int], int] = {}
    for count in counts:
        if count.checked_by_id is not None:
            seen.setdefault((count.station_id, count.idea_id), count.id)
    return set(seen.values())


def station_totals_of(idea: Idea) -> Totals | None:
    """Supports online and on paper; None where no station has counted anything for this idea."""
    if not idea.has_dots:
        return None
    last = (
        select(func.max(DotCount.id))
        .where(DotCount.idea_id == idea.id, DotCount.checked_by_id.is_not(None))
        .group_by(DotCount.station_id)
    )
    rows = db.session.execute(
        select(Station.name, DotCount.dots)
        .join(Station, Station.id == DotCount.station_id)
        .where(DotCount.id.in_(last))
        .order_by(Station.id)
    ).all()
    return Totals(idea.support_count, [(name, dots) for name, dots in rows]) if rows else None


def call_totals(call: Call) -> CallTotals:
    published = (Idea.call_id == call.id, Idea.state == "published")
    ideas, supports = db.session.execute(
        select(func.count(Idea.id), func.coalesce(func.sum(Idea.support_count), 0)).where(*published)
    ).one()
    ways = select(Card.way, func.count()).join(Card.idea).where(*published).group_by(Card.way)
    by_way: dict[str, int] = {way: number for way, number in db.session.execute(ways)}
    kiosk, paper = by_way.get("kiosk", 0), by_way.get("paper", 0)
    return CallTotals(int(ideas) - kiosk - paper, kiosk, paper, int(supports), dots_of_call(call))


def dots_of_call(call: Call) -> int:
    last = (
        select(func.max(DotCount.id))
        .join(Station, Station.id == DotCount.station_id)
        .where(Station.call_id == call.id, DotCount.checked_by_id.is_not(None))
        .group_by(DotCount.station_id, DotCount.idea_id)
    )
    dots = select(func.coalesce(func.sum(DotCount.dots), 0)).join(DotCount.idea).where(
        DotCount.id.in_(last), Idea.state == "published"
    )  # fmt: skip
    return int(db.session.scalar(dots) or 0)


def wall_of(call: Call) -> WallView:
    """The newest released ideas that nobody took off the wall, and how much there is in all."""
    wall = db.session.get(Wall, call.id)
    published = (Idea.call_id == call.id, Idea.state == "published")
    off = select(OffWall.idea_id).where(OffWall.idea_id == Idea.id)
    newest = (
        select(Idea)
        .where(*published, ~off.exists())
        .order_by(Idea.published_at.desc(), Idea.id.desc())
        .options(joinedload(Idea.author).lazyload(Person.roles), joinedload(Idea.topic))
        .limit(ON_THE_WALL)
    )
    is_blank = wall is not None and wall.blanked_at is not None
    ideas, supports = db.session.execute(
        select(func.count(Idea.id), func.coalesce(func.sum(Idea.support_count), 0)).where(*published)
    ).one()
    shown = [] if is_blank else list(db.session.scalars(newest))
    return WallView(shown, int(ideas), int(supports), dots_of_call(call), is_blank)


def taken_off_wall(call: Call, *, limit: int = 20) -> list[Idea]:
    """What moderators took off the wall, the latest first."""
    chosen = select(Idea).join(OffWall, OffWall.idea_id == Idea.id).where(Idea.call_id == call.id)
    return list(db.session.scalars(chosen.order_by(OffWall.removed_at.desc(), Idea.id.desc()).limit(limit)))


def ideas_for_sheets(call: Call, *, most: int) -> list[Idea]:
    """In the order they were given, so that a sheet is found again."""
    chosen = select(Idea).where(Idea.call_id == call.id, Idea.state == "published").order_by(Idea.id)
    return list(db.session.scalars(chosen.limit(most)))
