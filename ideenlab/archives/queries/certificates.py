from dataclasses import dataclass

from ideenlab.accounts.models import Person
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import attendance_figures
from ideenlab.history.queries import entries_of
from ideenlab.jury.maths.ceremony import awards_of
from ideenlab.jury.queries import find_result, read_protocol
from ideenlab.prototypes.queries import find_prototype_of
from ideenlab.teams.queries import find_team_of


@dataclass(frozen=True)
class Prize:
    """One of the first places of the published result, or of a prize with a name."""

    prototype_id: int
    title: str
    team: str
    place: int
    name: str = ""


def has_check_in(hackathon: Hackathon) -> bool:
    """Whether anybody was let in by ticket. Where nobody was, having a place counts as having been there."""
    return attendance_figures(hackathon).here > 0


def prizes_of(hackathon: Hackathon) -> list[Prize]:
    """Prize by prize, by place. Empty before the jury's result is published; names are those of the protocol."""
    result = find_result(hackathon)
    if result is None:
        return []
    return [
        Prize(winner.prototype, winner.title, winner.team, step.place, award.title)
        for award in awards_of(read_protocol(result))
        for step in reversed(award.steps)
        for winner in sorted(step.winners, key=lambda winner: winner.team)
    ]


def find_prize_of(person: Person, hackathon: Hackathon) -> Prize | None:
    """What the team of this person has won."""
    team = find_team_of(person, hackathon)
    prototype = find_prototype_of(team) if team else None
    return next((prize for prize in prizes_of(hackathon) if prototype and prize.prototype_id == prototype.id), None)


def was_thanked(hackathon: Hackathon) -> bool:
    return bool(entries_of(hackathon, deed="archives.thanked", most=1))
