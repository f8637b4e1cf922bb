from types import SimpleNamespace

import pytest

from ideenlab.trails.rules import may_see_trail, may_tell_outcomes
from tests.factories import a_person


@pytest.mark.parametrize(
    ("state", "seen"),
    [("published", True), ("merged", True), ("draft", False), ("waiting", False), ("hidden", False)],
)
def test_the_way_is_as_public_as_the_idea(state, seen):
    assert bool(may_see_trail(SimpleNamespace(state=state))) is seen


def test_organisers_tell(app):
    assert [bool(may_tell_outcomes(a_person(role))) for role in ("organiser", "administrator", "moderator")] == [
        True, True, False,
    ]  # fmt: skip
