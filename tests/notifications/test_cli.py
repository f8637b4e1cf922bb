from datetime import timedelta

import time_machine

from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.jobs import JOBS, run_job
from ideenlab.mail.models import Mail
from ideenlab.notifications.models import Notice
from tests.factories import a_person
from tests.notifications.test_actions import several_notices


def test_the_worker_writes_digests_and_cleans_up(app):
    several_notices(a_person(), "Bänke")
    with time_machine.travel(now() + timedelta(days=2)):
        assert run_job(app, JOBS["notifications.digests"])
    assert db.session.query(Mail).count() == 1
    db.session.rollback()
    with time_machine.travel(now() + timedelta(days=100)):
        assert run_job(app, JOBS["privacy.retain"])
    assert db.session.query(Notice).count() == 0
