"""Who looks for whom in the hackathon that takes teams now, and who helps."""

from datetime import timedelta

from ideenlab.core.db import db
from ideenlab.core.text import fold
from ideenlab.demo.actions.world import World, read_content
from ideenlab.mentors.models import HelpRequest, Mentor
from ideenlab.teams.models import Approach, BoardNotice
from ideenlab.teams.queries import notice_key, open_key_of

OPEN = "open"


def add_finding(world: World) -> None:
    written, hackathon = read_content("finding"), world.hackathons[OPEN]
    for key, about in written["about"].items():
        world.teams[OPEN, key].about = about
    for note in written["notices"]:
        person, team = world.people[note["person"]], world.teams.get((OPEN, note.get("team", "")))
        db.session.add(
            BoardNotice(
                hackathon=hackathon, person=person, team=team, open_key=notice_key(hackathon, person, team),
                text=note["text"], skills=note["skills"], skills_folded=fold(note["skills"]),
                created_at=world.ago(note["days_ago"]) - timedelta(hours=3),
            )
        )  # fmt: skip
    _add_request(world, written["asked"])
    _add_mentors(world, written["mentors"], written["help"])
    db.session.flush()


def _add_request(world: World, asked: dict[str, str]) -> None:
    person, team = world.people[asked["person"]], world.teams[OPEN, asked["team"]]
    db.session.add(
        Approach(
            team=team, kind="asked", person=person, made_by=person, sentence=asked["sentence"], role=asked["role"],
            open_key=open_key_of(team, person), made_at=world.ago(0.2),
        )
    )  # fmt: skip


def _add_mentors(world: World, mentors: dict[str, str], asked: dict[str, str]) -> None:
    hackathon = world.hackathons[OPEN]
    for key, expertise in mentors.items():
        mentor = Mentor(hackathon=hackathon, person=world.people[key], expertise=expertise, named_at=world.ago(4))
        db.session.add(mentor)
    db.session.add(
        HelpRequest(
            hackathon=hackathon, team=world.teams[OPEN, asked["team"]], asked_by=world.people[asked["person"]],
            text=asked["text"], place=asked["place"], asked_at=world.ago(0.1),
        )
    )  # fmt: skip
