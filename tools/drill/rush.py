"""A hall in its last minutes: every team uploads a large file and hands in, on a running city in a temporary folder.

    DRILL_TEAMS=300 DRILL_MEGABYTES=20 DRILL_AT_ONCE=60 DRILL_KILLS=6 python tools/drill/rush.py

First round: all teams upload in pieces and hand in, nobody is hurt; latencies and memory are told. Second round: the
same teams hand in another text while web workers are killed; whoever gets no answer asks again, as a person would.
Holds: what was told is stored once, every file is whole and the one that was sent, every row has its file.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import queue
import random
import signal
import sys
import tempfile
import threading
import time
from base64 import b64encode
from contextlib import closing
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from flask import Flask  # noqa: E402
from sqlalchemy import func, select  # noqa: E402

from ideenlab import create_app  # noqa: E402
from ideenlab.accounts.models import Person as Row  # noqa: E402
from ideenlab.config import load_settings  # noqa: E402
from ideenlab.core.clock import now  # noqa: E402
from ideenlab.core.db import db, transaction  # noqa: E402
from ideenlab.core.storage import storage  # noqa: E402
from ideenlab.files.models import StoredFile  # noqa: E402
from ideenlab.hackathons.models import Hackathon  # noqa: E402
from ideenlab.prototypes.models import HandIn, Prototype, PrototypeFile  # noqa: E402
from ideenlab.teams.models import Membership, Team  # noqa: E402
from tools.drill.city import City, Person  # noqa: E402

TEAMS = int(os.environ.get("DRILL_TEAMS", "300"))
BYTES = int(os.environ.get("DRILL_MEGABYTES", "20")) * 1_000_000
AT_ONCE = int(os.environ.get("DRILL_AT_ONCE", "60"))
KILLS = int(os.environ.get("DRILL_KILLS", "6"))
PIECE = 8 * 1024 * 1024
PAGE = 4096
failures: list[str] = []


def say(text: str) -> None:
    print(text, flush=True)


def expect(holds: bool, text: str) -> None:
    say(f"  {'holds' if holds else 'FAILS'}: {text}")
    if not holds:
        failures.append(text)


def at_share(seconds: list[float], share: float) -> str:
    ordered = sorted(seconds) or [0.0]
    return f"{1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]:.0f} ms"


class Member(Person):
    """Somebody of a team, whose browser sends a film in pieces and hands in."""

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, dict[str, str]]:
        """Status and headers, or 0 where no whole answer came."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        with closing(connection):
            try:
                own = {"Cookie": self.cookie, "X-CSRFToken": self.token, "Tus-Resumable": "1.0.0"}
                connection.request(method, path, body, {**own, **given})
                answer = connection.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException):
                return 0, {}
            return answer.status, dict(answer.getheaders())

    def upload(self, team: int, film: bytes, took: list[float]) -> bool:
        name = b64encode(f"film-{team}.mp4".encode()).decode()
        path = f"/team/{team}/prototyp/uploads"
        status, told = self.ask("POST", path, Upload_Length=str(len(film)), Upload_Metadata=f"filename {name}")
        if status != 201:
            return False
        path, offset = told["Location"], 0
        kind = "application/offset+octet-stream"
        while offset < len(film):
            begin = time.monotonic()
            piece = film[offset : offset + PIECE]
            status, told = self.ask("PATCH", path, piece, Upload_Offset=str(offset), Content_Type=kind)
            took.append(time.monotonic() - begin)
            if status != 204:
                status, told = self.ask("HEAD", path)
            if status not in (200, 204):
                return False
            offset = int(told["Upload-Offset"])
        return True


def a_rush(app: Flask, city: City) -> tuple[dict[int, Member], Hackathon]:
    """Teams of one person, each with a complete draft."""
    people: dict[int, Row] = {}
    with transaction():
        hackathon = db.session.scalars(select(Hackathon).order_by(Hackathon.submission_until.desc())).first()
        assert hackathon is not None
        hackathon.submission_until = now() + timedelta(hours=2)
        for number in range(TEAMS):
            name = f"Ansturm {number}"
            person = Row(
                pseudonym=name, pseudonym_folded=name.lower(), email=f"rush{number}@example.org", state="active"
            )
            names = {"name": name, "name_folded": name.lower(), "code": f"RU{number}"}
            team = Team(hackathon_id=hackathon.id, member_count=1, **names)
            db.session.add_all([person, team])
            db.session.flush()
            db.session.add(Membership(team_id=team.id, hackathon_id=hackathon.id, person_id=person.id))
            texts = {"title": name, "pitch": "Ein Satz für die Übung.", "description": "Mehrere Sätze. " * 20}
            db.session.add(Prototype(team_id=team.id, hackathon_id=hackathon.id, **texts))
            people[team.id] = person
    return {team: Member(app, person.id, city.port) for team, person in people.items()}, hackathon


