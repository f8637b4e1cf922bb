import pytest

from ideenlab.city.rules import may_manage_districts
from tests.factories import a_person


@pytest.mark.parametrize(
    ("role", "allowed"),
    [("", False), ("juror", False), ("moderator", False), ("organiser", True), ("administrator", True)],
)
def test_who_may_change_districts(app, role, allowed):
    verdict = may_manage_districts(a_person(*([role] if role else [])))
    assert bool(verdict) == allowed
    assert verdict.reason == ("" if allowed else "Nur die Organisation kann Stadtteile ändern.")
