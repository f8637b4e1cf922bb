from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import machine_time
from ideenlab.core.phases import is_open
from ideenlab.core.text import render_markdown
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import MOMENTS, WINDOWS, Hackathon
from ideenlab.hackathons.queries import find_hackathon, free_slug, people_in_teams_of
from ideenlab.hackathons.rules import may_change_hackathon, may_extend_deadline, may_manage_hackathons
from ideenlab.history.actions import record
from ideenlab.notifications.actions import tell
from ideenlab.programme.models import Edition

MORE_MINUTES = 15
Moves = dict[str, tuple[datetime | None, datetime | None]]  # by the name of the date: old and new
NEVER_A_SLUG = {"neu", "new", "admin", "api", "null", "undefined", "none", "en", "static"}


@dataclass(frozen=True)
class Plan:
    """What organisers decide about a hackathon. `moments` holds every date by the name of its column."""

    title: str
    edition: Edition
    slug: str
    place: str
    summary: str
    description: str
    places: int
    team_size_min: int
    team_size_max: int
    moments: dict[str, datetime | None]
    code_of_conduct: str = ""
    house_rules: str = ""
    mail_note: str = ""
    needs_approval: bool = False
    offer_hours: int = 24
    deadline_rule: str = "written"
    required_fields: str = "title pitch description"

    def columns(self) -> dict[str, Any]:
        return {
            "title": self.title, "edition_id": self.edition.id, "slug": self.slug, "place": self.place,
            "summary": self.summary, "description": self.description,
            "description_html": render_markdown(self.description), "places": self.places,
            "team_size_min": self.team_size_min, "team_size_max": self.team_size_max, **self.moments,
            "code_of_conduct": self.code_of_conduct, "code_of_conduct_html": render_markdown(self.code_of_conduct),
            "house_rules": self.house_rules, "house_rules_html": render_markdown(self.house_rules),
            "mail_note": self.mail_note, "needs_approval": self.needs_approval, "offer_hours": self.offer_hours,
            "deadline_rule": self.deadline_rule, "required_fields": self.required_fields,
        }  # fmt: skip


def create_hackathon(organiser: Person, *, plan: Plan) -> Hackathon:
    """Without a slug, one is made from the title."""
    require(may_manage_hackathons(organiser))
    _check(plan)
    hackathon = Hackathon(**{**plan.columns(), "slug": plan.slug or free_slug(plan.title, taken=NEVER_A_SLUG)})
    _check_slug(hackathon.slug, None)
    db.session.add(hackathon)
    try:
        record(organiser, "hackathons.created", hackathon)
    except IntegrityError as error:
        raise Conflict(_("Another hackathon has just taken this address.")) from error
    db.session.flush()
    return hackathon


def edit_hackathon(
    organiser: Person, *, hackathon: Hackathon, plan: Plan, revision: int, confirmed: bool = False
) -> None:
    """Change what is planned, if nobody changed it since `revision` was read.

    A change that ends an open window at once needs `confirmed`; without, Invalid at `confirmed`.
    """
    require(may_change_hackathon(organiser, hackathon))
    if revision != hackathon.revision:
        raise Conflict(_("Somebody else has changed this hackathon meanwhile."))
    _check(plan)
    _check_slug(plan.slug, hackathon)
    if plan.places < hackathon.registered_count:
        text = _(
            "%(count)s people are registered already. There cannot be fewer places.", count=hackathon.registered_count
        )
        raise Invalid(text, field="places")
    if ended_by(plan, hackathon) and not confirmed:
        raise Invalid(_("Please confirm that you want to end this at once."), field="confirmed")
    columns, moved = plan.columns(), moved_by(plan, hackathon)
    columns |= {name: getattr(hackathon, name) for name in MOMENTS if name not in moved}
    deadline_before = hackathon.submission_until
    _save(hackathon, revision, columns)
    _record_change(organiser, hackathon, moved)
    if "submission_until" in moved and deadline_before:
        _tell_the_teams(hackathon)
    db.session.flush()


def extend_deadline(organiser: Person, *, hackathon: Hackathon, revision: int, minutes: int = MORE_MINUTES) -> None:
    """Move the deadline for everybody, and with it the start of the jury where that would come too early."""
    require(may_extend_deadline(organiser, hackathon, minutes, now()))
    moved = extended_moments(hackathon, minutes)
    before: Moves = {name: (getattr(hackathon, name), value) for name, value in moved.items()}
    _save(hackathon, revision, dict(moved))
    _record_change(organiser, hackathon, before)
    _tell_the_teams(hackathon)
    db.session.flush()


