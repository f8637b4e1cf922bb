"""Who sees, changes and signs up, as tables."""

from datetime import timedelta

from ideenlab.core.clock import now
from ideenlab.core.db import transaction
from ideenlab.core.text import fold
from ideenlab.events.rules import (
    may_cancel_event,
    may_decide_sign_up,
    may_edit_event,
    may_let_in,
    may_see_event,
    may_see_who_comes,
    may_sign_up,
)
from ideenlab.partners.models import Partner, PartnerEditor
from tests.factories import DAY, a_person, a_sign_up, an_event, saved


def a_partner_with_editor():
    partner = saved(Partner(slug="hochschule", title="Hochschule", title_folded=fold("Hochschule")))
    editor = a_person()
    saved(PartnerEditor(partner=partner, person=editor))
    return partner, editor


def test_who_sees_changes_and_reads_the_list(app):
    partner, editor = a_partner_with_editor()
    organiser, stranger = a_person("organiser"), a_person()
    draft = an_event(partner=partner, state="draft", published_at=None)
    shown, gone = an_event(partner=partner), an_event(state="withdrawn")
    table = [
        (None, draft, False, None, None), (stranger, draft, False, False, False), (editor, draft, True, True, True),
        (organiser, draft, True, True, True), (None, shown, True, None, None), (stranger, shown, True, False, False),
        (editor, shown, True, True, True), (organiser, shown, True, True, True), (editor, gone, False, False, False),
    ]  # fmt: skip
    for person, event, sees, edits, reads in table:
        assert bool(may_see_event(person, event)) is sees
        if person:
            assert bool(may_edit_event(person, event)) is edits
            assert bool(may_see_who_comes(person, event)) is reads
            assert bool(may_let_in(person, event)) is (reads and event.state == "published")
    assert not may_cancel_event(editor, shown, now())
    assert may_cancel_event(organiser, shown, now())
    ended = PartnerEditor(partner=partner, person=stranger, ended_at=now())
    saved(ended)
    assert not may_see_who_comes(stranger, shown)
    place = a_sign_up(shown, state="registered")
    with transaction():
        editor.suspended_until = now() + DAY
    assert not may_edit_event(editor, shown)
    assert not may_let_in(editor, shown)
    assert not may_decide_sign_up(editor, place, "cancel", now())
    assert may_decide_sign_up(organiser, place, "cancel", now())


def test_when_somebody_can_sign_up(app):
    person, time, hour = a_person(), now(), timedelta(hours=1)
    suspended = a_person(suspended_until=time + DAY, suspended_reason="Streit")
    open_event = an_event()
    mine = an_event()
    a_sign_up(mine, person)
    table = [
        (open_event, None, True), (open_event, person, True), (open_event, suspended, False), (mine, person, False),
        (an_event(sign_up="none"), None, False), (an_event(sign_up="elsewhere"), None, False),
        (an_event(state="cancelled"), None, False), (an_event(state="draft"), None, False),
        (an_event(sign_up_until=time - hour), None, False), (an_event(starts_at=time - hour), None, False),
        (an_event(starts_at=time - hour, sign_up_until=time + hour), None, True),
    ]  # fmt: skip
    for event, who, allowed in table:
        assert bool(may_sign_up(event, who, time)) is allowed
