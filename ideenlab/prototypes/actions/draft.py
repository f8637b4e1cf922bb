from dataclasses import asdict, dataclass

from sqlalchemy import select

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.prototypes.models import Prototype
from ideenlab.prototypes.queries import find_prototype_of
from ideenlab.prototypes.rules import clean_link, may_change_prototype
from ideenlab.teams.models import Team


@dataclass(frozen=True)
class DraftText:
    """What a team writes about its prototype."""

    title: str = ""
    pitch: str = ""
    description: str = ""
    code_url: str = ""
    demo_url: str = ""
    video_url: str = ""


def save_draft(person: Person, *, team: Team, text: DraftText, revision: int) -> Prototype:
    """Keep the text and links of a draft.

    Raises NotAllowed with the reason, and Conflict with both texts when `revision` is not the latest.
    """
    prototype = locked_prototype(team)
    require(may_change_prototype(person, team, now()))
    given = asdict(text) | {name: clean_link(getattr(text, name)) for name in ("code_url", "demo_url", "video_url")}
    stored = {name: getattr(prototype, name) for name in given}
    if given == stored:
        return prototype
    if prototype.revision != revision:
        raise Conflict(
            _("Somebody of your team saved this draft while you were writing. Nothing of yours was saved yet."),
            mine=_differing(given, stored), stored=_differing(stored, given),
        )  # fmt: skip
    for name, value in given.items():
        setattr(prototype, name, value)
    prototype.revision += 1
    prototype.changed_at = now()
    record(person, "prototypes.saved", prototype)
    db.session.flush()
    return prototype


def locked_prototype(team: Team) -> Prototype:
    """The team's prototype, made when it is missing. Until the end of the transaction nobody else changes it.

    Waits for others, so the clock must be asked afterwards.
    """
    db.session.execute(select(Team.id).where(Team.id == team.id).with_for_update())
    prototype = find_prototype_of(team)
    if prototype is None:
        prototype = Prototype(team=team, hackathon_id=team.hackathon_id, revision=1)
        db.session.add(prototype)
        db.session.flush()
    else:
        db.session.refresh(prototype)
    return prototype


def _differing(values: dict[str, str], others: dict[str, str]) -> list[tuple[str, str]]:
    labels = {
        "title": _("Title"), "pitch": _("In one sentence"), "description": _("Description"),
        "code_url": _("Link to the code"), "demo_url": _("Link to try it"), "video_url": _("Link to a video"),
    }  # fmt: skip
    return [(labels[name], value) for name, value in values.items() if value != others[name]]
