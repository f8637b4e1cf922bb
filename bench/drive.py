"""Ask a server as fast as it answers, and check every answer. With `wrk` where it is installed, else in Python."""

import http.client
import json
import re
import shutil
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass, field
from itertools import cycle

LUA = """
local asks = {asks}
local turn = 0
local shortest = {shortest}
request = function()
  turn = turn % #asks + 1
  local ask = asks[turn]
  return wrk.format(ask[1], ask[2], ask[3], ask[4])
end
wrong, seen = 0, 0
local threads = {{}}
setup = function(thread) table.insert(threads, thread) end
response = function(status, headers, body)
  seen = seen + 1
  if status ~= {status} or #body < shortest then wrong = wrong + 1 end
end
done = function(summary, latency, requests)
  local wrong_all, seen_all = 0, 0
  for _, thread in ipairs(threads) do
    wrong_all = wrong_all + thread:get("wrong")
    seen_all = seen_all + thread:get("seen")
  end
  local errors = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format("RESULT %d %d %d %d %d\\n", seen_all, summary.duration, wrong_all + errors,
    latency:percentile(50), latency:percentile(99)))
end
"""


@dataclass(frozen=True)
class Ask:
    """One request that is sent again and again; several are sent in turn."""

    path: str
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""


@dataclass(frozen=True)
class Answers:
    """How many came in how many seconds, how many of them were wrong, and how long they took (seconds)."""

    number: int
    seconds: float
    wrong: int
    p50: float
    p99: float

    @property
    def rate(self) -> float:
        return self.number / self.seconds


def drive(port: int, asks: list[Ask], *, seconds: float, clients: int, status: int = 200, shortest: int = 0) -> Answers:
    """Answers of `status` and at least `shortest` bytes are right, all others wrong."""
    ask = _with_wrk if shutil.which("wrk") else _with_python
    return ask(port, asks, seconds, clients, status, shortest)


def _with_wrk(port: int, asks: list[Ask], seconds: float, clients: int, status: int, shortest: int) -> Answers:
    written = "{" + ",".join(_lua(ask) for ask in asks) + "}"
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(LUA.format(asks=written, status=status, shortest=shortest))
        script.flush()
        out = subprocess.run(
            ["wrk", "-t1", f"-c{clients}", f"-d{seconds:.0f}s", "--timeout", "10s", "-s", script.name,
             f"http://127.0.0.1:{port}"],
            capture_output=True, text=True, check=True, timeout=seconds + 30,
        ).stdout  # fmt: skip
    found = re.search(r"RESULT (\d+) (\d+) (\d+) (\d+) (\d+)", out)
    if not found:
        raise SystemExit(f"wrk said nothing of use:\n{out}")
    number, micros, wrong, p50, p99 = map(int, found.groups())
    return Answers(number, micros / 1e6, wrong, p50 / 1e6, p99 / 1e6)


def _lua(ask: Ask) -> str:
    headers = ",".join(f"[{json.dumps(name)}]={json.dumps(value)}" for name, value in ask.headers.items())
    body = json.dumps(ask.body) if ask.body else "nil"
    return f"{{{json.dumps(ask.method)},{json.dumps(ask.path)},{{{headers}}},{body}}}"


def _with_python(port: int, asks: list[Ask], seconds: float, clients: int, status: int, shortest: int) -> Answers:
    turns, lock, times, wrong = cycle(asks), threading.Lock(), list[float](), list[int]()
    end = time.monotonic() + seconds

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        while (begin := time.monotonic()) < end:
            with lock:
                ask = next(turns)
            try:
                connection.request(ask.method, ask.path, ask.body or None, ask.headers)
                answer = connection.getresponse()
                right = len(answer.read()) >= shortest and answer.status == status
            except (OSError, http.client.HTTPException):
                connection.close()
                right = False
            times.append(time.monotonic() - begin)
            if not right:
                wrong.append(1)

    threads = [threading.Thread(target=client) for _ in range(clients)]
    begin = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ordered = sorted(times) or [0.0]
    p50, p99 = ordered[len(ordered) // 2], ordered[len(ordered) * 99 // 100]
    return Answers(len(times), time.monotonic() - begin, len(wrong), p50, p99)


def fetch(port: int, ask: Ask) -> tuple[int, int]:
    """Status and length of one answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(ask.method, ask.path, ask.body or None, ask.headers)
    answer = connection.getresponse()
    return answer.status, len(answer.read())
