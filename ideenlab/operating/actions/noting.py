from sqlalchemy import update

from ideenlab.core.db import db
from ideenlab.core.jobs import RUNS
from ideenlab.core.upsert import insert_missing
from ideenlab.operating.models import JobRun


def note_runs() -> None:
    """Write down how the jobs of this worker went, so that the pages of the administration can show it."""
    for name, run in sorted(RUNS.items()):
        row = {
            "ran_at": run.at, "milliseconds": run.milliseconds, "failed_at": run.failed_at, "fault": run.fault[:120],
            "failures": run.failures,
        }  # fmt: skip
        if not insert_missing(JobRun, {"name": name[:60], **row}):
            db.session.execute(update(JobRun).where(JobRun.name == name[:60], JobRun.ran_at < run.at).values(**row))
