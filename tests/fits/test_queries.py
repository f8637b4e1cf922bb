from ideenlab.core.db import transaction
from ideenlab.fits.queries import echoes_of, ideas_behind
from tests.fits.world import grown_prototype
from tests.jury.world import handed_in


def test_only_ideas_and_challenges_that_everybody_may_read_stand_behind_a_prototype(app):
    prototype, *_people = grown_prototype()
    other = handed_in(prototype.hackathon)
    behind = ideas_behind([prototype.id, other.id])
    assert {number: [idea.title for idea in ideas] for number, ideas in behind.items()} == {
        prototype.id: ["Bänke am Fluss"]
    }
    with transaction():
        behind[prototype.id][0].state = "hidden"
    assert echoes_of([prototype.id]) == {}
