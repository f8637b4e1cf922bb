"""The stage of the demo city: an open gallery, the order of the pitches, and a vote that runs."""

from datetime import timedelta

from ideenlab.audience.models import AudienceCount, AudiencePrize
from ideenlab.core.db import db
from ideenlab.demo.actions.world import World
from ideenlab.pitches.actions import Timing, draw_order, plan_pitches, publish_plan
from ideenlab.pitches.queries import pitches_of

PITCHED = 5  # teams that have stood on the stage


def add_stage(world: World) -> None:
    hackathon, organiser = world.hackathons["current"], world.people["olaf"]
    deadline = hackathon.submission_until
    assert deadline  # the content gives it one
    hackathon.gallery_shown_at = deadline + timedelta(minutes=5)
    timing = Timing(deadline + timedelta(minutes=30), minutes=3, change_minutes=2, rooms=["Große Halle"])
    plan = plan_pitches(organiser, hackathon=hackathon, timing=timing, revision=0)
    plan = draw_order(organiser, hackathon=hackathon, seed="Würfel aus der ersten Reihe: 4 1 6", revision=plan.revision)
    publish_plan(organiser, hackathon=hackathon)
    for pitch in pitches_of(hackathon)[:PITCHED]:
        pitch.state, pitch.began_at = "done", pitch.starts_at
        pitch.ended_at = pitch.starts_at + timedelta(minutes=3)
        for circle, most in (("hall", 24), ("stream", 11)):
            votes = world.dice.randrange(3, most)
            db.session.add(AudienceCount(prototype_id=pitch.prototype_id, circle=circle, votes=votes))
    db.session.add(
        AudiencePrize(
            hackathon=hackathon, title="Publikumspreis", voting_from=deadline, voting_until=hackathon.scoring_until
        )
    )  # fmt: skip
    db.session.flush()
