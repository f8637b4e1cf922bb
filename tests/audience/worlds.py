"""A hackathon whose gallery is open, and a vote that is going on."""

from ideenlab.audience import actions
from ideenlab.core.clock import now
from ideenlab.core.db import transaction
from ideenlab.prototypes.actions.hand_in import keep_version, written_down
from tests.factories import DAY, a_hackathon, a_person, a_prototype, a_team


def a_stage(number, *members, **values):
    """A hackathon after its deadline with so many prototypes; `members` are in the first team."""
    hackathon = a_hackathon(open_windows=("scoring",), **{"gallery_shown_at": now(), **values})
    teams = [a_team(hackathon, *(members if place == 0 else ())) for place in range(number)]
    prototypes = [a_prototype(team) for team in teams]
    with transaction():
        for prototype in prototypes:
            keep_version(prototype, written_down(prototype), number=1, moment=now() - DAY, person=None)
    return hackathon, prototypes


def a_prize(hackathon, *, codes=0):
    """People vote now; and the codes that were printed."""
    organiser = a_person("organiser")
    with transaction():
        prize = actions.plan_prize(
            organiser, hackathon=hackathon, title="Publikumspreis", voting_from=now() - DAY, voting_until=now() + DAY,
            revision=0,
        )  # fmt: skip
        made = actions.print_codes(organiser, prize=prize, number=codes)[1] if codes else []
    return prize, made
