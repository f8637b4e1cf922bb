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
from ideenlab.ideas.queries import find_call
from ideenlab.ideas.rules import may_manage_calls
from ideenlab.programme.models import Edition

Dates = Mapping[str, datetime | None]  # collect_from, collect_until, discuss_from, …
DATE_NAMES = [f"{phase}_{side}" for phase in PHASES for side in ("from", "until")]


def make_call(organiser: Person, *, edition: Edition, title: str, summary: str, description: str, dates: Dates) -> Call:
    """A new invitation to give ideas, in an edition."""
    require(may_manage_calls(organiser))
    call = Call(edition=edition, slug=_free_slug(title), **_wording(title, summary, description), **_checked(dates))
    db.session.add(call)
    record(organiser, "calls.made", call)
    db.session.flush()
    return call


def edit_call(
    organiser: Person, *, call: Call, title: str, summary: str, description: str, dates: Dates, revision: int
) -> None:
    """Change wording and dates. The address stays, so that links keep working. Raises Conflict like `edit_idea`."""
    require(may_manage_calls(organiser))
    values = _wording(title, summary, description) | _checked(dates)
    changed = db.session.execute(
        update(Call).where(Call.id == call.id, Call.revision == revision).values(**values, revision=revision + 1),
        execution_options={"synchronize_session": False},
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        db.session.refresh(call)
        raise Conflict(
            _("Somebody else has changed this call in the meantime. Nothing of it was overwritten."),
            mine=_shown(values), stored=_shown({key: getattr(call, key) for key in values}),
        )  # fmt: skip
    db.session.refresh(call)
    record(organiser, "calls.edited", call, note=str(call.revision))


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
