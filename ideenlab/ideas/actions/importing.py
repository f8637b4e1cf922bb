from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from ideenlab.comments.models import Thread
from ideenlab.core.db import db
from ideenlab.history.actions import record
from ideenlab.ideas.actions.reading import Preparation, Report
from ideenlab.ideas.models import Call, Idea, new_lot


def known_numbers(call: Call, numbers: Iterable[str]) -> set[str]:
    """Which of these numbers of another system are ideas of the call already."""
    known = select(Idea.external_id).where(Idea.call_id == call.id, Idea.external_id.in_(sorted(numbers)))
    return {number for number in db.session.scalars(known) if number}


def import_ideas(call: Call, *, preparation: Preparation, name: str) -> Report:
    """Store what is ready and not there yet, published when it was given. By command: nobody in particular acts."""
    report = preparation.report
    for piece in preparation.ideas():
        known = known_numbers(call, [idea["external_id"] for idea in piece])
        fresh = [idea for idea in piece if idea["external_id"] not in known]
        report.known += len(piece) - len(fresh)
        report.added += len(fresh)
        _store(call, fresh)
    if report.added:
        record(None, "ideas.imported", call, note=f"{report.added}: {name}")
    db.session.flush()
    return report


def count_known(call: Call, preparation: Preparation) -> Report:
    """What an import would do, without doing it."""
    report = preparation.report
    for piece in preparation.ideas():
        report.known += len(known_numbers(call, [idea["external_id"] for idea in piece]))
    report.added = report.ready - report.known
    return report


def _store(call: Call, ideas: list[dict[str, Any]]) -> None:
    if not ideas:
        return
    threads = [Thread() for _idea in ideas]
    db.session.add_all(threads)
    db.session.flush()
    rows = []
    for idea, thread in zip(ideas, threads, strict=True):
        created = datetime.fromisoformat(idea["created_at"])
        times = {"created_at": created, "published_at": created, "changed_at": created}
        fixed = {"call_id": call.id, "thread_id": thread.id, "state": "published", "origin": "import"}
        rows.append({**idea, **times, **fixed, "lot": new_lot(), "is_indexed": False})
    db.session.execute(insert(Idea), rows)
    for thread in threads:
        db.session.expunge(thread)  # so that memory stays flat
