from datetime import timedelta

from ideenlab.core.clock import now
from ideenlab.partners.models import PartnerEditor
from ideenlab.partners.rules import (
    may_be_editor,
    may_edit_partner,
    may_manage_partners,
    may_name_editor,
    may_remove_partner,
    may_see_partner,
)
from ideenlab.programme.queries import today
from tests.factories import a_partner, a_person, an_edition, saved


def test_who_may_do_what_with_a_partner(app):
    """Each row: see it hidden, edit it, name editors, manage."""
    editor, former = a_person(), a_person()
    partner = a_partner(editor, published_at=None)
    saved(PartnerEditor(partner=partner, person=former, ended_at=now()))
    rows = {
        a_person(): (False, False, False, False),
        former: (False, False, False, False),
        editor: (True, True, True, False),
        a_person("moderator"): (False, False, False, False),
        a_person("organiser"): (True, True, True, True),
        a_person("administrator"): (True, True, True, True),
    }
    for person, expected in rows.items():
        verdicts = (
            may_see_partner(person, partner), may_edit_partner(person, partner), may_name_editor(person, partner),
            may_manage_partners(person),
        )  # fmt: skip
        assert tuple(map(bool, verdicts)) == expected
    assert not may_see_partner(None, partner)
    assert may_see_partner(None, a_partner())


def test_suspended_editors_and_children_do_not_write(app):
    suspended = a_person(suspended_until=now() + timedelta(days=1))
    assert not may_edit_partner(suspended, a_partner(suspended))
    assert [bool(may_be_editor(a_person(age_band=band))) for band in ("under_16", "16_17", "adult")] == [
        False, True, True,
    ]  # fmt: skip
    assert not may_be_editor(a_person(state="unconfirmed"))


def test_what_was_part_of_an_old_week_is_not_removed(app):
    organiser = a_person("organiser")
    past = an_edition(starts_on=today() - timedelta(days=9), ends_on=today() - timedelta(days=5))
    hidden = {"published_at": None}
    removable = [a_partner(), a_partner(edition=past, **hidden), a_partner(edition=an_edition(), **hidden)]
    assert [bool(may_remove_partner(organiser, partner)) for partner in removable] == [False, False, True]
