from datetime import timedelta

from ideenlab.partners.queries import (
    all_partners,
    find_partner,
    participations_of,
    partners_edited_by,
    published_partners,
)
from ideenlab.programme.queries import today
from tests.factories import a_partner, a_person, an_edition


def test_partners_by_name_and_their_weeks_newest_first(app):
    editor = a_person()
    old = an_edition(starts_on=today() - timedelta(days=400), ends_on=today() - timedelta(days=396))
    new = an_edition()
    zoo = a_partner(editor, edition=new, title="Zoo")
    academy = a_partner(editor, edition=old, title="Ärztekammer", published_at=None)
    assert all_partners() == [academy, zoo]
    assert (published_partners(), published_partners(old), published_partners(new)) == ([zoo], [], [zoo])
    assert partners_edited_by(editor) == [academy, zoo]
    assert [taking.edition for taking in participations_of(academy)] == [old]
    assert find_partner(2**40) is None
