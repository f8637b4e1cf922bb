from ideenlab.barriers.models import Barrier
from ideenlab.barriers.rules import may_answer_barrier
from tests.factories import a_person


def test_organisers_answer_once(app):
    said = {
        role: bool(may_answer_barrier(a_person(role), Barrier(state="open"))) for role in ("moderator", "organiser")
    }
    assert said == {"moderator": False, "organiser": True}
    assert not may_answer_barrier(a_person("organiser"), Barrier(state="answered"))
