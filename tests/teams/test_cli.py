from ideenlab.core.clock import now
from ideenlab.core.db import transaction
from ideenlab.core.jobs import JOBS
from ideenlab.teams.actions import invite_address
from tests.factories import a_person, a_team


def test_an_address_that_did_not_answer_is_forgotten(app):
    member = a_person()
    team = a_team(None, member)
    with transaction():
        old, new = (
            invite_address(member, team=team, email=f"{name}@example.org", sentence="") for name in ("alt", "neu")
        )
        old.expires_at = now()
    JOBS["teams.forget_addresses"].work()
    found = [(row.state, row.email, row.secret_hash is None) for row in (old, new)]
    assert found == [("withdrawn", None, True), ("open", "neu@example.org", False)]
