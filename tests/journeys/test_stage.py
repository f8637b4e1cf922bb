"""The order on the stage is drawn, the hall sees whose turn it is, and votes with printed codes."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from ideenlab.audience.actions import release_prize
from ideenlab.audience.models import AudiencePrize
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from tests.audience.worlds import a_prize, a_stage
from tests.factories import a_person

pytestmark = pytest.mark.journey


def test_the_order_is_drawn_and_the_time_runs_on_the_stage(app, guest):
    hackathon, _prototypes = a_stage(3)
    slug = hackathon.slug
    client, olga = app.test_client(), guest()
    client.sign_in(a_person("organiser"))
    olga.context.add_cookies([{"name": "session", "value": client.get_cookie("session").value, "url": olga.address}])
    olga.open(f"/organisation/hackathons/{slug}/pitches")
    olga.fill("Erster Pitch", "2027-06-27T16:00")
    olga.press("Speichern")
    olga.press("Reihenfolge losen")
    olga.press("Reihenfolge veröffentlichen")
    olga.open(f"/hackathon/{slug}/buehne/1")
    olga.press("Zeit starten")
    olga.page.locator("[data-pitch-ends]", has_text=":").wait_for()
    olga.page.keyboard.press("ArrowRight")
    olga.page.wait_for_url("**/buehne/2")
    hall = guest(size="phone", dark=True)
    hall.open(f"/hackathon/{slug}/halle")
    hall.open(f"/hackathon/{slug}/pitches")


def test_the_hall_votes_once_with_each_printed_code_and_the_result_is_released(app, guest):
    hackathon, prototypes = a_stage(3)
    titles, slug = [prototype.title for prototype in prototypes], hackathon.slug
    _prize, codes = a_prize(hackathon, codes=2)
    scanner = guest(size="phone", dark=True)
    for code in codes:  # two cards one after the other on one page
        scanner.page.goto(f"{scanner.address}/hackathon/{slug}/publikum#code={code}")
        expect(scanner.page.get_by_label("Ihr Code")).to_have_value(code)
        expect(scanner.page).to_have_url(re.compile("/publikum$"))
    voter = guest(size="phone", scripts=False)
    voter.open(f"/hackathon/{slug}/publikum?code={codes[0]}")  # as it was printed before
    voter.press("Abstimmen")
    voter.says("Bitte wählen Sie einen Prototyp.")
    voter.page.get_by_label(titles[1]).check()
    voter.press("Abstimmen")
    voter.says("bleiben versiegelt")
    voter.press("Die nächste Person stimmt ab")
    voter.fill("Code", codes[0])
    voter.page.get_by_label(titles[0]).check()
    voter.press("Abstimmen")
    voter.says("Dieser Code stimmt nicht")
    voter.fill("Code", codes[1])
    voter.press("Abstimmen")
    voter.says("Die nächste Person stimmt ab")
    db.session.rollback()
    with transaction():
        db.session.scalars(select(AudiencePrize)).one().voting_until = now()
    with transaction():
        release_prize(a_person("organiser"), hackathon=hackathon)
    voter.open(f"/hackathon/{slug}/publikumspreis")
    voter.says(titles[1])
