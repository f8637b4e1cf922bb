from datetime import timedelta

from sqlalchemy import select

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.jobs import JOBS
from ideenlab.moderation.actions import report_thing
from ideenlab.moderation.models import Case, Report
from ideenlab.moderation.queries import get_thing
from tests.factories import a_call, an_idea


def test_what_waits_comes_into_the_queue_once(app):
    an_idea(a_call(is_premoderated=True), state="waiting", published_at=None)
    runner = app.test_cli_runner()
    assert runner.invoke(args=["moderation", "gather"]).output == "1 new in the queue\n"
    assert runner.invoke(args=["moderation", "gather"]).output == "0 new in the queue\n"
    db.session.rollback()
    assert [case.origin for case in db.session.scalars(select(Case))] == ["release"]


def test_the_worker_forgets_who_reported_a_month_after_the_decision(app):
    idea = an_idea()
    with transaction():
        report_thing(
            None, thing=get_thing("idee", idea.id), reason="spam", text="Das ist Werbung.", email="a@example.org"
        )
    (report,) = db.session.scalars(select(Report))
    for days, kept in ((29, "a@example.org"), (31, None)):
        with transaction():
            report.case.closed_at = now() - timedelta(days=days)
        JOBS["privacy.retain"].work()
        db.session.rollback()
        assert report.email == kept
