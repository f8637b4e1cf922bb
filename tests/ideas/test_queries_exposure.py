from datetime import timedelta

from ideenlab.core.clock import now
from ideenlab.ideas.models import IdeaAppearance
from ideenlab.ideas.queries import exposure_of
from ideenlab.programme.queries import today
from tests.factories import a_call, an_idea, saved


def test_ideas_are_counted_that_were_there_all_the_days(app):
    call = a_call()
    old = now() - timedelta(days=40)
    ideas = [an_idea(call, published_at=old).id for _number in range(4)]
    late = an_idea(call).id
    hidden = an_idea(call, published_at=old, state="hidden").id
    elsewhere = an_idea(published_at=old).id
    for idea, days_ago, times in (
        (ideas[0], 0, 5), (ideas[0], 6, 2), (ideas[0], 7, 50), (ideas[1], 1, 7), (ideas[2], 20, 9),
        (late, 0, 3), (hidden, 0, 3), (elsewhere, 0, 3),
    ):  # fmt: skip
        saved(IdeaAppearance(idea_id=idea, day=today() - timedelta(days=days_ago), times=times))
    week = exposure_of(call, 7)
    assert week.seen == {7: 2, 0: 2}
    assert (week.ideas, week.appearances, week.last - week.first) == (4, 14, timedelta(days=6))
    assert exposure_of(call, 1).seen == {5: 1, 0: 3}
    assert exposure_of(call, 28).seen == {57: 1, 7: 1, 9: 1, 0: 1}
