import hashlib
import json
from datetime import datetime
from typing import Any

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.security import new_secret
from ideenlab.core.text import clean_line, fold, render_markdown
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon
from ideenlab.history.actions import record
from ideenlab.notifications.actions import tell
from ideenlab.prototypes.actions.draft import locked_prototype
from ideenlab.prototypes.models import HandIn, Prototype
from ideenlab.prototypes.queries import challenges_of_prototype, content_of, files_of, latest_hand_in, screenshots_of
from ideenlab.prototypes.rules import counted_moment, label_of, may_hand_in, missing_from, used_permit
from ideenlab.teams.actions import mark_handed_in
from ideenlab.teams.models import Team
from ideenlab.teams.queries import find_team_by_name, members_of


def hand_in(person: Person, *, team: Team, revision: int, begun_at: datetime | None = None) -> HandIn:
    """Keep the draft as the next version, with a receipt to every member. The latest version counts.

    The clock decides inside the transaction that writes; where the hackathon's rule says so, the moment at which the
    request came in, `begun_at`. The same content a second time is the same version.
    Raises NotAllowed with the reason, Invalid when something is missing, Conflict when `revision` is not the latest.
    """
    prototype = locked_prototype(team)
    moment = now()
    require(may_hand_in(person, team, moment, begun_at=begun_at))
    if prototype.revision != revision:
        raise Conflict(_("Somebody of your team changed the draft since you looked at it. Please look again."))
    _insist_on_content(prototype)
    content = written_down(prototype)
    latest = latest_hand_in(prototype)
    if latest and latest.content == content:
        return latest
    version = keep_version(prototype, content, number=latest.number + 1 if latest else 1, moment=moment, person=person)
    version.begun_at = begun_at
    version.late_permit = used_permit(team, counted_moment(team.hackathon, moment, begun_at))
    mark_handed_in(team)
    record(person, "prototypes.handed_in", prototype, note=f"{version.number} {version.sha256}")
    _send_receipts(version, team)
    return version


def add_imported_prototype(hackathon: Hackathon, *, title: str) -> Prototype:
    """A prototype that comes from elsewhere: a team of its name without members, handed in at this moment."""
    title = clean_line(title)[: Prototype.title.type.length]
    name, number = title[: Team.name.type.length], 1
    while find_team_by_name(hackathon, name):
        number += 1
        name = f"{title[: Team.name.type.length - 5]} {number}"
    team = Team(hackathon=hackathon, name=name, name_folded=fold(name), code=new_secret()[:16], handed_in_at=now())
    prototype = Prototype(hackathon=hackathon, team=team, title=title)
    db.session.add(prototype)
    db.session.flush()
    keep_version(prototype, written_down(prototype), number=1, moment=now(), person=None)
    record(None, "prototypes.imported", prototype)
    db.session.flush()
    return prototype


def _insist_on_content(prototype: Prototype) -> None:
    missing = [label_of(name) for name in missing_from(prototype)]
    if missing:
        raise Invalid(_("Please fill in first: %(fields)s.", fields=", ".join(missing)))


def written_down(prototype: Prototype) -> str:
    """Everything that is handed in as canonical JSON: keys sorted, no blanks, so the same content has the same hash."""
    attached = [each.file for each in files_of(prototype)]
    files = [file for file in attached if file.state == "whole"]
    content: dict[str, Any] = {
        "hackathon": prototype.hackathon.slug, "team": prototype.team.name, "prototype": prototype.id,
        "title": prototype.title, "pitch": prototype.pitch, "description": prototype.description,
        "licence": prototype.licence, "prior_work": prototype.prior_work, "ai_use": prototype.ai_use,
        "challenges": [{"id": each.id, "title": each.title} for each in challenges_of_prototype(prototype)],
        "code_url": prototype.code_url, "demo_url": prototype.demo_url, "video_url": prototype.video_url,
        "files": [
            {"id": file.id, "name": file.name, "media_type": file.media_type, "size": file.size, "sha256": file.sha256}
            for file in files
        ],
        "files_not_whole": [file.name for file in attached if file.state != "whole"],
        "screenshots": [
            {"key": each.key, "alt": each.alt,
             "sizes": [{"width": s.width, "height": s.height, "sha256": s.file.sha256} for s in each.sizes]}
            for each in screenshots_of(prototype)
        ],
    }  # fmt: skip
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def keep_version(prototype: Prototype, content: str, *, number: int, moment: datetime, person: Person | None) -> HandIn:
    version = HandIn(
        prototype=prototype, number=number, handed_in_at=moment, handed_in_by=person, title=prototype.title,
        content=content, description_html=render_markdown(prototype.description),
        sha256=hashlib.sha256(content.encode()).hexdigest(),
    )  # fmt: skip
    db.session.add(version)
    db.session.flush()
    return version


def _send_receipts(version: HandIn, team: Team) -> None:
    for member in members_of(team):
        tell(
            member, "prototypes/handed_in", version=version, team=team, files=content_of(version)["files"],
            once_key=f"handed-in:{version.id}:{member.id}",
        )  # fmt: skip
