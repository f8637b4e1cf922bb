"""A jury of three that has scored three prototypes and does not agree about two of them."""

from ideenlab.core.db import transaction
from ideenlab.deliberations.actions import open_deliberation
from tests.factories import a_person
from tests.jury.world import a_juror, close_scoring, handed_in, scored_hackathon, submitted

POINTS = {"Bienen": (5, 4, 1), "Bäume": (3, 3.5, 3.5), "Züge": (1, 1, 0.5)}


def talked_about(*, opened=True):
    """The hackathon, its prototypes by team, and its jurors; Zora scores first, Anton last."""
    hackathon = scored_hackathon("1")
    prototypes = {team: handed_in(hackathon, team=team, title=f"{team}-App") for team in POINTS}
    jurors = [a_juror(hackathon, name=name) for name in ("Zora", "Mila", "Anton")]
    for team, points in POINTS.items():
        for juror, given in zip(jurors, points, strict=True):
            submitted(juror, prototypes[team], given, note="geheim")
    if opened:
        close_scoring(hackathon)
        with transaction():
            open_deliberation(a_person("organiser"), hackathon=hackathon)
    return hackathon, prototypes, jurors
