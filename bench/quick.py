"""Our pages against the bare framework, in ratios, measured in turns: `make bench-quick`, under two minutes.

Absolute figures differ from machine to machine; what counts is the ratio in one round, and of these the median. The
table shows the median of the rounds and how far they lie apart. Every answer is checked for status and length. It
runs on SQLite, and with `BENCH_DATABASE_URL` on PostgreSQL (see bench/databases.py).
"""

import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from bench.data import SLUG, environment, fill, make_app  # noqa: E402
from bench.databases import databases  # noqa: E402
from bench.drive import Answers, Ask, drive, fetch  # noqa: E402
from bench.jury import Jury  # noqa: E402
from bench.server import Server  # noqa: E402

PORT = int(os.environ.get("BENCH_PORT", "8135"))
LONG = "--long" in sys.argv
ROUNDS, SECONDS = (9, 4) if LONG else (4, 1)
SMALL, LARGE = 1_000, 100_000
SEARCHED = ("Radweg", "sichere Kreuzung", "Bleuchtung", "Straßenbeleuchtung im Park")  # one of them mistyped
COLUMNS = "{:46} {:>9} {:>9} {:>8} {:>8} {:>6}   {}"


@dataclass
class Target:
    """What is measured: requests to a server, and the answers they must get."""

    name: str
    server: Server
    asks: list[Ask]
    status: int = 200
    shortest: int = 0
    clients: int = 16
    rates: list[float] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)  # CPU seconds per request
    last: Answers | None = None
    jury: Jury | None = None  # asks by itself, because each save needs the answer to the last

    def prove(self) -> None:
        """Answers before the clock runs; the shortest is what all others must come near to."""
        if self.jury:
            return
        answers = [fetch(self.server.port, ask) for ask in self.asks if ask == self.asks[0] or ask.method == "GET"]
        for status, _length in answers:
            if status != self.status:
                raise SystemExit(f"{self.name}: answered {status} instead of {self.status}")
        self.shortest = int(min(length for _status, length in answers) * 0.8)

    def measure(self) -> None:
        before = self.server.cpu()
        answers = self._drive()
        if not answers.number and not answers.wrong:  # a machine that was busy with something else
            before, answers = self.server.cpu(), self._drive()
        if answers.wrong or not answers.number:
            raise SystemExit(f"{self.name}: {answers.wrong} of {answers.number} answers were wrong")
        self.rates.append(answers.rate)
        self.costs.append((self.server.cpu() - before) / answers.number)
        self.last = answers

    def _drive(self) -> Answers:
        if self.jury:
            return self.jury.score(SECONDS)
        return drive(
            self.server.port, self.asks, seconds=SECONDS, clients=self.clients, status=self.status,
            shortest=self.shortest,
        )  # fmt: skip

    @property
    def rate(self) -> float:
        return statistics.median(self.rates)

    @property
    def cost(self) -> float:
        return statistics.median(self.costs)


def build(folder: Path, ideas: int, port: int, database: str) -> dict[str, Any]:
    """The large one can be searched in the long bench alone: to put 100,000 ideas into the search takes a minute."""
    inside = folder / str(ideas)
    inside.mkdir()
    return fill(make_app(inside, port, database), ideas, searched=LONG or ideas == SMALL)


def supports(known: dict[str, Any], path: str, undo: str) -> list[Ask]:
    """Every person supports and takes back, over and over, each another idea."""
    asks = []
    for number, cookies in enumerate(known["cookies"]):
        headers = {**cookies, "X-Person": str(number + 1), "Referer": "http://127.0.0.1/"}
        asks.append(Ask(path.format(number * 7 + 1), "POST", headers))
    return asks + [Ask(undo.format(number * 7 + 1), "POST", ask.headers) for number, ask in enumerate(asks)]


def jury_of(server: Server, path: str, known: dict[str, Any], half: int) -> Target:
    """Twenty jurors; the other twenty score on the other server, so that neither meets the other's ballots."""
    jury, cookies = known["jury"], known["cookies"]
    jurors = [
        (person, {**cookies[person - 1], "X-Person": str(person), "Referer": "http://127.0.0.1/"})
        for person in jury["jurors"][half::2]
    ]
    work = Jury(server.port, path, jurors, jury["prototypes"], jury["criteria"])
    return Target("bare ballot" if half else "ballot", server, [], jury=work)


def targets_of(servers: dict[str, Server], known: dict[str, Any], of_large: dict[str, Any]) -> dict[str, Target]:
    small, large, bare = servers["ours"], servers["ours, large"], servers["the ladder"]
    ideas, topic = f"/ideen/{SLUG}", f"/ideen/{SLUG}?thema=kultur&sortierung=neueste"
    idea, far = f"/idee/{known['idea']}", f"/idee/{of_large['idea']}"
    search, similar = (
        [Ask(f"{ideas}{path}{quote(words)}") for words in SEARCHED] for path in ("?suche=", "/aehnliche?titel=")
    )
    rungs = {name: Target(name, bare, [Ask(f"/{name}")]) for name in ("hello", "page", "raw", "orm")}
    pages = [  # what is compared stands beside each other, so that both meet the same moment of the machine
        rungs["hello"], rungs["page"], Target("list, from the page cache", servers["ours, cached"], [Ask(ideas)]),
        rungs["raw"], rungs["orm"],
        Target("list", small, [Ask(ideas)]), Target("list, 100,000", large, [Ask(ideas)]),
        Target("topic", small, [Ask(topic)]), Target("topic, 100,000", large, [Ask(topic)]),
        Target("orm, 50 comments", bare, [Ask(f"/discussion/{known['idea']}")]),
        Target("idea", small, [Ask(idea)]), Target("idea, 100,000", large, [Ask(far)]),
        *([Target("start page", small, [Ask("/")]), Target("start page, 100,000", large, [Ask("/")]),
           Target("programme, 80 events", small, [Ask("/programm")])] if LONG else []),
        Target("search", small, search), *([Target("search, 100,000", large, search)] if LONG else []),
        Target("similar ideas", small, similar), *([Target("similar ideas, 100,000", large, similar)] if LONG else []),
    ]  # fmt: skip
    writes = [
        Target("bare support", bare, supports(known, "/support/{}", "/support/{}?undo"), 303, clients=50),
        Target("support", small, supports(known, "/idee/{}/unterstuetzen", "/idee/{}/nicht-mehr-unterstuetzen"), 303,
               clients=50),
        jury_of(bare, "/ballot/{}", known, 1),
        jury_of(small, "/jury/prototyp/{}/zwischenstand", known, 0),
    ]  # fmt: skip
    return {target.name: target for target in [*pages, *writes]}


