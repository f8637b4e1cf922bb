from ideenlab.core.clock import now
from ideenlab.rehearsals.rules import may_go_on, may_start_rehearsal, may_wipe
from tests.factories import DAY, a_hackathon, a_person


def test_who_may_rehearse_what(app):
    organiser, coming = a_person("organiser"), {"starts_at": now() + DAY, "ends_at": now() + 2 * DAY}
    original = a_hackathon(**coming)
    for person, hackathon, allowed in (
        (organiser, original, True),
        (a_person(), original, False),
        (organiser, a_hackathon(), False),  # has begun
        (organiser, a_hackathon(archived_at=now(), **coming), False),
    ):
        assert bool(may_start_rehearsal(person, hackathon, now())) is allowed
    finished = a_hackathon(rehearsal_of_id=original.id)
    assert not may_start_rehearsal(organiser, original, now())
    assert (bool(may_wipe(organiser, finished)), bool(may_wipe(organiser, original))) == (True, False)
    assert not may_go_on(organiser, finished)
