import os
import signal
import subprocess
import sys
from pathlib import Path

from ideenlab.core import jobs

ROOT = Path(__file__).parents[2]


def test_a_failing_job_is_logged_and_harms_nobody(app, caplog):
    def fail():
        raise ValueError("no luck")

    assert jobs.run_job(app, jobs.Job("test.fails", 1, fail)) is False
    assert "test.fails" in caplog.text
    done = []
    assert jobs.run_job(app, jobs.Job("test.works", 1, lambda: done.append(1))) is True
    assert done == [1]


def test_a_job_is_registered_under_its_name(monkeypatch):
    monkeypatch.setattr(jobs, "JOBS", {})

    @jobs.job("test.registered", seconds=5)
    def work():
        pass

    assert {"test.registered": jobs.Job("test.registered", 5, work)} == jobs.JOBS


def test_the_worker_ends_within_seconds_when_told(tmp_path):
    environment = {**os.environ, "INSTANCE_FOLDER": str(tmp_path), "IDEENLAB_DEMO": "1", "PYTHONUNBUFFERED": "1"}
    subprocess.run(
        [sys.executable, "-m", "flask", "db", "upgrade"], cwd=ROOT, env=environment, check=True, capture_output=True
    )
    worker = subprocess.Popen(
        [sys.executable, "-m", "flask", "work"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    assert "The worker does" in worker.stdout.readline()
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(5) == 0
    worker.stdout.close()