def verdicts(by: dict[str, Target]) -> list[tuple[str, float, str, float]]:
    """What is compared: words, median of the ratios of all rounds, sign and goal."""

    def rate(name: str, rung: str) -> float:
        return statistics.median(ours / bare for ours, bare in zip(by[name].rates, by[rung].rates, strict=True))

    def growth(name: str) -> float:
        large = by[f"{name}, 100,000"].costs
        return statistics.median(many / few for many, few in zip(large, by[name].costs, strict=True))

    return [
        ("list, uncached / page + query with ORM objects", rate("list", "orm"), "≥", 0.5),
        ("list, uncached / page + raw query", rate("list", "raw"), "≥", 0.0),
        ("list from the page cache / page", rate("list, from the page cache", "page"), "≥", 1.0),
        ("idea page / as heavy a page with ORM objects", rate("idea", "orm, 50 comments"), "≥", 0.5),
        ("CPU of the list, 100,000 / 1,000 ideas", growth("list"), "≤", 1.2),
        ("CPU of a topic, 100,000 / 1,000 ideas", growth("topic"), "≤", 1.2),
        ("CPU of an idea page, 100,000 / 1,000 ideas", growth("idea"), "≤", 1.2),
        *([("CPU of the start page, 100,000 / 1,000 ideas", growth("start page"), "≤", 0.0),
           ("programme of 80 events / idea page", rate("programme, 80 events", "idea"), "≥", 0.0)] if LONG else []),
        *((f"CPU of {name}, 100,000 / 1,000 ideas", growth(name), "≤", 1.5)
          for name in ("search", "similar ideas") if LONG),
        ("support / bare support, 50 clients", rate("support", "bare support"), "≥", 0.4),
        ("ballot save / bare ballot, 20 jurors", rate("ballot", "bare ballot"), "≥", 0.0),
    ]  # fmt: skip


def say(by: dict[str, Target], begin: float) -> bool:
    print(COLUMNS.format("", "median/s", "lowest", "highest", "CPU ms", "p99 ms", ""))
    for target in by.values():
        slow = target.last.p99 * 1000 if target.last else 0
        print(COLUMNS.format(
            target.name, f"{target.rate:.0f}", f"{min(target.rates):.0f}", f"{max(target.rates):.0f}",
            f"{target.cost * 1000:.2f}", f"{slow:.0f}", "",
        ))  # fmt: skip
    print()
    good = True
    for words, ratio, sign, goal in verdicts(by):
        met = ratio >= goal if sign == "≥" else ratio <= goal
        good &= met
        verdict = f"goal {sign} {goal}: {'met' if met else 'MISSED'}" if goal else "no goal yet"
        print(f"{words:46} {ratio:9.2f}   {verdict}")
    print()
    print(f"{time.monotonic() - begin:.0f} seconds")
    return good


def main() -> int:
    begin = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="ideenlab-bench-"))
    try:
        with databases(folder, (SMALL, LARGE)) as known_at:
            return measure(folder, known_at, begin)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def start(folder: Path, at: dict[int, str]) -> dict[str, Server]:
    def ours(name: str, size: int, port: int, **more: str) -> Server:
        return Server(name, "wsgi:app", port, environment(folder / str(size), port, at[size]) | more)

    return {
        "ours": ours("ours", SMALL, PORT, PAGE_CACHE="0"),
        "ours, large": ours("ours, large", LARGE, PORT + 1, PAGE_CACHE="0"),
        "the ladder": Server("the ladder", "bench.ladder:app", PORT + 2, {"BENCH_DATABASE": at[SMALL]}),
        "ours, cached": ours("ours, cached", SMALL, PORT + 3),
    }


def measure(folder: Path, at: dict[int, str], begin: float) -> int:
    known, of_large = build(folder, SMALL, PORT, at[SMALL]), build(folder, LARGE, PORT + 1, at[LARGE])
    kind = at[SMALL].partition(":")[0].partition("+")[0]
    print(f"{kind}: {SMALL} and {LARGE} ideas built in {time.monotonic() - begin:.0f} seconds", flush=True)
    servers = start(folder, at)
    try:
        for server in servers.values():
            server.wait("/hello" if server.name == "the ladder" else "/ideen")
        by = targets_of(servers, known, of_large)
        for target in by.values():
            target.prove()
        for _round in range(ROUNDS):
            for target in by.values():
                target.measure()
    finally:
        for server in servers.values():
            server.end()
    print(json.dumps({target.name: target.shortest for target in by.values()}))
    return 0 if say(by, begin) else 1


if __name__ == "__main__":
    sys.exit(main())
