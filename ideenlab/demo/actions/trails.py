"""The way of last year's ideas, to the end: what became of two prototypes that grew from them."""

from datetime import timedelta

from ideenlab.challenges.models import Challenge
from ideenlab.core.db import db
from ideenlab.core.text import render_markdown
from ideenlab.demo.actions.world import World, read_content
from ideenlab.fits.models import Fit
from ideenlab.ideas.models import CoAuthor
from ideenlab.prototypes.models import PrototypeChallenge
from ideenlab.trails.actions import write_down_hops
from ideenlab.trails.models import Outcome

LAST = "last_year"


def add_trails(world: World) -> None:
    for position, written in enumerate(read_content("trails"), 1):
        idea, hackathon = world.ideas[written["idea"]], world.hackathons[LAST]
        team, prototype = world.teams[LAST, written["team"]], world.prototypes[LAST, written["team"]]
        challenge = Challenge(
            hackathon=hackathon, position=position, idea=idea, title=written["title"], summary=written["summary"],
            description=written["text"], description_html=render_markdown(written["text"]),
            published_at=world.ago(written["published_days_ago"]),
        )  # fmt: skip
        team.challenge = challenge
        db.session.add(challenge)
        db.session.flush()
        db.session.add(PrototypeChallenge(prototype_id=prototype.id, challenge_id=challenge.id))
        for outcome in written["outcomes"]:
            db.session.add(
                Outcome(
                    prototype_id=prototype.id, title=outcome["title"], text=outcome["text"], url=outcome["url"],
                    told_on=world.ago(outcome["days_ago"]), written_by_id=world.people["olaf"].id,
                )
            )  # fmt: skip
        _say_whether_it_fits(world, written)
    db.session.flush()
    write_down_hops(as_told=True)


def _say_whether_it_fits(world: World, written: dict[str, str]) -> None:
    """Somebody who wrote along and is in no team of it."""
    idea, person = world.ideas[written["idea"]], world.people[written["along"]]
    at = (idea.published_at or idea.created_at) + timedelta(hours=3)
    db.session.add(CoAuthor(idea_id=idea.id, person_id=person.id, state="accepted", invited_at=at, answered_at=at))
    idea.co_author_count += 1
    prototype = world.prototypes[LAST, written["team"]]
    db.session.add(Fit(prototype_id=prototype.id, person_id=person.id, meets_it=True, answered_at=world.ago(300)))