def extended_moments(hackathon: Hackathon, minutes: int) -> dict[str, datetime]:
    if hackathon.submission_until is None:
        return {}
    until = hackathon.submission_until + timedelta(minutes=minutes)
    moved = {"submission_until": until}
    start, end = hackathon.scoring_from, hackathon.scoring_until
    if start and hackathon.submission_until <= start < until and (end is None or until < end):
        moved["scoring_from"] = until
    return moved


def moved_by(plan: Plan, hackathon: Hackathon) -> Moves:
    """The dates a plan would change, each with the old and the new one. Forms know no seconds."""
    pairs = {name: (getattr(hackathon, name), plan.moments.get(name)) for name in MOMENTS}
    return {name: (old, new) for name, (old, new) in pairs.items() if _minute(old) != _minute(new)}


def ended_by(plan: Plan, hackathon: Hackathon) -> list[str]:
    """The windows that are open now and would be closed as soon as the plan is saved."""
    time, moved = now(), moved_by(plan, hackathon)

    def planned(name: str) -> datetime | None:
        return moved[name][1] if name in moved else getattr(hackathon, name)

    ended = []
    for name in WINDOWS:
        begin, end = planned(f"{name}_from"), planned(f"{name}_until")
        stays_open = begin is not None and begin <= time and (end is None or time < end)
        if is_open(hackathon, name, time) and not stays_open:
            ended.append(name)
    return ended


def _minute(value: datetime | None) -> datetime | None:
    return value and value.replace(second=0, microsecond=0)


def _check(plan: Plan) -> None:
    dates = plan.moments
    starts, ends = dates.get("starts_at"), dates.get("ends_at")
    if starts is None or ends is None or ends <= starts:
        raise Invalid(_("The end must come after the beginning."), field="ends_at")
    for name in WINDOWS:
        begin, end = dates.get(f"{name}_from"), dates.get(f"{name}_until")
        if end and not begin:
            raise Invalid(_("There is an end but no beginning."), field=f"{name}_from")
        if begin and end and end <= begin:
            raise Invalid(_("The end must come after the beginning."), field=f"{name}_until")
    _check_order(dates)
    if not 1 <= plan.team_size_min <= plan.team_size_max:
        raise Invalid(_("The largest team cannot be smaller than the smallest."), field="team_size_max")


def _check_order(dates: dict[str, datetime | None]) -> None:
    deadline, scoring = dates.get("submission_until"), dates.get("scoring_from")
    if scoring and (deadline is None or scoring < deadline):
        raise Invalid(_("The jury can only begin after the deadline of the teams."), field="scoring_from")
    closing, publication = dates.get("scoring_until"), dates.get("publication_from")
    if publication and scoring and (closing is None or publication < closing):
        raise Invalid(_("The result can only be published when the jury has finished."), field="publication_from")


def _check_slug(slug: str, hackathon: Hackathon | None) -> None:
    if slug in NEVER_A_SLUG:
        raise Invalid(_("This address is needed for something else. Please choose another one."), field="slug")
    other = find_hackathon(slug)
    if other and other is not hackathon:
        raise Invalid(_("The hackathon “%(title)s” has this address already.", title=other.title), field="slug")


def _save(hackathon: Hackathon, revision: int, columns: dict[str, Any]) -> None:
    places = columns.get("places", Hackathon.places)
    try:
        saved = db.session.execute(
            update(Hackathon)
            .where(
                Hackathon.id == hackathon.id, Hackathon.revision == revision, Hackathon.registered_count <= places
            )
            .values(**columns, revision=revision + 1)
            .execution_options(synchronize_session=False)
        )  # fmt: skip
    except IntegrityError as error:
        raise Conflict(_("Another hackathon has just taken this address.")) from error
    if not saved.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("Somebody else has changed this hackathon meanwhile."))
    db.session.refresh(hackathon)


def _record_change(organiser: Person, hackathon: Hackathon, moved: Moves) -> None:
    record(organiser, "hackathons.edited", hackathon)
    for name, (old, new) in moved.items():
        record(organiser, "hackathons.date_moved", hackathon, note=f"{name}: {_written(old)} → {_written(new)}")


def _written(value: datetime | None) -> str:
    return machine_time(value) if value else "–"


def _tell_the_teams(hackathon: Hackathon) -> None:
    for person in people_in_teams_of(hackathon):
        key = f"hackathons.deadline:{hackathon.id}:{hackathon.revision}:{person.id}"
        tell(person, "hackathons/deadline_moved", once_key=key, hackathon=hackathon)
