"""A jury at work: a hackathon that is scored, and jurors who save ballot after ballot, each save on top of the last."""

import asyncio
import json
import secrets
import time
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from urllib.parse import urlencode

from bench.drive import Answers
from ideenlab.accounts.models import Role
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.hackathons.models import Hackathon
from ideenlab.jury.models import Criterion, Juror, JuryRules
from ideenlab.programme.models import Edition
from ideenlab.prototypes.models import HandIn, Prototype
from ideenlab.teams.models import Team

JURORS, PROTOTYPES, CRITERIA = 40, 12, 5
LONG = timedelta(days=20)


def add_jury(edition: Edition, people: list[int]) -> dict[str, object]:
    """The first forty people are the jury; every second one scores on the bare rung."""
    at = now()
    windows = {f"{name}_{end}": at + sign * LONG for name in ("registration", "teams", "submission", "scoring")
               for end, sign in (("from", -1), ("until", 1))}  # fmt: skip
    hackathon = Hackathon(edition=edition, slug="bench", title="Bench", starts_at=at, ends_at=at + LONG, **windows)
    criteria = [
        Criterion(hackathon=hackathon, position=place, title=f"Kriterium {place}", weight=Decimal(1))
        for place in range(CRITERIA)
    ]
    jurors = people[:JURORS]
    db.session.add_all([hackathon, *criteria])
    db.session.flush()
    db.session.add(JuryRules(hackathon_id=hackathon.id, revision=1))
    db.session.add_all(Role(person_id=person, name="juror") for person in jurors)
    db.session.add_all(
        Juror(
            hackathon=hackathon,
            person_id=person,
            name=f"Jurorin {person}",
            accepted_at=at,
            informed_at=at,
            confirmed_version=1,
        )
        for person in jurors
    )
    prototypes = [_a_prototype(hackathon, number) for number in range(PROTOTYPES)]
    db.session.flush()
    return {
        "jurors": jurors, "criteria": [criterion.id for criterion in criteria],
        "prototypes": [prototype.id for prototype in prototypes],
    }  # fmt: skip


def _a_prototype(hackathon: Hackathon, number: int) -> Prototype:
    name = f"Team {number}"
    team = Team(hackathon=hackathon, name=name, name_folded=name.lower(), code=f"code-{number}", handed_in_at=now())
    prototype = Prototype(hackathon=hackathon, team=team, title=f"Prototyp {number}", description="Wort für Wort")
    db.session.add_all([team, prototype])
    db.session.add(HandIn(prototype=prototype, number=1, handed_in_at=now(), title=prototype.title, content="{}",
                          description_html="<p>Wort für Wort</p>", sha256="0" * 64))  # fmt: skip
    return prototype


@dataclass
class Jury:
    """Jurors who save as fast as the answers come; each goes through the prototypes, again and again."""

    port: int
    path: str
    jurors: list[tuple[int, dict[str, str]]]  # number of the person, and what their browser sends
    prototypes: list[int]
    criteria: list[int]
    revisions: dict[tuple[int, int], int] = field(default_factory=dict)

    def score(self, seconds: float) -> Answers:
        return asyncio.run(self._score(seconds))

    async def _score(self, seconds: float) -> Answers:
        times: list[float] = []
        begin = time.monotonic()
        wrong = await asyncio.gather(*(
            self._scores(person, headers, begin + seconds, times) for person, headers in self.jurors
        ))  # fmt: skip
        ordered = sorted(times) or [0.0]
        return Answers(len(times), time.monotonic() - begin, sum(wrong),
                       ordered[len(ordered) // 2], ordered[len(ordered) * 99 // 100])  # fmt: skip

    async def _scores(self, person: int, headers: dict[str, str], end: float, times: list[float]) -> int:
        """Saves until the time is over. Every answer must be the next revision; gives how many were not."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        wrong, turn = 0, 0
        while (begin := time.monotonic()) < end:
            key = person, self.prototypes[turn % len(self.prototypes)]
            shown, turn = self.revisions.get(key, 0), turn + 1
            writer.write(self._request(key[1], shown, headers))
            status, body = await _answer(reader)
            times.append(time.monotonic() - begin)
            revision = json.loads(body).get("revision") if status == 200 else None
            wrong += revision != shown + 1
            self.revisions[key] = revision or shown
        writer.close()
        return wrong

    def _request(self, prototype: int, revision: int, headers: dict[str, str]) -> bytes:
        points = {f"points-{number}": f"{(revision + number) % 11 / 2:g}" for number in self.criteria}
        content = {**points, "revision": revision, "save_id": secrets.token_urlsafe(16), "comment": "Gut gedacht.",
                   "note": ""}  # fmt: skip
        body = urlencode(content).encode()
        head = {**headers, "Host": f"127.0.0.1:{self.port}", "Content-Length": str(len(body)),
                "Content-Type": "application/x-www-form-urlencoded"}  # fmt: skip
        lines = [f"POST {self.path.format(prototype)} HTTP/1.1", *(f"{name}: {value}" for name, value in head.items())]
        return "\r\n".join([*lines, "", ""]).encode() + body


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = next(int(line.split(":")[1]) for line in head.split("\r\n") if line.startswith("content-length:"))
    return int(head.split()[1]), await reader.readexactly(length)
