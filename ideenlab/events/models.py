from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideenlab.accounts.models import Person
from ideenlab.attendance.models import STATES, Attendance, Places
from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime
from ideenlab.partners.models import Partner
from ideenlab.programme.models import Edition, Topic

FORMATS = (
    "workshop", "talk", "congress", "citizens_lab", "hackathon", "exhibition", "tour", "online", "other",
)  # fmt: skip
EVENT_STATES = ("draft", "proposed", "returned", "published", "refused", "withdrawn", "cancelled")
SIGN_UPS = ("none", "here", "elsewhere")
SIGN_UP_SOURCES = ("online", "telephone", "walk_in")


class Venue(Model):
    """A place where events are held, and how one gets into it."""

    __tablename__ = "venues"
    __table_args__ = (
        UniqueConstraint("title_folded"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="pin"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    title_folded: Mapped[str] = mapped_column(String(240))
    address: Mapped[str] = mapped_column(String(200), default="")
    access_notes: Mapped[str] = mapped_column(String(500), default="")  # steps, lift, toilet, induction loop
    is_accessible: Mapped[bool] = mapped_column(default=False)  # without steps, with a toilet
    latitude: Mapped[int | None]  # in millionths of a degree
    longitude: Mapped[int | None]
    revision: Mapped[int] = mapped_column(default=1)


class EventSeries(Model):
    """Events that belong together: one after the other, or again."""

    __tablename__ = "event_series"

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    edition: Mapped[Edition] = relationship()
    title: Mapped[str] = mapped_column(String(120))


class Event(Model):
    """An appointment of the programme."""

    __tablename__ = "events"
    __table_args__ = (
        UniqueConstraint("edition_id", "external_id"),
        CheckConstraint(f"format IN {FORMATS}", name="format"),
        CheckConstraint(f"state IN {EVENT_STATES}", name="state"),
        CheckConstraint(f"sign_up IN {SIGN_UPS}", name="sign_up"),
        CheckConstraint("ends_at > starts_at", name="ends_at"),
        CheckConstraint("places >= 1", name="places"),
        CheckConstraint("registered_count >= 0 AND registered_count <= places", name="registered_count"),
        Index("ix_events_programme", "edition_id", "state", "starts_at", "id"),
        Index("ix_events_partner_id", "partner_id", "state", "starts_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    edition: Mapped[Edition] = relationship()
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("partners.id"))
    partner: Mapped[Partner | None] = relationship()
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id"), index=True)
    topic: Mapped[Topic | None] = relationship()
    series_id: Mapped[int | None] = mapped_column(ForeignKey("event_series.id"), index=True)
    series: Mapped[EventSeries | None] = relationship()
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venues.id"), index=True)
    venue: Mapped[Venue | None] = relationship()
    external_id: Mapped[str | None] = mapped_column(String(80))  # of an import, so that it can be run again
    format: Mapped[str] = mapped_column(String(20), default="workshop")
    state: Mapped[str] = mapped_column(String(10), default="draft")
    title: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(String(300), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    description_html: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(20), default="de")
    room: Mapped[str] = mapped_column(String(80), default="")
    track: Mapped[str] = mapped_column(String(60), default="")  # what runs side by side has different ones
    online_url: Mapped[str] = mapped_column(String(500), default="")  # shown to those who have a place
    access_notes: Mapped[str] = mapped_column(String(500), default="")  # sign language, subtitles, companion
    is_for_families: Mapped[bool] = mapped_column(default=False)
    is_accessible: Mapped[bool] = mapped_column(default=False)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sign_up: Mapped[str] = mapped_column(String(10), default="none")
    sign_up_url: Mapped[str] = mapped_column(String(500), default="")  # the partner's own page
    sign_up_until: Mapped[datetime | None] = mapped_column(UtcDateTime)  # else until it begins
    places: Mapped[int] = mapped_column(default=30)
    registered_count: Mapped[int] = mapped_column(default=0)
    offer_hours: Mapped[int] = mapped_column(default=24)
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    proposed_by: Mapped[Person | None] = relationship(foreign_keys=[proposed_by_id])
    proposed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancelled_reason: Mapped[str] = mapped_column(String(500), default="")
    moved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # another time or place than first published
    sequence: Mapped[int] = mapped_column(default=0)  # of the calendar entry: one more with every move
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class EventPartner(Model):
    """A further partner of an event."""

    __tablename__ = "event_partners"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True)
    partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id"), primary_key=True, index=True)
    partner: Mapped[Partner] = relationship()


class EventMessage(Model):
    """A question or an answer between organisers and those who propose an event."""

    __tablename__ = "event_messages"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    event: Mapped[Event] = relationship()
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    person: Mapped[Person | None] = relationship()
    text: Mapped[str] = mapped_column(String(1000))
    state: Mapped[str] = mapped_column(String(10), default="")  # which the event got with it
    written_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class EventHelper(Model):
    """Somebody who types in who calls, for all events of one week. Named by organisers."""

    __tablename__ = "event_helpers"
    __table_args__ = (UniqueConstraint("edition_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    edition: Mapped[Edition] = relationship()
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    person: Mapped[Person] = relationship()
    named_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class EventLetter(Model):
    """A letter to everybody with a place, until the worker has written all its mails."""

    __tablename__ = "event_letters"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    event: Mapped[Event] = relationship()
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(String(3000))
    last_told_id: Mapped[int] = mapped_column(default=0)  # of the sign-up that was told last


class SignUp(Attendance, Model):
    """One person's place at an event. An account is not needed: a name and an address, which is asked first."""

    __tablename__ = "sign_ups"
    __table_args__ = (
        UniqueConstraint("event_id", "email"),
        UniqueConstraint("event_id", "person_id"),
        UniqueConstraint("ticket_code"),
        UniqueConstraint("link_hash"),
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint(f"source IN {SIGN_UP_SOURCES}", name="source"),
        CheckConstraint("state <> 'offered' OR offered_until IS NOT NULL", name="offered_until"),
        Index("ix_sign_ups_queue", "event_id", "state", "created_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    event: Mapped[Event] = relationship()
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str | None] = mapped_column(String(254))  # normalised; none for somebody on the telephone
    phone: Mapped[str] = mapped_column(String(40), default="")
    note: Mapped[str] = mapped_column(String(300), default="")  # for the organisers: a child along, a wheelchair
    language: Mapped[str] = mapped_column(String(2), default="de")  # of the mails
    link_hash: Mapped[str | None] = mapped_column(String(64))  # of the link that shows and cancels it
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # before, the address is not proved
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # who typed it in for somebody
    entered_by: Mapped[Person | None] = relationship(foreign_keys=[entered_by_id])
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    told_sequence: Mapped[int] = mapped_column(default=0)  # up to which move this person was told


EVENT_PLACES = Places(SignUp, Event, "event")


class PlanEntry(Model):
    """An event that somebody has put into their own plan."""

    __tablename__ = "plan_entries"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), primary_key=True, index=True)
    event: Mapped[Event] = relationship()
    added_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class CalendarLink(Model):
    """The secret address at which somebody's own calendar reads their plan. Made anew when it leaked."""

    __tablename__ = "calendar_links"
    __table_args__ = (UniqueConstraint("secret_hash"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    person: Mapped[Person] = relationship()
    secret_hash: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
