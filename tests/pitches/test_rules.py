"""Who plans and sees the pitches."""

from datetime import timedelta

from ideenlab.core.clock import now
from ideenlab.core.db import transaction
from ideenlab.core.i18n import speaking
from ideenlab.pitches.models import PitchPlan
from ideenlab.pitches.rules import may_draw_order, may_plan_pitches, may_publish_plan, may_see_plan
from tests.audience.worlds import a_stage
from tests.factories import a_person, saved


def test_each_refusal_of_the_plan_says_why(app):
    hackathon, _prototypes = a_stage(1)
    plan = saved(PitchPlan(hackathon=hackathon, starts_at=now()))
    organiser, citizen = a_person("organiser"), a_person()
    with app.test_request_context(), speaking("en"):
        assert [bool(may_plan_pitches(person, hackathon)) for person in (organiser, citizen)] == [True, False]
        assert may_publish_plan(organiser, plan).reason == "Please draw the order first."
        hidden = "The order of the pitches is not published yet."
        assert [may_see_plan(person, plan).reason for person in (None, citizen, organiser)] == [hidden, hidden, ""]
        assert may_draw_order(organiser, plan, now())
        with transaction():
            plan.published_at, hackathon.submission_until = now(), now() + timedelta(hours=1)
        assert may_see_plan(None, plan)
        assert may_draw_order(organiser, plan, now()).reason.startswith("Teams hand in until ")
        with transaction():
            hackathon.archived_at = now()
        assert may_plan_pitches(organiser, hackathon).reason.startswith("This hackathon was archived on ")
