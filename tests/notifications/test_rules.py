import pytest

from ideenlab.notifications.models import Notice
from ideenlab.notifications.rules import may_read_notice
from tests.factories import a_person


@pytest.mark.parametrize(("own", "allowed"), [(True, True), (False, False)])
def test_everybody_reads_their_own_notices(app, own, allowed):
    person = a_person()
    notice = Notice(person_id=person.id if own else a_person("administrator").id)
    verdict = may_read_notice(person, notice)
    assert (bool(verdict), verdict.reason) == (allowed, "" if allowed else "Diese Mitteilung ist für jemand anderen.")
