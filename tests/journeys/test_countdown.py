"""The clock on the page runs down to the server's deadline, also on a device whose clock is wrong."""

from datetime import UTC, datetime, timedelta

import pytest

from ideenlab.core.clock import now
from tests.factories import a_hackathon
from tests.journeys.conftest import PATIENCE

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("wrong", [timedelta(hours=-3), timedelta(), timedelta(hours=3)])
def test_the_countdown_follows_the_clock_of_the_server(browser, address, wrong):
    until = now() + timedelta(hours=2)
    slug = a_hackathon(registration_until=until, teams_from=None, submission_from=None).slug
    with browser.new_context(locale="de-DE") as context:
        page = context.new_page()
        page.clock.install(time=datetime.now(UTC) + wrong)
        page.goto(f"{address}/hackathon/{slug}")
        page.locator("[data-clock]:visible").first.wait_for(timeout=PATIENCE)
        before = (until - now()).total_seconds()
        shown = page.locator("[data-clock]:visible").first.inner_text()
        after = (until - now()).total_seconds()
    hours, minutes, seconds = (int(part) for part in shown.split(":"))
    assert after - 5 < hours * 3600 + minutes * 60 + seconds < before + 5
