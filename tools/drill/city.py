"""A demo city of its own for the drill, and people with signed-in browsers."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
import urllib.parse
from contextvars import Context
from datetime import timedelta
from pathlib import Path

from flask import Flask, session
from flask_wtf.csrf import generate_csrf

from ideenlab.accounts.models import SignIn
from ideenlab.config import ROOT
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.security import hash_secret, new_secret


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class City:
    """A demo city of its own, served by the same parent as `make run`."""

    def __init__(self, folder: str, smtp_port: int) -> None:
        self.port = int(os.environ.get("DRILL_PORT", "0")) or free_port()
        self.environ = {
            **os.environ,
            "INSTANCE_FOLDER": folder,
            "PORT": str(self.port),
            "IDEENLAB_DEMO": "1",
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(smtp_port),
            "SMTP_TLS": "none",
            "DATABASE_URL": os.environ.get("DRILL_DATABASE_URL", ""),
        }
        self.log = Path(folder, "serve.log").open("w")  # noqa: SIM115
        self.parent = subprocess.Popen(
            [sys.executable, "tools/serve.py"], cwd=ROOT, env=self.environ, stdout=self.log, stderr=subprocess.STDOUT
        )
        until = time.monotonic() + 90
        while not self.answers():
            if time.monotonic() > until or self.parent.poll() is not None:
                sys.exit(f"The city did not start:\n{Path(folder, 'serve.log').read_text()}")
            time.sleep(0.2)

    def answers(self) -> bool:
        try:
            return self.get("/gesund")[0] == 200
        except OSError:
            return False

    def get(self, path: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()

    def children(self, of: int | None = None) -> list[int]:
        file = Path(f"/proc/{of or self.parent.pid}/task/{of or self.parent.pid}/children")
        return [int(pid) for pid in file.read_text().split()]

    def running(self, word: str) -> int | None:
        """The child whose command line holds a word: `gunicorn` or `work`."""
        for pid in self.children():
            if word in Path(f"/proc/{pid}/cmdline").read_text():
                return pid
        return None


class Person:
    """Somebody with a signed-in browser: cookie and token as the application would have given them."""

    def __init__(self, app: Flask, person_id: int, port: int) -> None:
        secret = new_secret()
        with transaction():
            row = SignIn(
                person_id=person_id, secret_hash=hash_secret(secret, purpose="sign-in"),
                expires_at=now() + timedelta(hours=1), second_factor_at=now(),
            )  # fmt: skip
            db.session.add(row)
        self.token, self.cookie = Context().run(self._browser, app, secret)  # tokens are remembered by context
        self.port = port

    @staticmethod
    def _browser(app: Flask, secret: str) -> tuple[str, str]:
        with app.test_request_context():
            session["_user_id"], session["_fresh"] = secret, True
            token = str(generate_csrf())
            signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
            return token, f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps(dict(session))}"

    def post(self, path: str, **fields: str) -> int:
        """The status, or 0 where no whole answer came."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        headers = {
            "Cookie": self.cookie,
            "X-CSRFToken": self.token,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            connection.request("POST", path, urllib.parse.urlencode(fields), headers)
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()
        return answer.status
