"""One foreground parent for the web server and the worker: `make run`.

Passes SIGTERM and SIGINT on, restarts whichever falls, and says where the city is to be found.
`--only-prepare` stops after the migrations.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
BIN = Path(sys.executable).parent

if TYPE_CHECKING:
    from flask import Flask

    from ideenlab.config import Settings

GRACE = 30.0  # seconds that requests under way have left after a SIGTERM


def demo_unless_told_otherwise() -> None:
    """`make run` on a fresh machine shows a demo city; anything said in the environment or .env wins."""
    from dotenv import dotenv_values

    kept = dotenv_values(ROOT / ".env") if (ROOT / ".env").exists() else {}
    if "IDEENLAB_DEMO" not in os.environ and "IDEENLAB_DEMO" not in kept:
        os.environ["IDEENLAB_DEMO"] = "1"


def prepare(*, fill: bool) -> tuple[Settings, str]:
    """Check the settings, bring the tables up to date, fill a demo city where there is nobody yet."""
    from flask_migrate import upgrade

    from ideenlab import check_people, create_app
    from ideenlab.accounts.queries import is_anybody_here
    from ideenlab.config import ConfigError, load_settings

    try:
        settings = load_settings(os.environ)
        app = create_app(settings)
        with app.app_context():
            upgrade()
            empty = not is_anybody_here()
        check_people(app)
    except ConfigError as error:
        sys.exit(f"These settings cannot work:\n{error}")
    if settings.demo and fill and empty:
        subprocess.run([BIN / "flask", "demo", "fill"], cwd=ROOT, check=True)
    return settings, missing_line(app)


class Child:
    """A process that is started again when it falls, more slowly each time it falls at once."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.name, self.command, self.falls = name, command, 0
        self.start()

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(self.command, cwd=ROOT, start_new_session=True)

    def look_after(self) -> None:
        if self.process.poll() is None:
            return
        self.falls = self.falls + 1 if time.monotonic() - self.started < 10 else 1
        if self.falls > 5:
            raise SystemExit(f"{self.name} falls again and again; the reason is above.")
        print(f"{self.name} fell ({self.process.returncode}); starting it again", flush=True)
        time.sleep(min(2**self.falls / 4, 8))
        self.start()

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)


def is_taken(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def answers(host: str, port: int) -> bool:
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    try:
        with socket.create_connection((target, port), timeout=0.5):
            return True
    except OSError:
        return False


def serve(settings: Settings, missing: str) -> None:
    if is_taken(settings.host, settings.port):
        sys.exit(f"Port {settings.port} is in use. Another one: PORT={settings.port + 1} make run")
    bind = f"[{settings.host}]:{settings.port}" if ":" in settings.host else f"{settings.host}:{settings.port}"
    web = Child(
        "the web server",
        [
            str(BIN / "gunicorn"), "wsgi:app", "--bind", bind, "--worker-class", "gthread",
            "--workers", str(settings.workers), "--threads", str(settings.threads),
            "--graceful-timeout", str(int(GRACE)), "--timeout", "60", "--log-level", "warning",
        ],
    )  # fmt: skip
    children = [web]
    stopping = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    try:
        announce(settings, web, missing)
        if not stopping:  # only now: the first page does not wait for the worker's start
            children.append(Child("the worker", [str(BIN / "flask"), "work"]))
        while not stopping:
            time.sleep(0.25)
            for child in children:
                if not stopping:
                    child.look_after()
    finally:
        end(children)


def missing_line(app: Flask) -> str:
    """How much is missing before going live. A demo city is not asked."""
    from ideenlab.core.db import db
    from ideenlab.core.security import city
    from ideenlab.operating.rules import missing_for_going_live

    with app.app_context():
        found = [] if city().demo else [one for one in missing_for_going_live(city()) if not one.is_fine]
        db.session.remove()
        db.engine.dispose()
    return f"  Missing before going live: {len(found)} (flask doctor names them)\n" if found else ""


def announce(settings: Settings, web: Child, missing: str) -> None:
    for _ in range(100):
        if answers(settings.host, settings.port) or web.process.poll() is not None:
            break
        time.sleep(0.1)
    print(f"\n  Ideenlab runs at {settings.base_url}\n  Stop with Ctrl+C.\n{missing}", flush=True)


def end(children: list[Child]) -> None:
    for child in children:
        child.stop()
    until = time.monotonic() + GRACE + 2
    for child in children:
        try:
            child.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.process.kill()


if __name__ == "__main__":
    os.chdir(ROOT)
    demo_unless_told_otherwise()
    only_prepare = "--only-prepare" in sys.argv
    settings, missing = prepare(fill=not only_prepare)
    if not only_prepare:
        serve(settings, missing)
