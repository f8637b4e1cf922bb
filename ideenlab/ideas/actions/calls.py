from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import update

from ideenlab.accounts.models import Person
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.text import clean_line, clean_text, render_markdown, slugify
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.ideas.models import PHASES, Call
from ideenlab.ideas.queries import calls_in, find_call
from ideenlab.ideas.rules import may_manage_calls
from ideenlab.programme.actions import moved, weeks_between
from ideenlab.programme.models import Edition

Dates = Mapping[str, datetime | None]  # collect_from, collect_until, discuss_from, …
DATE_NAMES = [f"{phase}_{side}" for phase in PHASES for side in ("from", "until")]
Settings = Mapping[str, Any]  # by column, those that are to change
RULE_NAMES = ("support_mode", "points_each", "points_most")
SWITCH_NAMES = (
    "is_premoderated", "takes_guests", "takes_images", "takes_co_authors", "takes_mentions", "takes_comment_votes",
    "shows_opinion_map",
)  # fmt: skip
DEFAULT_RULE: Settings = {"support_mode": "yes", "points_each": 5, "points_most": 3}
MOST_POINTS = 100


def make_call(
    organiser: Person, *, edition: Edition, title: str, summary: str, description: str, dates: Dates,
    settings: Settings | None = None,
) -> Call:  # fmt: skip
    """A new invitation to give ideas, in an edition."""
    require(may_manage_calls(organiser))
    wording = _wording(title, summary, description)
    call = Call(edition=edition, slug=_free_slug(title), **wording, **_checked(dates), **DEFAULT_RULE)
    for name, value in _possible(call, settings or {}).items():
        setattr(call, name, value)
    db.session.add(call)
    record(organiser, "calls.made", call)
    db.session.flush()
    return call


def edit_call(
    organiser: Person, *, call: Call, title: str, summary: str, description: str, dates: Dates, revision: int,
    settings: Settings | None = None,
) -> None:  # fmt: skip
    """Change wording, dates and settings. The address stays, so that links keep working.

    Raises Conflict like `edit_idea`, and Invalid when the rule of support is to change after the first support.
    """
    require(may_manage_calls(organiser))
    settings = _possible(call, settings or {})
    values = _wording(title, summary, description) | _checked(dates)
    wanted = update(Call).where(Call.id == call.id, Call.revision == revision)
    if _changes_rule(call, settings):
        wanted = wanted.where(Call.first_support_at.is_(None))
    changed = db.session.execute(
        wanted.values(**values, **settings, revision=revision + 1), execution_options={"synchronize_session": False}
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        db.session.refresh(call)
        _require_free_rule(call, settings)
        raise Conflict(
            _("Somebody else has changed this call in the meantime. Nothing of it was overwritten."),
            mine=_shown(values), stored=_shown({key: getattr(call, key) for key in values}),
        )  # fmt: skip
    db.session.refresh(call)
    record(organiser, "calls.edited", call, note=str(call.revision))


COPIED = ("title", "summary", "description", "description_html", *RULE_NAMES, *SWITCH_NAMES)


def take_calls_along(organiser: Person, before: Edition, copy: Edition) -> None:
    """The next week begins with the calls of the last one, each date whole weeks later."""
    require(may_manage_calls(organiser))
    weeks = weeks_between(before, copy)
    for call in calls_in(before):
        values = {name: getattr(call, name) for name in COPIED}
        values |= {name: moved(getattr(call, name), weeks) for name in (*DATE_NAMES, "answer_until")}
        made = Call(edition=copy, slug=_free_slug(f"{call.title} {copy.starts_on.year}"), **values)
        db.session.add(made)
        record(organiser, "calls.copied", made, note=call.title)
    db.session.flush()


def _wording(title: str, summary: str, description: str) -> dict[str, Any]:
    title, description = clean_line(title), clean_text(description)
    if not title:
        raise Invalid(_("A call needs a title."), field="title")
    return {
        "title": title, "summary": clean_line(summary), "description": description,
        "description_html": render_markdown(description),
    }  # fmt: skip


def _checked(dates: Dates) -> dict[str, datetime | None]:
    for phase in PHASES:
        begin, end = dates.get(f"{phase}_from"), dates.get(f"{phase}_until")
        if end and (begin is None or end <= begin):
            raise Invalid(_("The end must come after the beginning."), field=f"{phase}_until")
    return {name: dates.get(name) for name in DATE_NAMES}


def _possible(call: Call, settings: Settings) -> dict[str, Any]:
    """The settings, when they can be: nobody has supported yet, or the rule of support stays."""
    _require_free_rule(call, settings)
    rule = {name: settings.get(name, getattr(call, name)) for name in RULE_NAMES}
    if settings.get("shows_opinion_map") and rule["support_mode"] != "for_against":
        sentence = _("An opinion map needs votes for and against. Choose that way to support, or leave the map off.")
        raise Invalid(sentence, field="shows_opinion_map")
    if rule["support_mode"] != "points":
        return {name: value for name, value in settings.items() if name not in RULE_NAMES[1:]}
    if not 1 <= rule["points_each"] <= MOST_POINTS:
        raise Invalid(_("Please give a number from 1 to %(most)s.", most=MOST_POINTS), field="points_each")
    if not 1 <= rule["points_most"] <= rule["points_each"]:
        sentence = _("On one idea there can be from 1 to %(most)s points.", most=rule["points_each"])
        raise Invalid(sentence, field="points_most")
    return dict(settings)


def _changes_rule(call: Call, settings: Settings) -> bool:
    """Points play no part in a call without points."""
    mode = settings.get("support_mode", call.support_mode)
    names = RULE_NAMES if mode == "points" else RULE_NAMES[:1]
    return any(settings.get(name, getattr(call, name)) != getattr(call, name) for name in names)


def _require_free_rule(call: Call, settings: Settings) -> None:
    if call.first_support_at and _changes_rule(call, settings):
        sentence = _(
            "How people support is fixed since the first support on %(moment)s.", moment=moment(call.first_support_at)
        )
        raise Invalid(sentence, field="support_mode")


def _free_slug(title: str) -> str:
    base = slug = slugify(title)
    number = 1
    while find_call(slug):
        number += 1
        slug = f"{base}-{number}"
    return slug


def _shown(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    words = [(_("Title"), values["title"]), (_("Summary"), values["summary"]), (_("Text"), values["description"])]
    dates = [f"{name}: {moment(values[name])}" for name in DATE_NAMES if values[name]]
    return [*words, (_("Dates"), "\n".join(dates))]
