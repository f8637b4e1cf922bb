"""A hackathon is planned by itself, then everybody sees it; and next year begins with what was there."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict
from ideenlab.core.i18n import city_zone
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.hackathons.actions.planning import NEVER_A_SLUG
from ideenlab.hackathons.models import MOMENTS, AgendaItem, Hackathon, Question
from ideenlab.hackathons.queries import agenda_of, free_slug, hackathons_in, somebody_registered
from ideenlab.hackathons.rules import may_manage_hackathons, may_publish_hackathon, may_unpublish_hackathon
from ideenlab.history.actions import record
from ideenlab.programme.actions import weeks_between
from ideenlab.programme.models import Edition

COPIED = (
    "place", "summary", "description", "description_html", "places", "team_size_min", "team_size_max",
    "code_of_conduct", "code_of_conduct_html", "house_rules", "house_rules_html", "mail_note", "needs_approval",
    "offer_hours", "deadline_rule", "required_fields",
)  # fmt: skip

Copying = Callable[[Hackathon, Hackathon], None]
_copyings: list[Copying] = []


def on_copying(*copyings: Copying) -> None:
    """What upper floors take along from one hackathon into its copy, named once by `create_app`."""
    _copyings[:] = copyings


def publish_hackathon(organiser: Person, *, hackathon: Hackathon) -> None:
    """From now on everybody sees it."""
    require(may_publish_hackathon(organiser, hackathon, now()))
    hackathon.published_at = now()
    record(organiser, "hackathons.published", hackathon)
    db.session.flush()


def unpublish_hackathon(organiser: Person, *, hackathon: Hackathon) -> None:
    """Take the page back, as long as nobody has registered or waits for a place."""
    require(may_unpublish_hackathon(organiser, hackathon))
    db.session.refresh(hackathon, with_for_update=True)  # whoever registers now waits, and then finds no page
    if somebody_registered(hackathon):
        raise Conflict(_("Somebody has just registered."))
    hackathon.published_at = None
    record(organiser, "hackathons.unpublished", hackathon)
    db.session.flush()


def copy_hackathon(
    organiser: Person, *, hackathon: Hackathon, title: str, edition: Edition, starts_at: datetime
) -> Hackathon:
    """A new one with texts, places, questions, agenda and windows of an old one, each date as many days later.

    Hours stay as they are on the clock of the city, also where the clock is changed in between.
    """
    require(may_manage_hackathons(organiser))
    zone = ZoneInfo(city_zone())
    days = (starts_at.astimezone(zone).date() - hackathon.starts_at.astimezone(zone).date()).days
    moments = {name: _later(getattr(hackathon, name), days, zone) for name in MOMENTS}
    moments |= {"starts_at": starts_at}
    copied = {name: getattr(hackathon, name) for name in COPIED}
    slug = free_slug(title, taken=NEVER_A_SLUG)
    made = Hackathon(title=title, slug=slug, edition=edition, **copied, **moments)
    db.session.add(made)
    record(organiser, "hackathons.copied", made, note=hackathon.title)
    for question in db.session.scalars(select(Question).where(Question.hackathon_id == hackathon.id)).all():
        names = ("position", "kind", "text", "hint", "choices", "is_required")
        db.session.add(Question(hackathon=made, **{name: getattr(question, name) for name in names}))
    for item in agenda_of(hackathon):
        begin, end = _later(item.starts_at, days, zone), _later(item.ends_at, days, zone)
        db.session.add(
            AgendaItem(hackathon=made, starts_at=begin, ends_at=end, title=item.title, place=item.place, text=item.text)
        )
    db.session.flush()
    for copying in _copyings:
        copying(hackathon, made)
    return made


def take_hackathons_along(organiser: Person, before: Edition, copy: Edition) -> None:
    """The next week begins with the hackathons of the last one, whole weeks later and not published."""
    zone = ZoneInfo(city_zone())
    weeks = weeks_between(before, copy).days
    for hackathon in hackathons_in(before):
        starts_at = _later(hackathon.starts_at, weeks, zone)
        assert starts_at is not None
        copy_hackathon(organiser, hackathon=hackathon, title=hackathon.title, edition=copy, starts_at=starts_at)


def _later(moment: datetime | None, days: int, zone: ZoneInfo) -> datetime | None:
    return moment and (moment.astimezone(zone) + timedelta(days=days)).astimezone(moment.tzinfo)