def in_parallel(teams: list[int], deed: object) -> None:
    waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
    for team in teams:
        waiting.put(team)

    def work() -> None:
        while True:
            try:
                team = waiting.get_nowait()
            except queue.Empty:
                return
            deed(team)  # type: ignore[operator]

    threads = [threading.Thread(target=work) for _number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class Watch(threading.Thread):
    """Memory of the web server and how long a visitor's page takes, as long as it runs."""

    def __init__(self, city: City, page: str) -> None:
        super().__init__(daemon=True)
        self.city, self.page, self.over = city, page, threading.Event()
        self.memory, self.of_a_worker, self.waited = 0, 0, list[float]()

    def run(self) -> None:
        while not self.over.wait(0.5):
            web = self.city.running("gunicorn")
            pids = [web, *self.city.children(web)] if web else []
            sizes = []
            for pid in pids:
                try:
                    sizes.append(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE)
                except OSError:
                    continue
            self.memory, self.of_a_worker = max(self.memory, sum(sizes)), max([self.of_a_worker, *sizes])
            begin = time.monotonic()
            try:
                self.city.get(self.page)
            except OSError:
                continue
            self.waited.append(time.monotonic() - begin)


def everybody_uploads(city: City, members: dict[int, Member], film: bytes, page: str) -> None:
    say(f"1. {TEAMS} teams upload {len(film) / 1e6:.0f} MB each, {AT_ONCE} at once, and hand in")
    pieces: list[float] = []
    hand_ins: list[float] = []
    told: set[int] = set()
    watch, begin = Watch(city, page), time.monotonic()
    watch.start()

    def deed(team: int) -> None:
        if not members[team].upload(team, film, pieces):
            return
        start = time.monotonic()
        if members[team].post(f"/team/{team}/prototyp/abgeben", revision="1") in (302, 303):
            told.add(team)
        hand_ins.append(time.monotonic() - start)

    in_parallel(list(members), deed)
    seconds = time.monotonic() - begin
    watch.over.set()
    watch.join()
    sent, memory, largest = TEAMS * len(film) / 1e6, watch.memory / 1e6, watch.of_a_worker / 1e6
    say(f"  {seconds:.0f} s, {sent / seconds:.0f} MB/s; memory {memory:.0f} MB, largest worker {largest:.0f} MB")
    for name, times in (("a piece of 8 MiB", pieces), ("a hand-in", hand_ins), ("a visitor's page", watch.waited)):
        say(f"  {name}: median {at_share(times, 0.5)}, p95 {at_share(times, 0.95)}, longest {at_share(times, 1)}")
    expect(len(told) == TEAMS, f"all {TEAMS} teams were told that their prototype is handed in ({len(told)})")
    check_stored(told, film, version=1)


def check_stored(told: set[int], film: bytes, *, version: int) -> None:
    db.session.rollback()
    checksum = hashlib.sha256(film).hexdigest()
    rows = db.session.execute(
        select(Prototype.team_id, HandIn).join(HandIn, HandIn.prototype_id == Prototype.id)
        .where(Prototype.team_id.in_(told), HandIn.number == version)
    ).all()  # fmt: skip
    expect({team for team, _version in rows} == told and len(rows) == len(told), "each is stored, once")
    whole = [
        [file["sha256"] for file in json.loads(kept.content)["files"]] == [checksum]
        and hashlib.sha256(kept.content.encode()).hexdigest() == kept.sha256
        for _team, kept in rows
    ]
    expect(all(whole), "each version names the film that was sent, and its own checksum is right")
    states = dict(db.session.execute(select(StoredFile.key, StoredFile.state)).all())
    on_disk = dict(storage().keys())
    missing = [key for key, state in states.items() if state == "whole" and key not in on_disk]
    expect(not missing and set(on_disk) <= set(states), f"every row has its file, every file its row ({len(on_disk)})")


def workers_are_killed(city: City, members: dict[int, Member], film: bytes) -> None:
    say(f"2. The teams hand in a second version while {KILLS} web workers are killed")
    with transaction():
        for prototype in db.session.scalars(select(Prototype).where(Prototype.team_id.in_(members))):
            prototype.title, prototype.revision = f"{prototype.title} neu", 2
    told: set[int] = set()
    asked_again = [0]
    done = threading.Event()

    def kill() -> None:
        kills = 0
        while kills < KILLS and not done.wait(0.4):
            web = city.running("gunicorn")
            workers = city.children(web) if web else []
            if workers:
                os.kill(random.choice(workers), signal.SIGKILL)  # noqa: S311
                kills += 1

    killer = threading.Thread(target=kill)
    killer.start()

    def deed(team: int) -> None:
        for _again in range(20):
            if members[team].post(f"/team/{team}/prototyp/abgeben", revision="2") in (302, 303):
                told.add(team)
                return
            asked_again[0] += 1
            time.sleep(0.5)

    in_parallel(list(members), deed)
    done.set()
    killer.join()
    expect(len(told) == TEAMS, f"all {TEAMS} were told in the end; {asked_again[0]} had to ask again")
    check_stored(told, film, version=2)
    more = db.session.scalar(select(func.count()).select_from(HandIn).join(Prototype).where(
        Prototype.team_id.in_(members), HandIn.number > 2))  # fmt: skip
    expect(more == 0, "nobody who asked again has a third version")
    files = db.session.scalar(select(func.count()).select_from(PrototypeFile).join(Prototype).where(
        Prototype.team_id.in_(members)))  # fmt: skip
    expect(files == TEAMS, "each team has its one film")


def film_of(size: int) -> bytes:
    """A film that a player would not show, but that is built like one: boxes, and bytes by chance."""

    def box(kind: bytes, content: bytes) -> bytes:
        return (8 + len(content)).to_bytes(4, "big") + kind + content

    head = box(b"ftyp", b"isom\0\0\0\0isom") + box(b"moov", box(b"mvhd", b"\0" * 100))
    return head + box(b"mdat", random.Random(1).randbytes(size - len(head) - 8))  # noqa: S311


def main() -> int:
    film = film_of(BYTES)
    with tempfile.TemporaryDirectory() as folder:
        city = City(folder, smtp_port=9)
        app = create_app(load_settings(city.environ, env_file=None))
        try:
            with app.app_context():
                members, hackathon = a_rush(app, city)
                everybody_uploads(city, members, film, f"/hackathon/{hackathon.slug}")
                workers_are_killed(city, members, film)
        finally:
            city.parent.send_signal(signal.SIGTERM)
            city.parent.wait(40)
    say(json.dumps({"failures": failures}))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
