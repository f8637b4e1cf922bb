"""The programme of the two days, and what organisers say to everybody in them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line, clean_text
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import AgendaItem, Announcement, Hackathon
from ideenlab.hackathons.queries import announced_people, latest_announcement
from ideenlab.hackathons.rules import may_announce, may_change_agenda
from ideenlab.history.actions import record
from ideenlab.notifications.actions import tell


@dataclass(frozen=True)
class Item:
    """What stands on one line of the agenda."""

    title: str
    starts_at: datetime
    ends_at: datetime | None
    place: str = ""
    text: str = ""

    def columns(self) -> dict[str, object]:
        if self.ends_at and self.ends_at <= self.starts_at:
            raise Invalid(_("The end must come after the beginning."), field="ends_at")
        return {
            "title": clean_line(self.title), "starts_at": self.starts_at, "ends_at": self.ends_at,
            "place": clean_line(self.place), "text": clean_text(self.text),
        }  # fmt: skip


def add_agenda_item(organiser: Person, *, hackathon: Hackathon, item: Item) -> AgendaItem:
    require(may_change_agenda(organiser, hackathon))
    added = AgendaItem(hackathon=hackathon, **item.columns())
    db.session.add(added)
    record(organiser, "hackathons.agenda_added", hackathon, note=added.title)
    db.session.flush()
    return added


def edit_agenda_item(organiser: Person, *, line: AgendaItem, item: Item, revision: int) -> None:
    """Change a line, if nobody changed it since `revision` was read."""
    require(may_change_agenda(organiser, line.hackathon))
    saved = db.session.execute(
        update(AgendaItem)
        .where(AgendaItem.id == line.id, AgendaItem.revision == revision)
        .values(**item.columns(), revision=revision + 1)
        .execution_options(synchronize_session="fetch")
    )
    if not saved.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("Somebody else has changed this line meanwhile."))
    record(organiser, "hackathons.agenda_edited", line.hackathon, note=line.title)
    db.session.flush()


def remove_agenda_item(organiser: Person, *, line: AgendaItem) -> None:
    require(may_change_agenda(organiser, line.hackathon))
    record(organiser, "hackathons.agenda_removed", line.hackathon, note=line.title)
    db.session.delete(line)
    db.session.flush()


def announce(
    organiser: Person, *, hackathon: Hackathon, title: str, text: str, banner_until: datetime | None, by_mail: bool
) -> Announcement:
    """Tell everybody: on the page, as a banner until a moment, and by mail to everybody with a place.

    The same words twice in a minute are a second click, and are told once.
    """
    require(may_announce(organiser, hackathon))
    title, text, time = clean_line(title), clean_text(text), now()
    if banner_until and banner_until <= time:
        raise Invalid(_("This moment is over already."), field="banner_until")
    last = latest_announcement(hackathon)
    if last and (last.title, last.text) == (title, text) and (time - last.announced_at).total_seconds() < 60:
        return last
    made = Announcement(
        hackathon=hackathon, title=title, text=text, banner_until=banner_until, announced_by=organiser,
        announced_at=time,
    )  # fmt: skip
    db.session.add(made)
    record(organiser, "hackathons.announced", hackathon, note=title)
    db.session.flush()
    if by_mail:
        for person in announced_people(hackathon):
            key = f"hackathons.announced:{made.id}:{person.id}"
            tell(person, "hackathons/announcement", once_key=key, announcement=made, hackathon=hackathon)
    return made


def withdraw_announcement(organiser: Person, *, announcement: Announcement) -> None:
    """It is gone from page and banner. Mails that have left cannot be called back."""
    require(may_announce(organiser, announcement.hackathon))
    if announcement.withdrawn_at is None:
        announcement.withdrawn_at = now()
        record(organiser, "hackathons.announcement_withdrawn", announcement.hackathon, note=announcement.title)
    db.session.flush()
