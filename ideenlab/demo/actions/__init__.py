from collections.abc import Iterator
from zoneinfo import ZoneInfo

from ideenlab.core.db import db
from ideenlab.demo.actions.answers import add_answers, add_statuses
from ideenlab.demo.actions.around import add_around, add_districts
from ideenlab.demo.actions.attendance import add_attendance
from ideenlab.demo.actions.city import add_city
from ideenlab.demo.actions.finding import add_finding
from ideenlab.demo.actions.hackathons import add_hackathons, add_teams
from ideenlab.demo.actions.ideas import add_calls, add_comments, add_ideas, add_supports, add_to_search, add_weeks
from ideenlab.demo.actions.jury import add_ballots, add_juries
from ideenlab.demo.actions.partners import add_partners
from ideenlab.demo.actions.people import add_people
from ideenlab.demo.actions.prototypes import add_prototypes
from ideenlab.demo.actions.setup import add_setup
from ideenlab.demo.actions.stage import add_stage
from ideenlab.demo.actions.stations import add_stations
from ideenlab.demo.actions.trails import add_trails
from ideenlab.demo.actions.variety import add_variety
from ideenlab.demo.actions.verdicts import add_verdicts
from ideenlab.demo.actions.week import add_programme
from ideenlab.demo.actions.whole_week import add_whole_week
from ideenlab.demo.actions.wishing import add_wishes
from ideenlab.demo.actions.world import World

STEPS = {
    "people": add_people,
    "what the city says about itself": add_city,
    "the weeks and their topics": add_weeks,
    "districts": add_districts,
    "calls": add_calls,
    "statuses": add_statuses,
    "ideas": add_ideas,
    "pictures and places": add_around,
    "comments": add_comments,
    "answers": add_answers,
    "supports": add_supports,
    "other ways to vote, ideas joined, a report": add_variety,
    "stations": add_stations,
    "hackathons": add_hackathons,
    "programme and challenges": add_setup,
    "partners": add_partners,
    "the events of the week": add_programme,
    "teams": add_teams,
    "who came and who waits": add_attendance,
    "who looks for whom": add_finding,
    "wishes for a team": add_wishes,
    "prototypes": add_prototypes,
    "the stage": add_stage,
    "the juries": add_juries,
    "ballots": add_ballots,
    "what the juries say": add_verdicts,
    "what became of ideas": add_trails,
    "search": add_to_search,
}


def fill_city(*, password: str, zone: ZoneInfo) -> Iterator[str]:
    """Make a believable city in an empty database, and name each part as soon as it stands."""
    world = World(password=password, zone=zone)
    for name, add in STEPS.items():
        add(world)
        db.session.flush()
        yield name


def fill_week(*, zone: ZoneInfo) -> dict[str, int]:
    """The week of a filled demo city grows to the size of a real one."""
    return add_whole_week(World(password="", zone=zone))
