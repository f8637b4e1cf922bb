"""Faults that need killing and waiting, tried on a running city in a temporary folder: `make drill`.

1. Web workers are killed again and again while citizens support ideas: what was confirmed is stored, once.
2. The mail worker is killed while it sends: every mail arrives, hardly one twice.
3. Web workers are killed while jurors save: every save that was confirmed is stored, and each only once.
4. A deadline passes while teams hand in: an answer that says "handed in" is true, and only such an answer.
5. SIGTERM: everything ends in time.
"""

from __future__ import annotations

import json
import os
import random
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from aiosmtpd.controller import Controller  # noqa: E402
from flask import Flask  # noqa: E402
from sqlalchemy import Select, func, select, update  # noqa: E402

from ideenlab import create_app  # noqa: E402
from ideenlab.accounts.models import Person as Row  # noqa: E402
from ideenlab.config import load_settings  # noqa: E402
from ideenlab.core.clock import now  # noqa: E402
from ideenlab.core.db import db, transaction  # noqa: E402
from ideenlab.hackathons.models import Hackathon  # noqa: E402
from ideenlab.ideas.models import Call, Idea, Support  # noqa: E402
from ideenlab.jury.models import Ballot, Juror, Score  # noqa: E402
from ideenlab.mail.actions import LEASE  # noqa: E402
from ideenlab.mail.models import Mail  # noqa: E402
from ideenlab.prototypes.models import HandIn, Prototype  # noqa: E402
from ideenlab.teams.models import Membership, Team  # noqa: E402
from tools.drill.city import City, Person, free_port  # noqa: E402

PEOPLE, SECONDS = 12, 30
UNHEARD = (0, 500, 502, 503, 504)  # no whole answer, or none of ours
failures: list[str] = []


def say(text: str) -> None:
    print(text, flush=True)


def expect(holds: bool, text: str) -> None:
    say(f"  {'holds' if holds else 'FAILS'}: {text}")
    if not holds:
        failures.append(text)


def pairs(question: Select[int, int]) -> dict[int, int]:
    return {row[0]: row[1] for row in db.session.execute(question)}


def all_at_once(deed: Callable[[int], None], numbers: list[int]) -> list[threading.Thread]:
    threads = [threading.Thread(target=deed, args=(number,)) for number in numbers]
    for thread in threads:
        thread.start()
    return threads


def kill_for_a_while(city: City, until: float) -> int:
    """Kill a random web worker every 2.5 s, which is about what one takes to come back; how many died."""
    kills = 0
    while time.monotonic() < until:
        time.sleep(2.5)
        web = city.running("gunicorn")
        workers = city.children(web) if web else []
        if workers:
            os.kill(random.choice(workers), signal.SIGKILL)  # noqa: S311
            kills += 1
    return kills


def kill_web_workers(city: City, app: Flask) -> None:
    say("1. Web workers are killed while citizens support ideas")
    call = db.session.scalars(select(Call).where(Call.slug == "buergerlab")).one()
    ideas = list(db.session.scalars(select(Idea.id).where(Idea.call_id == call.id, Idea.state == "published")))
    ids = list(db.session.scalars(select(Row.id).where(Row.state == "active").order_by(Row.id).limit(PEOPLE)))
    people = {number: Person(app, number, city.port) for number in ids}
    confirmed: dict[tuple[int, int], bool] = {}
    unknown: set[tuple[int, int]] = set()
    until = time.monotonic() + SECONDS

    def support(number: int) -> None:
        draw = random.Random(number)  # noqa: S311
        while time.monotonic() < until:
            idea, wants = draw.choice(ideas), draw.random() < 0.7
            act = "unterstuetzen" if wants else "nicht-mehr-unterstuetzen"
            if people[number].post(f"/idee/{idea}/{act}") in (200, 302, 303):
                confirmed[idea, number] = wants
                unknown.discard((idea, number))
            else:
                unknown.add((idea, number))

    threads = all_at_once(support, ids)
    kills = kill_for_a_while(city, until)
    for thread in threads:
        thread.join()
    db.session.rollback()
    stored = {(row.idea_id, row.person_id) for row in db.session.scalars(select(Support))}
    wrong = [key for key, wants in confirmed.items() if key not in unknown and (key in stored) != wants]
    expect(
        not wrong, f"{len(confirmed)} confirmed supports and undoings stand after {kills} kills ({len(wrong)} wrong)"
    )
    counted = pairs(select(Support.idea_id, func.count()).group_by(Support.idea_id))
    alone = select(Idea.id, Idea.support_count).where(
        Idea.id.in_(ideas), Idea.part_count == 0
    )  # joined ones share theirs
    shown = pairs(alone)
    expect(all(shown[idea] == counted.get(idea, 0) for idea in shown), "every shown number equals its rows")


