"""Start a server as `make run` does, know what its processes cost, and end it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from bench.drive import Ask, fetch

ROOT = Path(__file__).parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
WORKERS, THREADS = 2, 4


class Server:
    """gunicorn with two workers of four threads on 127.0.0.1."""

    def __init__(self, name: str, target: str, port: int, environment: dict[str, str]) -> None:
        self.name, self.port = name, port
        command = [
            sys.executable, "-m", "gunicorn", target, "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread",
            "--workers", str(WORKERS), "--threads", str(THREADS), "--log-level", "warning",
        ]  # fmt: skip
        self.process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment})

    def wait(self, path: str) -> None:
        for _ in range(150):
            try:
                if fetch(self.port, Ask(path))[0] < 500:
                    return
            except OSError:
                time.sleep(0.2)
            if self.process.poll() is not None:
                break
        raise SystemExit(f"{self.name} does not answer on port {self.port}")

    def cpu(self) -> float:
        """Seconds of processor time of its workers so far."""
        workers = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return sum(_cpu_of(int(worker)) for worker in workers)

    def end(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()


def _cpu_of(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
