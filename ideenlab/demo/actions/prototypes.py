from datetime import datetime, timedelta
from typing import Any

from ideenlab.accounts.models import Person
from ideenlab.challenges.queries import challenges_of
from ideenlab.core.db import db
from ideenlab.core.storage import storage
from ideenlab.demo.actions.hackathons import written_hackathons
from ideenlab.demo.actions.world import World, sketch
from ideenlab.files.actions import draw_picture, keep_content, store_content
from ideenlab.prototypes.actions.hand_in import keep_version, written_down
from ideenlab.prototypes.models import Prototype, PrototypeChallenge, PrototypeFile, Screenshot, ScreenshotSize
from ideenlab.teams.models import Team

TEXTS = (
    "title", "pitch", "description", "licence", "prior_work", "ai_use", "code_url", "demo_url", "video_url",
)  # fmt: skip
HANDED_IN_TWICE = 3  # every third team
LATE = 0.8
BETWEEN = timedelta(hours=3)  # two versions


def add_prototypes(world: World) -> None:
    """A draft of every team that has one; what was handed in is kept with its receipt, by some teams twice."""
    for name, written in written_hackathons():
        for position, team in enumerate(written["teams"]):
            if not team["prototype"]:
                continue
            prototype = _drafted(world, world.teams[name, team["key"]], team["prototype"])
            world.prototypes[name, team["key"]] = prototype
            if "picture" in team["prototype"]:
                _add_picture(prototype, team["prototype"]["picture"], world.people[team["members"][0]])
            if team.get("handed_in", True):
                _hand_in(world, prototype, team, twice=position % HANDED_IN_TWICE == 0)


def _drafted(world: World, team: Team, written: dict[str, str]) -> Prototype:
    texts = {name: written[name] for name in TEXTS}
    prototype = Prototype(hackathon=team.hackathon, team=team, revision=3, **texts)
    prototype.changed_at = _late_moment(world, team)
    db.session.add(prototype)
    db.session.flush()
    for challenge in challenges_of(team.hackathon):
        if challenge.title == written.get("challenge"):
            db.session.add(PrototypeChallenge(prototype_id=prototype.id, challenge_id=challenge.id))
    return prototype


def _late_moment(world: World, team: Team) -> datetime:
    """Near the end of the time there was: that is when teams hand in."""
    begin, end = team.hackathon.submission_from, team.hackathon.submission_until
    assert begin  # the content gives every hackathon its dates
    assert end
    return world.moment(begin + (min(end, world.start) - begin) * LATE, end)


def _hand_in(world: World, prototype: Prototype, team: dict[str, Any], *, twice: bool) -> None:
    member, last = world.people[team["members"][0]], prototype.changed_at
    moments = [last - BETWEEN, last] if twice else [last]
    whole = prototype.description
    for number, moment in enumerate(moments, 1):
        finished = number == len(moments)
        prototype.description = whole if finished else "\n\n".join(whole.split("\n\n")[:2])
        db.session.flush()
        keep_version(prototype, written_down(prototype), number=number, moment=moment, person=member)
    prototype.team.handed_in_at = moments[0]


def _add_picture(prototype: Prototype, drawn: dict[str, Any], owner: Person) -> None:
    """A sketch, as a file and as the picture that others see first, stored as if somebody had uploaded it."""
    source = sketch(drawn)
    size = len(source.getvalue())
    content = store_content(source, name=drawn["name"], size=size)
    db.session.add(PrototypeFile(prototype=prototype, file=keep_content(content, owner_id=owner.id)))
    source.seek(0)
    screenshot = Screenshot(prototype=prototype, key=storage().new_key(), position=1, alt=drawn["alt"])
    screenshot.sizes = [
        ScreenshotSize(width=each.width, height=each.height, file=keep_content(each.content, owner_id=owner.id))
        for each in draw_picture(source, name=drawn["name"])
    ]
    db.session.add(screenshot)
    db.session.flush()
