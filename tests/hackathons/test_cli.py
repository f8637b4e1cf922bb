from dataclasses import replace
from datetime import timedelta

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.jobs import JOBS
from ideenlab.hackathons.actions import cancel_registration, register_for_hackathon
from ideenlab.hackathons.models import Registration
from tests.factories import DAY, a_hackathon, a_person, a_registration


def test_the_worker_lets_offers_lapse_and_offers_to_the_next(app):
    hackathon = a_hackathon(places=1)
    people = [a_person() for _number in range(3)]
    for person in people:
        with transaction():
            register_for_hackathon(person, hackathon=hackathon, consents=["conduct"])
    with transaction():
        cancel_registration(people[0], hackathon=hackathon)
    with transaction():
        db.session.query(Registration).filter_by(state="offered").one().offered_until = now() - timedelta(seconds=1)
    for _beat in range(2):
        JOBS["hackathons.places"].work()
    db.session.rollback()
    rows = db.session.query(Registration).order_by(Registration.id)
    assert ([row.state for row in rows], hackathon.registered_count) == (["cancelled", "cancelled", "offered"], 1)


def test_forgetting_says_first_what_it_would_do(app, monkeypatch):
    hackathon = a_hackathon(slug="alt", ends_at=now() - 40 * DAY, starts_at=now() - 41 * DAY)
    row = a_registration(hackathon, legal_name="Ada Muster")
    runner = app.test_cli_runner()
    dry = runner.invoke(args=["hackathons", "forget", "--days", "30", "--dry-run"])
    assert (dry.exit_code, "alt\t1" in dry.output) == (0, True)
    db.session.rollback()
    assert row.legal_name == "Ada Muster"
    JOBS["privacy.retain"].work()
    db.session.rollback()
    assert row.legal_name == "Ada Muster"
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], days_for_hackathon_data=39))
    JOBS["privacy.retain"].work()
    db.session.rollback()
    assert row.legal_name == ""
    assert "bis 39 Tage nach dem Hackathon" in app.test_client().get("/datenschutz").text
    assert "nichts zu vergessen" in runner.invoke(args=["hackathons", "forget"]).output
