import secrets
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, reconstructor, relationship
from sqlalchemy.orm.attributes import set_committed_value

from ideenlab.accounts.models import Person
from ideenlab.city.models import District
from ideenlab.comments.models import Thread
from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime
from ideenlab.core.rereading import reread
from ideenlab.programme.models import Edition, Topic

TO_INDEX = "is_indexed = false AND state <> 'draft'"  # what the worker looks for
# What an order lists at all; an index holds only those, so that other ideas pay nothing for it
ANSWERED, CERTAIN, DIVIDING = "answered_at IS NOT NULL", "certainty > 0", "controversy > 0"
FILTERS = ("topic_id", "district_id", "status_id", "origin")  # in an index, so that counting need not read the ideas
PHASES = ("collect", "discuss", "support", "results")
LOTS = 2**31 - 1
MOST_IMAGES, MOST_CO_AUTHORS = 5, 5


def new_lot() -> int:
    return secrets.randbelow(LOTS)


def _some(name: str, which: str, *columns: str) -> Index:
    """An index that holds only rows of which this is true."""
    return Index(name, *columns, sqlite_where=text(which), postgresql_where=text(which))


class Call(Model):
    """An invitation to give ideas. Each phase is a pair of dates; the clock decides which are open."""

    __tablename__ = "calls"
    __table_args__ = (
        UniqueConstraint("slug"),
        CheckConstraint("support_mode IN ('yes', 'for_against', 'points')", name="support_mode"),
        CheckConstraint("1 <= points_most AND points_most <= points_each AND points_each <= 100", name="points"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    edition: Mapped[Edition] = relationship()
    slug: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(String(300), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    description_html: Mapped[str] = mapped_column(Text, default="")
    collect_from: Mapped[datetime | None] = mapped_column(UtcDateTime)
    collect_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    discuss_from: Mapped[datetime | None] = mapped_column(UtcDateTime)
    discuss_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    support_from: Mapped[datetime | None] = mapped_column(UtcDateTime)
    support_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    results_from: Mapped[datetime | None] = mapped_column(UtcDateTime)
    results_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answer_until: Mapped[datetime | None] = mapped_column(UtcDateTime)  # when the city wants to have answered
    support_mode: Mapped[str] = mapped_column(String(12), default="yes")  # frozen with the first support
    points_each: Mapped[int] = mapped_column(default=5)  # that a person may spread, in mode "points"
    points_most: Mapped[int] = mapped_column(default=3)  # of them on one idea
    first_support_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    is_premoderated: Mapped[bool] = mapped_column(default=False)
    takes_guests: Mapped[bool] = mapped_column(default=True)  # ideas and supports with an address only
    takes_images: Mapped[bool] = mapped_column(default=True)
    takes_co_authors: Mapped[bool] = mapped_column(default=True)
    takes_mentions: Mapped[bool] = mapped_column(default=True)
    takes_comment_votes: Mapped[bool] = mapped_column(default=True)
    shows_opinion_map: Mapped[bool] = mapped_column(default=False)  # only where people say dafür and dagegen
    revision: Mapped[int] = mapped_column(default=1)


class Status(Model):
    """How far the city is with an idea. Organisers may change the list."""

    __tablename__ = "statuses"
    __table_args__ = (UniqueConstraint("slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(60))  # the city's own words; the defaults are translated
    title_en: Mapped[str] = mapped_column(String(60), default="")  # where the city has English words of its own
    position: Mapped[int]
    is_final: Mapped[bool] = mapped_column(default=False)


_statuses = Status.__table__
_first_status = select(_statuses.c.id).order_by(_statuses.c.position, _statuses.c.id).limit(1).scalar_subquery()


class Idea(Model):
    """What a citizen proposes."""

    __tablename__ = "ideas"
    __table_args__ = (
        UniqueConstraint("call_id", "external_id"),
        UniqueConstraint("thread_id"),
        CheckConstraint("state IN ('draft', 'waiting', 'published', 'withdrawn', 'hidden', 'merged')", name="state"),
        CheckConstraint("origin IN ('online', 'workshop', 'postcard', 'telephone', 'import')", name="origin"),
        CheckConstraint("support_count >= 0 AND comment_count >= 0", name="counts"),
        CheckConstraint("against_count >= 0 AND unsure_count >= 0", name="votes"),
        CheckConstraint(f"image_count BETWEEN 0 AND {MOST_IMAGES}", name="images"),
        CheckConstraint(f"co_author_count BETWEEN 0 AND {MOST_CO_AUTHORS}", name="co_authors"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="pin"),
        Index("ix_ideas_newest", "call_id", "state", "published_at", "id"),
        Index("ix_ideas_newest_of_topic", "call_id", "state", "topic_id", "published_at", "id", *FILTERS[1:]),
        Index("ix_ideas_supported", "call_id", "state", "support_count", "id"),
        Index("ix_ideas_supported_of_topic", "call_id", "state", "topic_id", "support_count", "id"),
        Index("ix_ideas_lot", "call_id", "state", "lot", "id"),
        Index("ix_ideas_lot_of_topic", "call_id", "state", "topic_id", "lot", "id"),
        Index("ix_ideas_newest_of_district", "call_id", "state", "district_id", "published_at", "id"),
        Index("ix_ideas_newest_of_status", "call_id", "state", "status_id", "published_at", "id"),
        Index("ix_ideas_newest_of_origin", "call_id", "state", "origin", "published_at", "id"),
        Index("ix_ideas_discussed", "call_id", "state", "comment_count", "id"),
        _some("ix_ideas_answered", ANSWERED, "call_id", "state", "answered_at", "id"),
        _some("ix_ideas_certainty", CERTAIN, "call_id", "state", "certainty", "id", *FILTERS),
        _some("ix_ideas_controversy", DIVIDING, "call_id", "state", "controversy", "id", *FILTERS),
        Index("ix_ideas_author_id", "author_id"),
        _some("ix_ideas_to_index", TO_INDEX, "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"))
    call: Mapped[Call] = relationship()
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    author: Mapped[Person | None] = relationship(foreign_keys=[author_id])
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"))
    thread: Mapped[Thread] = relationship()
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id"))
    topic: Mapped[Topic | None] = relationship()
    district_id: Mapped[int | None] = mapped_column(ForeignKey("districts.id"))
    district: Mapped[District | None] = relationship()
    place: Mapped[str] = mapped_column(String(200), default="")  # an address in words
    latitude: Mapped[int | None]  # of the pin, in millionths of a degree
    longitude: Mapped[int | None]
    status_id: Mapped[int | None] = mapped_column(ForeignKey("statuses.id"), default=_first_status)
    status: Mapped[Status | None] = relationship()
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # the city's first answer that stands
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("ideas.id"), index=True)
    part_count: Mapped[int] = mapped_column(default=0)  # ideas joined into this one; their supports count here too
    label: Mapped[str] = mapped_column(String(80), default="")  # a category from outside that is no topic here
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    text_html: Mapped[str] = mapped_column(Text)
    excerpt: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[str] = mapped_column(String(10), default="draft")
    origin: Mapped[str] = mapped_column(String(10), default="online")
    external_id: Mapped[str | None] = mapped_column(String(80))
    source_url: Mapped[str] = mapped_column(String(500), default="")
    hidden_reason: Mapped[str] = mapped_column(String(500), default="")
    lot: Mapped[int] = mapped_column(BigInteger, default=new_lot)  # place in the random order
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # who typed it in for somebody
    entered_by: Mapped[Person | None] = relationship(foreign_keys=[entered_by_id])
    code_hash: Mapped[str | None] = mapped_column(String(64), index=True)  # printed, to follow it without an address
    support_count: Mapped[int] = mapped_column(default=0)  # yes, dafür, or points
    against_count: Mapped[int] = mapped_column(default=0)
    unsure_count: Mapped[int] = mapped_column(default=0)
    certainty: Mapped[int] = mapped_column(default=0)  # Wilson's lower bound of dafür, in millionths
    controversy: Mapped[int] = mapped_column(default=0)  # the larger, the more votes and the nearer to half and half
    comment_count: Mapped[int] = mapped_column(default=0)
    has_dots: Mapped[bool] = mapped_column(default=False)  # on paper; how many, the stations know
    image_count: Mapped[int] = mapped_column(default=0)
    co_author_count: Mapped[int] = mapped_column(default=0)  # invited ones and those who agreed
    tag_count: Mapped[int] = mapped_column(default=0)
    revision: Mapped[int] = mapped_column(default=1)
    is_indexed: Mapped[bool] = mapped_column(default=False)  # the worker puts it into the search
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    draft_warned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # its author knows that the draft will go

    @reconstructor
    def title_what_was_erased(self) -> None:
        """`privacy` leaves a title in German; English pages say it in English."""
        if self.__dict__.get("state") == "withdrawn" and (title := self.__dict__.get("title")):
            set_committed_value(self, "title", reread(title, "Deleted idea"))


class IdeaVersion(Model):
    """How an idea read before it was edited."""

    __tablename__ = "idea_versions"
    __table_args__ = (UniqueConstraint("idea_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"))
    revision: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id"))
    topic: Mapped[Topic | None] = relationship()
    district_id: Mapped[int | None] = mapped_column(ForeignKey("districts.id"))
    district: Mapped[District | None] = relationship()
    place: Mapped[str] = mapped_column(String(200), default="")
    latitude: Mapped[int | None]
    longitude: Mapped[int | None]
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Support(Model):
    """One person's yes or vote for an idea. Never shown to anybody else."""

    __tablename__ = "supports"

    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    value: Mapped[int] = mapped_column(SmallInteger, default=1)  # 1 yes or dafür, −1 dagegen, 0 weiß nicht; or points
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Budget(Model):
    """How many of their points a person has spread in a call. The database refuses one too many."""

    __tablename__ = "budgets"
    __table_args__ = (CheckConstraint("0 <= spent AND spent <= points_each", name="spent"),)

    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    points_each: Mapped[int]  # as in the call, whose rule is frozen by now
    spent: Mapped[int] = mapped_column(default=0)


class Claim(Model):
    """An address named for an idea. Its owner becomes the author with a click in a mail; until then it is nobody's."""

    __tablename__ = "idea_claims"
    __table_args__ = (UniqueConstraint("secret_hash"), Index("ix_idea_claims_address", "address"))

    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"), primary_key=True)
    idea: Mapped[Idea] = relationship()
    address: Mapped[str] = mapped_column(String(254))  # of the author, or of the guardian who is asked
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    person: Mapped[Person | None] = relationship()  # under 16, waiting for the guardian
    secret_hash: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(2), default="de")
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
