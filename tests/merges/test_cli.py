from datetime import timedelta

import time_machine

from ideenlab.core.clock import now
from ideenlab.core.jobs import JOBS
from ideenlab.merges.queries import get_merge
from tests.merges.world import alike, proposed


def test_proposals_run_out_on_the_command_line_and_in_the_worker(app):
    first, second = (proposed(*alike()) for _number in range(2))
    with time_machine.travel(now() + timedelta(days=8)):
        done = app.test_cli_runner().invoke(args=["merges", "end-due"])
        assert (done.exit_code, done.output.strip()) == (0, "2")
        JOBS["merges.end_due"].work()
    assert [get_merge(merge.id).state for merge in (first, second)] == ["expired", "expired"]
