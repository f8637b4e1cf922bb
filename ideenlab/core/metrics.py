"""How many requests and how long they took, counted in the memory of this process, as Prometheus reads them.

Nothing of a person is counted: no address, no number of a thing, only the name of the view. Where nobody asks for
metrics (no METRICS_TOKEN), nothing is counted at all. Every process counts for itself and says which one it is.
"""

import os
import threading
import time
from collections.abc import Iterator

from flask import Flask, Response, g, request

BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
Key = tuple[str, str]  # endpoint and class of status


class Counts:
    """For each view: requests by the seconds they took, and their sum."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rows: dict[Key, list[float]] = {}  # one for each bucket, then those that took longer, then the sum

    def count(self, endpoint: str, status: int, seconds: float) -> None:
        place = next((place for place, most in enumerate(BUCKETS) if seconds <= most), len(BUCKETS))
        with self._lock:
            row = self._rows.setdefault((endpoint, f"{status // 100}xx"), [0.0] * (len(BUCKETS) + 2))
            row[place] += 1
            row[-1] += seconds

    def lines(self) -> Iterator[str]:
        process = os.getpid()
        with self._lock:
            rows = sorted((key, list(row)) for key, row in self._rows.items())
        yield "# HELP ideenlab_request_seconds How long requests took, by view and class of status.\n"
        yield "# TYPE ideenlab_request_seconds histogram\n"
        for (endpoint, status), row in rows:
            said = f'endpoint="{endpoint}",status="{status}",process="{process}"'
            whole = 0
            for most, number in zip((*BUCKETS, "+Inf"), row, strict=False):
                whole += int(number)
                yield f'ideenlab_request_seconds_bucket{{{said},le="{most}"}} {whole}\n'
            yield f"ideenlab_request_seconds_sum{{{said}}} {row[-1]:.6f}\n"
            yield f"ideenlab_request_seconds_count{{{said}}} {whole}\n"


counts = Counts()


def _begin() -> None:
    g.counted_from = time.perf_counter()


def _count(response: Response) -> Response:
    begun = g.pop("counted_from", None)
    if begun is not None:
        counts.count(request.endpoint or "none", response.status_code, time.perf_counter() - begun)
    return response


def register_metrics(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_count)


def figure(name: str, about: str, value: float) -> str:
    """One figure of the moment."""
    return f"# HELP {name} {about}\n# TYPE {name} gauge\n{name} {value:.12g}\n"
