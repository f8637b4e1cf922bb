import pytest

from ideenlab.programme.rules import may_manage_editions
from tests.factories import a_person


@pytest.mark.parametrize(
    ("roles", "allowed"),
    [([], False), (["juror"], False), (["moderator"], False), (["organiser"], True), (["administrator"], True)],
)
def test_who_changes_editions(app, roles, allowed):
    with app.test_request_context():
        said = may_manage_editions(a_person(*roles)).reason
    assert said == ("" if allowed else "Nur die Organisation kann Ausgaben ändern.")
