import json
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw

from ideenlab.accounts.models import Person
from ideenlab.city.models import District
from ideenlab.core.clock import now
from ideenlab.hackathons.models import Hackathon
from ideenlab.ideas.models import Call, Idea
from ideenlab.jury.models import Criterion, Juror
from ideenlab.partners.models import Partner
from ideenlab.programme.models import Edition, Topic
from ideenlab.prototypes.models import Prototype
from ideenlab.teams.models import Team

CONTENT = Path(__file__).parent.parent / "content"
OPENS, CLOSES = time(9), time(18)
OPENS_IN_THE_EVENING = ("scoring", "publication", "results")  # on the day on which the window before them closes


def read_content(name: str) -> Any:
    """What is written in `content/<name>.json`."""
    return json.loads((CONTENT / f"{name}.json").read_text(encoding="utf-8"))


SKETCH = (800, 450)


def sketch(drawn: dict[str, Any]) -> BytesIO:
    """A picture made of a few shapes, as a file that somebody could have sent."""
    image = Image.new("RGB", SKETCH, drawn["background"])
    pen = ImageDraw.Draw(image)
    for shape, colour, corners in drawn["shapes"]:
        (pen.ellipse if shape == "ellipse" else pen.rectangle)(corners, fill=colour)
    source = BytesIO()
    image.save(source, "PNG")
    source.seek(0)
    return source


@dataclass
class World:
    """What has been made so far, by the keys of the written content, and when it is."""

    password: str
    zone: ZoneInfo
    start: datetime = field(default_factory=now)
    dice: random.Random = field(default_factory=lambda: random.Random(2019))  # noqa: S311
    people: dict[str, Person] = field(default_factory=dict)
    editions: dict[str, Edition] = field(default_factory=dict)
    topics: dict[tuple[str, str], Topic] = field(default_factory=dict)
    districts: dict[str, District] = field(default_factory=dict)
    partners: dict[str, Partner] = field(default_factory=dict)
    calls: dict[str, Call] = field(default_factory=dict)
    ideas: dict[str, Idea] = field(default_factory=dict)
    hackathons: dict[str, Hackathon] = field(default_factory=dict)
    teams: dict[tuple[str, str], Team] = field(default_factory=dict)
    prototypes: dict[tuple[str, str], Prototype] = field(default_factory=dict)
    criteria: dict[tuple[str, str], Criterion] = field(default_factory=dict)
    jurors: dict[tuple[str, str], Juror] = field(default_factory=dict)

    def ago(self, days: float) -> datetime:
        return self.start - timedelta(days=days)

    def at(self, days: int, hour: time) -> datetime:
        """An hour of the city's clock, so many days from today."""
        day = self.start.astimezone(self.zone).date() + timedelta(days=days)
        return datetime.combine(day, hour, self.zone).astimezone(UTC)

    def windows(self, phases: dict[str, dict[str, int | None]], names: Iterable[str]) -> dict[str, datetime | None]:
        """The columns `<name>_from` and `<name>_until` of the phases as they are written in the content."""
        columns: dict[str, datetime | None] = {}
        for name in names:
            begin, end = phases[name]["from_days"], phases[name]["until_days"]
            opens = CLOSES if name in OPENS_IN_THE_EVENING else OPENS
            columns[f"{name}_from"] = None if begin is None else self.at(begin, opens)
            columns[f"{name}_until"] = None if end is None else self.at(end, CLOSES)
        return columns

    def moment(self, begin: datetime, end: datetime | None = None) -> datetime:
        """Some moment between the two that is not in the future."""
        end = min(end or self.start, self.start)
        return begin + (end - begin) * self.dice.random()
