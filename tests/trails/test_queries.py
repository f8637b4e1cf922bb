"""What can be seen of a way changes with what it rests on, on both databases."""

from ideenlab.core.clock import now
from ideenlab.core.db import transaction
from ideenlab.trails.actions import follow_trails
from ideenlab.trails.queries import latest_news, trail_of
from tests.factories import DAY
from tests.trails.world import an_outcome, people_and_prototype


def test_a_prototype_is_there_while_the_gallery_shows_it(app):
    prototype, idea, _people = people_and_prototype()
    hackathon = prototype.hackathon
    an_outcome(prototype)
    follow_trails()

    def shown():
        return [each.title for branch in trail_of(idea).branches for each in branch.built]

    assert shown() == ["Bank-o-mat"]
    assert [(each.id, kind) for each, kind in latest_news()] == [(idea.id, "outcome")]
    for changes in ({"gallery_shown_at": None}, {"submission_until": now() + DAY}, {"published_at": None}):
        before = {name: getattr(hackathon, name) for name in changes}
        for values, there in ((changes, []), (before, ["Bank-o-mat"])):
            with transaction():
                for name, value in values.items():
                    setattr(hackathon, name, value)
            assert shown() == there
            assert len(latest_news()) == len(there)
