from types import SimpleNamespace

import pytest

from ideenlab.insights.rules import may_show_opinions


@pytest.mark.parametrize(
    ("mode", "on", "shown"),
    [("for_against", True, True), ("for_against", False, False), ("yes", True, False), ("points", True, False)],
)
def test_a_map_is_switched_on_and_needs_votes_against(mode, on, shown):
    assert bool(may_show_opinions(SimpleNamespace(support_mode=mode, shows_opinion_map=on))) is shown
