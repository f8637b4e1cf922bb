"""Everything of a hackathon that is nobody's: no names of people, no addresses, nothing that somebody registered with.

What goes out is named field by field: a column that is added to a table one day stays inside.
"""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from ideenlab.archives.queries.notes import notes_of
from ideenlab.audience.queries import find_prize
from ideenlab.challenges.queries import all_challenges_of
from ideenlab.core.i18n import machine_time
from ideenlab.core.tables import csv_line
from ideenlab.hackathons.models import MOMENTS, Hackathon
from ideenlab.hackathons.queries import agenda_of, announcements_of, attendance_figures
from ideenlab.jury.queries import find_result
from ideenlab.pitches.queries import find_plan, pitches_of
from ideenlab.prototypes.queries import content_of, hand_ins_of, handed_in_of
from ideenlab.teams.queries import teams_of

Rows = list[dict[str, Any]]
WRITTEN = (
    "title", "pitch", "description", "code_url", "demo_url", "video_url", "licence", "prior_work", "ai_use",
)  # fmt: skip
OF_A_FILE = ("name", "media_type", "size", "sha256")


def export_of(hackathon: Hackathon) -> bytes:
    """A ZIP with each table as CSV and JSON, and the protocols of jury and audience exactly as they were published."""
    tables: dict[str, Rows] = {
        "hackathon": [_hackathon(hackathon)],
        "agenda": _agenda(hackathon),
        "announcements": _announcements(hackathon),
        "challenges": _challenges(hackathon),
        "teams": _teams(hackathon),
        "prototypes": _prototypes(hackathon),
        "pitches": _pitches(hackathon),
        "notes": _notes(hackathon),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in tables.items():
            archive.writestr(f"{name}.json", json.dumps(rows, ensure_ascii=False, indent=1, default=_plain))
            archive.writestr(f"{name}.csv", _csv(rows))
        if result := find_result(hackathon):
            archive.writestr("result.json", result.protocol)
            archive.writestr("result.sha256", f"{result.sha256}  result.json\n")
        if (prize := find_prize(hackathon)) and prize.released_at:
            archive.writestr("audience.json", prize.protocol)
            archive.writestr("audience.sha256", f"{prize.sha256}  audience.json\n")
    return packed.getvalue()


def _hackathon(hackathon: Hackathon) -> dict[str, Any]:
    names = (
        "slug", "title", "place", "summary", "description", *MOMENTS, "places", "registered_count", "team_size_min",
        "team_size_max", "code_of_conduct", "house_rules", "deadline_rule", "required_fields", "published_at",
        "archived_at",
    )  # fmt: skip
    figures = attendance_figures(hackathon)
    return {**_fields(hackathon, names), "checked_in_count": figures.here, "edition": hackathon.edition.title}


def _agenda(hackathon: Hackathon) -> Rows:
    return [_fields(item, ("starts_at", "ends_at", "title", "place", "text")) for item in agenda_of(hackathon)]


def _announcements(hackathon: Hackathon) -> Rows:
    return [_fields(each, ("announced_at", "title", "text")) for each in announcements_of(hackathon)]


def _challenges(hackathon: Hackathon) -> Rows:
    """Without whom to ask: that is a person."""
    names = ("id", "title", "summary", "description", "data_sources", "partner", "prize", "published_at", "idea_id")
    return [_fields(each, names) for each in all_challenges_of(hackathon) if each.published_at]


def _teams(hackathon: Hackathon) -> Rows:
    return [_fields(team, ("id", "name", "member_count")) for team in teams_of(hackathon)]


def _prototypes(hackathon: Hackathon) -> Rows:
    """Each version that was handed in."""
    return [
        {
            "prototype": prototype.id, "team": prototype.team.name, "version": version.number,
            "handed_in_at": version.handed_in_at, "sha256": version.sha256, **_content(content_of(version)),
        }
        for prototype, _latest in handed_in_of(hackathon)
        if prototype.hidden_at is None
        for version in reversed(hand_ins_of(prototype))
    ]  # fmt: skip


def _content(content: Mapping[str, Any]) -> dict[str, Any]:
    files = [{name: file.get(name) for name in OF_A_FILE} for file in content.get("files", [])]
    challenges = [challenge["title"] for challenge in content.get("challenges", [])]
    return {**{name: content.get(name, "") for name in WRITTEN}, "challenges": challenges, "files": files}


def _pitches(hackathon: Hackathon) -> Rows:
    """The order on the stage, with the seed by which it was drawn; once it is public."""
    plan = find_plan(hackathon)
    if plan is None or plan.published_at is None:
        return []
    names = ("room", "position", "starts_at", "state")
    return [
        {"prototype": pitch.prototype_id, **_fields(pitch, names), "seed": plan.seed} for pitch in pitches_of(hackathon)
    ]


def _notes(hackathon: Hackathon) -> Rows:
    return [
        {"prototype": prototype.id, **_fields(note, ("months", "written_at", "text"))}
        for prototype, _latest in handed_in_of(hackathon)
        if prototype.hidden_at is None
        for note in notes_of(prototype)
    ]


def _fields(thing: object, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in names}


def _plain(value: Any) -> str:
    return machine_time(value)


def _csv(rows: Rows) -> str:
    """With a mark for spreadsheets in front, and no cell that they would take for a formula."""
    if not rows:
        return ""
    lines = [csv_line(list(rows[0]))]
    lines += [csv_line([_cell(value) for value in row.values()]) for row in rows]
    return "\ufeff" + "".join(lines)


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False) if value else ""
    return machine_time(value) if hasattr(value, "isoformat") else value
