from datetime import timedelta
from typing import Any

from ideenlab.attendance.actions import CODE_SIGNS as TICKET_SIGNS
from ideenlab.attendance.actions import TICKET_LENGTH
from ideenlab.core.db import db
from ideenlab.core.text import fold, render_markdown
from ideenlab.demo.actions.world import CLOSES, OPENS, World, read_content
from ideenlab.hackathons.models import WINDOWS, Hackathon, Registration
from ideenlab.teams.models import Membership, Team

WEEKS = {
    "current": "digitale-woche", "open": "digitale-woche", "school": "digitale-woche",
    "evening": "digitale-woche", "last_year": "digitale-woche-vorjahr",
}  # fmt: skip
SKILLS = (
    "Zeichnen und Gestalten", "Programmieren (Web)", "Löten und Basteln", "Texte in einfacher Sprache",
    "Zuhören und Fragen stellen", "Daten und Karten", "Vortragen", "Holz und Werkzeug", "Organisieren", "",
)  # fmt: skip
CODE_SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def add_hackathons(world: World) -> None:
    """One is being scored, one takes teams now, one the jury talks about, one is on stage, and last year's."""
    for name, written in written_hackathons():
        event = written["phases"]["event"]
        windows = world.windows(written["phases"], WINDOWS)
        hackathon = Hackathon(
            edition=world.editions[WEEKS[name]], slug=written["slug"], title=written["title"],
            summary=written["motto"], place=written["place"], description=written["description"],
            description_html=render_markdown(written["description"]), places=written["places"],
            team_size_min=written["team_size"]["min"], team_size_max=written["team_size"]["max"],
            starts_at=world.at(event["from_days"], OPENS), ends_at=world.at(event["until_days"], CLOSES),
            **windows, published_at=min(world.start, *(moment for moment in windows.values() if moment)),
        )  # fmt: skip
        if name == "last_year":
            hackathon.gallery_shown_at = hackathon.publication_from
        db.session.add(hackathon)
        world.hackathons[name] = hackathon
    db.session.flush()


def written_hackathons() -> list[tuple[str, dict[str, Any]]]:
    written = read_content("hackathon")
    return [(name, written[name]) for name in WEEKS]


def add_teams(world: World) -> None:
    for name, written in written_hackathons():
        hackathon = world.hackathons[name]
        for team in written["teams"]:
            world.teams[name, team["key"]] = _add_team(world, hackathon, team)
        for key in written.get("without_team", ()):
            _register(world, hackathon, key, in_team=False)
    db.session.flush()


def _register(world: World, hackathon: Hackathon, key: str, *, in_team: bool) -> Registration:
    assert hackathon.registration_from  # the content gives every hackathon its dates
    registration = Registration(
        hackathon=hackathon, person=world.people[key], skills=world.dice.choice(SKILLS), in_team=in_team,
        created_at=world.moment(hackathon.registration_from, hackathon.registration_until),
        ticket_code="".join(world.dice.choice(TICKET_SIGNS) for _sign in range(TICKET_LENGTH)),
    )  # fmt: skip
    db.session.add(registration)
    hackathon.registered_count += 1
    return registration


def _add_team(world: World, hackathon: Hackathon, written: dict[str, Any]) -> Team:
    members = [_register(world, hackathon, key, in_team=True) for key in written["members"]]
    founded = max(registration.created_at for registration in members[:1])
    team = Team(
        hackathon=hackathon, name=written["name"], name_folded=fold(written["name"]),
        code="".join(world.dice.choice(CODE_SIGNS) for _sign in range(8)), member_count=len(members),
        created_at=founded, lead=members[0].person,
    )  # fmt: skip
    db.session.add(team)
    for registration in members:
        joined = max(founded, registration.created_at) + timedelta(minutes=20)
        db.session.add(Membership(team=team, hackathon_id=hackathon.id, person=registration.person, joined_at=joined))
    return team
