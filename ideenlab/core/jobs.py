"""What the worker does again and again. A feature says `@job("mail.send", seconds=2)`; `flask work` is the clock."""

import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask

from ideenlab.core.clock import now
from ideenlab.core.db import db

Work = Callable[[], object]
GRACE = 4.0  # seconds for what is running when the worker is told to stop


@dataclass(frozen=True)
class Job:
    name: str
    seconds: float
    work: Work


@dataclass(frozen=True)
class Run:
    """How a job went the last time, and when it last failed.

    `fault` is the kind of fault alone: its message could say something of people.
    """

    at: datetime
    milliseconds: int
    failed_at: datetime | None = None
    fault: str = ""
    failures: int = 0  # in a row


JOBS: dict[str, Job] = {}
RUNS: dict[str, Run] = {}  # in the memory of this worker, until `operating` has written them down
stopping = threading.Event()  # a long job looks here and ends early


def job(name: str, *, seconds: float) -> Callable[[Work], Work]:
    """Have this function called every so many seconds, in an app context of its own. It opens its transactions itself.

    It may be killed at any moment, and another worker may run it at the same time.
    """

    def register(work: Work) -> Work:
        JOBS[name] = Job(name, seconds, work)
        return work

    return register


def run_job(app: Flask, job: Job) -> bool:
    """Run a job once. A fault is logged and does not reach anybody else."""
    begun, fault = time.monotonic(), ""
    with app.app_context():
        try:
            job.work()
        except Exception as error:
            app.logger.exception("job %s failed and will be tried again", job.name)
            fault = type(error).__name__
        finally:
            db.session.remove()
    _note(job.name, round(1000 * (time.monotonic() - begun)), fault)
    return not fault


def _note(name: str, milliseconds: int, fault: str) -> None:
    before, moment = RUNS.get(name), now()
    if fault:
        RUNS[name] = Run(moment, milliseconds, moment, fault, 1 + (before.failures if before else 0))
    else:
        RUNS[name] = Run(moment, milliseconds, before.failed_at if before else None, before.fault if before else "")


def work_until_told(app: Flask) -> None:
    """Run every job on its beat until SIGTERM or SIGINT, then end within seconds."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    scheduler = BackgroundScheduler(timezone="UTC", executors={"default": ThreadPoolExecutor(max(4, len(JOBS)))})
    for job in JOBS.values():
        scheduler.add_job(
            run_job, "interval", args=(app, job), seconds=job.seconds, id=job.name, max_instances=1, coalesce=True,
            misfire_grace_time=None, jitter=min(1, job.seconds / 10),
        )  # fmt: skip
    scheduler.start()
    print("The worker does", ", ".join(JOBS) or "nothing", flush=True)  # noqa: T201
    while not stopping.wait(1):
        pass
    end = threading.Thread(target=scheduler.shutdown, daemon=True)
    end.start()
    end.join(GRACE)
    if end.is_alive():
        app.logger.warning("worker: a job was still running; its work will be taken up again")
        os._exit(0)  # threads of a pool cannot be ended otherwise