def kill_the_mail_worker(city: City, arrived: list[str]) -> None:
    say("2. The mail worker is killed while it sends")
    with transaction():
        for number in range(150):
            db.session.add(Mail(recipient=f"drill{number}@example.org", subject=f"drill {number}", text="x"))
    for _ in range(4):
        time.sleep(1.5)
        worker = city.running("work")
        if worker:
            os.kill(worker, signal.SIGKILL)
    until = time.monotonic() + LEASE.total_seconds() + 60  # one that was in hand waits for its lease
    while time.monotonic() < until:
        db.session.rollback()
        left = db.session.scalar(select(func.count()).select_from(Mail).where(Mail.sent_at.is_(None)))
        if not left:
            break
        time.sleep(1)
    mine = [recipient for recipient in arrived if recipient.startswith("drill")]
    expect(len(set(mine)) == 150, f"all 150 mails arrived ({len(set(mine))})")
    expect(len(mine) - len(set(mine)) <= 4, f"hardly one twice: {len(mine) - len(set(mine))} after 4 kills")


def kill_while_jurors_save(city: City, app: Flask) -> None:
    say("3. Web workers are killed while jurors save their points")
    chosen = (
        select(Ballot.id, Ballot.prototype_id, Juror.person_id, Ballot.revision)
        .join(Juror, Juror.id == Ballot.juror_id).join(Hackathon, Hackathon.id == Juror.hackathon_id)
        .where(Hackathon.slug == "lebenswertes-musterstadt", Ballot.round == 1).order_by(Ballot.id)
    )  # fmt: skip
    of_juror = {row.person_id: row for row in db.session.execute(chosen)}  # one ballot of each
    with transaction():  # taken back to work on them
        db.session.execute(
            update(Ballot).where(Ballot.id.in_(row.id for row in of_juror.values())).values(state="open")
        )
    criteria = list(db.session.scalars(select(Score.criterion_id).where(Score.ballot_id.in_(
        row.id for row in of_juror.values())).distinct().order_by(Score.criterion_id)))  # fmt: skip
    people = {number: Person(app, number, city.port) for number in of_juror}
    saved = dict.fromkeys(of_juror, 0)
    last: dict[int, dict[str, str]] = {}
    refused: list[int] = []
    until = time.monotonic() + SECONDS

    def save(number: int) -> None:
        """One save on top of the last; the same one again for as long as nobody confirmed it."""
        draw, ballot = random.Random(number), of_juror[number]  # noqa: S311
        while time.monotonic() < until:
            points = {f"points-{each}": str(draw.randint(0, 5)) for each in criteria}
            given = points | {"revision": str(ballot.revision + saved[number]), "save_id": secrets.token_urlsafe(16)}
            while (status := people[number].post(f"/jury/prototyp/{ballot.prototype_id}", **given)) in UNHEARD:
                time.sleep(0.2)
            if status >= 400:
                refused.append(status)
                return
            saved[number] += 1
            last[number] = points

    threads = all_at_once(save, list(of_juror))
    kills = kill_for_a_while(city, until)
    for thread in threads:
        thread.join(60)
    db.session.rollback()
    revisions = pairs(select(Ballot.id, Ballot.revision))
    wrong = [number for number, row in of_juror.items() if revisions[row.id] != row.revision + saved[number]]
    expect(not refused, f"no save was refused ({refused})")
    expect(not wrong, f"{sum(saved.values())} saves were confirmed, each stands once after {kills} kills")
    lost = 0
    for number, points in last.items():
        scores = db.session.scalars(select(Score).where(Score.ballot_id == of_juror[number].id))
        stored = {f"points-{each.criterion_id}": str((each.half_points or 0) // 2) for each in scores}
        lost += stored != points
    expect(len(last) == len(of_juror) and not lost, "the points of every juror are those confirmed last")


def teams_without_hand_in(hackathon: Hackathon) -> dict[int, int]:
    """Forty teams of one person with a complete draft: the number of the person by that of the team."""
    taken = select(Membership.person_id).where(Membership.hackathon_id == hackathon.id)
    free = select(Row.id).where(Row.state == "active", Row.id.not_in(taken)).order_by(Row.id).limit(40)
    teams = {}
    for number in db.session.scalars(free).all():
        names = {"name": f"Drill {number}", "name_folded": f"drill {number}", "code": f"DR{number}"}
        team = Team(hackathon_id=hackathon.id, member_count=1, **names)
        db.session.add(team)
        db.session.flush()
        texts = {
            "title": "Drill",
            "pitch": "Ein Satz für die Übung.",
            "description": "Mehrere Sätze für die Übung. " * 5,
        }
        db.session.add(Membership(team_id=team.id, hackathon_id=hackathon.id, person_id=number))
        db.session.add(Prototype(team_id=team.id, hackathon_id=hackathon.id, **texts))
        teams[team.id] = number
    return teams


def pass_the_deadline(city: City, app: Flask) -> None:
    say("4. A deadline passes while teams hand in")
    with transaction():
        hackathon = db.session.scalars(select(Hackathon).order_by(Hackathon.submission_until.desc())).first()
        assert hackathon is not None
        teams = teams_without_hand_in(hackathon)
    people = {team: Person(app, number, city.port) for team, number in teams.items()}
    told: list[int] = []
    with transaction():
        hackathon.submission_until = now() + timedelta(seconds=5)

    def hand_in(team: int) -> None:
        time.sleep(random.uniform(0, 10))  # noqa: S311
        if people[team].post(f"/team/{team}/prototyp/abgeben", revision="1") in (302, 303):
            told.append(team)

    for thread in all_at_once(hand_in, list(teams)):
        thread.join()
    db.session.rollback()
    mine = select(Prototype.team_id, func.count(HandIn.id)).join(HandIn, HandIn.prototype_id == Prototype.id)
    stored = pairs(mine.where(Prototype.team_id.in_(teams)).group_by(Prototype.team_id))
    of_this = select(func.count()).select_from(HandIn).join(Prototype).where(Prototype.hackathon_id == hackathon.id)
    late = db.session.scalar(of_this.where(HandIn.handed_in_at >= hackathon.submission_until))
    expect(0 < len(told) < len(teams), f"{len(told)} of {len(teams)} hand-ins were confirmed, the others were late")
    expect(set(stored) == set(told), "stored means told, told means stored")
    expect(late == 0, "none is dated after the deadline")


def end_in_time(city: City) -> None:
    say("5. SIGTERM")
    begin = time.monotonic()
    city.parent.send_signal(signal.SIGTERM)
    try:
        city.parent.wait(35)
    except subprocess.TimeoutExpired:
        city.parent.kill()
    expect(time.monotonic() - begin < 35, f"everything ended after {time.monotonic() - begin:.1f} s")


def main() -> int:
    arrived: list[str] = []

    class Inbox:
        async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:
            arrived.extend(envelope.rcpt_tos)  # type: ignore[attr-defined]
            return "250 OK"

    inbox = Controller(Inbox(), hostname="127.0.0.1", port=free_port())
    inbox.start()
    with tempfile.TemporaryDirectory() as folder:
        city = City(folder, inbox.port)
        app = create_app(load_settings(city.environ, env_file=None))
        try:
            with app.app_context():
                kill_web_workers(city, app)
                kill_the_mail_worker(city, arrived)
                kill_while_jurors_save(city, app)
                pass_the_deadline(city, app)
        finally:
            end_in_time(city)
            inbox.stop()
    say(json.dumps({"failures": failures}))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
