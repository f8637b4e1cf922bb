from datetime import timedelta

from ideenlab.core.clock import now
from ideenlab.core.jobs import JOBS
from tests.factories import DAY, a_sign_up, an_event


def test_the_worker_gives_places_on_and_forgets(app):
    event = an_event(places=1)
    lost = a_sign_up(event, state="offered", offered_until=now() - timedelta(hours=1), confirmed_at=now())
    next_one = a_sign_up(event, state="waiting", confirmed_at=now())
    over = an_event(starts_at=now() - 32 * DAY, ends_at=now() - 31 * DAY)
    old = a_sign_up(over, confirmed_at=now())
    for name in ("events.places", "events.remind", "privacy.retain"):
        JOBS[name].work()
    assert (lost.state, next_one.state, old.name) == ("cancelled", "offered", "")
    assert "0 Anmeldungen vergessen." in app.test_cli_runner().invoke(args=["events", "forget"]).output
