"""From a partner's draft into the programme."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.events.actions import (
    EventPlan,
    accept_event,
    answer,
    ask_back,
    cancel_event,
    clone_event,
    draft_event,
    edit_event,
    propose_event,
    publish_event,
    refuse_event,
    take_back,
    take_events_along,
    withdraw_event,
)
from ideenlab.events.models import Event
from ideenlab.events.queries import all_events, count_proposals, messages_of, open_proposals_of, proposals
from ideenlab.mail.models import Mail
from ideenlab.notifications.models import Notice
from tests.factories import a_partner, a_person, a_topic, an_edition, an_event

SOON = now().replace(microsecond=0) + timedelta(days=3)


@pytest.fixture
def house(app):
    editor, organiser = a_person(), a_person("organiser")
    return editor, organiser, a_partner(editor), an_edition()


def a_draft(editor, partner, edition, **values):
    given = {"title": "Löten", "summary": "Wir löten.", "starts_at": SOON, "ends_at": SOON + timedelta(hours=2)}
    with transaction():
        return draft_event(editor, plan=EventPlan(edition=edition, partner=partner, **{**given, **values}))


def done(action, *args, **values):
    with transaction():
        return action(*args, **values)


def mails_to(person):
    return [
        mail.subject
        for mail in db.session.scalars(select(Mail).where(Mail.recipient == person.email).order_by(Mail.id))
    ]


def notices_of(person):
    return list(db.session.scalars(select(Notice.text).where(Notice.person_id == person.id).order_by(Notice.id)))


def test_a_proposal_goes_back_and_forth_and_into_the_programme(house):
    editor, organiser, partner, edition = house
    event = a_draft(editor, partner, edition)
    assert (event.state, proposals(), [one.id for one in open_proposals_of(editor)]) == ("draft", [], [event.id])
    done(propose_event, editor, event=event)
    assert [one.id for one in proposals()] == [event.id]
    assert notices_of(organiser) == ["Vorgeschlagen: Löten"]
    done(ask_back, organiser, event=event, text="Gibt es einen Aufzug?")
    assert event.state == "returned"
    done(answer, editor, event=event, text="Ja.")
    done(propose_event, editor, event=event)
    done(accept_event, organiser, event=event)
    assert (event.state, event.published_at is not None) == ("published", True)
    assert [(one.text, one.state) for one in messages_of(event)] == [("Gibt es einen Aufzug?", "returned"), ("Ja.", "")]
    assert count_proposals()["published"] == 1
    assert [len(mails_to(person)) for person in (editor, organiser)] == [2, 3]


def test_whoever_else_decides_the_partner_reads_of_it(house):
    editor, organiser, partner, edition = house
    event = a_draft(editor, partner, edition)
    done(propose_event, editor, event=event)
    done(publish_event, organiser, event=event)  # from the list of all events, not as the answer to a proposal
    later = SOON + timedelta(days=1)
    moved = EventPlan(
        edition=edition, partner=partner, title="Löten", starts_at=later, ends_at=later + timedelta(hours=1)
    )
    done(edit_event, organiser, event=event, plan=moved, revision=event.revision)
    done(cancel_event, organiser, event=event, reason="Sturm")
    other = a_draft(editor, partner, edition, title="Nähen")
    done(propose_event, editor, event=other)
    done(withdraw_event, organiser, event=other)
    assert mails_to(editor) == [
        "Ihre Veranstaltung steht im Programm: Löten", "Verschoben: Löten", "Findet nicht statt: Löten",
        "Findet nicht statt: Nähen",
    ]  # fmt: skip


def test_a_refusal_says_why_and_a_second_decision_comes_too_late(house):
    editor, organiser, partner, edition = house
    event = a_draft(editor, partner, edition)
    done(propose_event, editor, event=event)
    with pytest.raises(Invalid):
        done(refuse_event, organiser, event=event, reason=" ")
    done(refuse_event, organiser, event=event, reason="Zu viele Workshops.")
    with pytest.raises(NotAllowed):
        done(accept_event, organiser, event=event)
    with pytest.raises(NotAllowed):
        done(take_back, editor, event=event)
    assert messages_of(event)[0].text == "Zu viele Workshops."
    copy = done(clone_event, editor, event=event, days=7)
    assert (copy.state, copy.title, copy.proposed_at, copy.starts_at - event.starts_at > timedelta(days=6)) == (
        "draft", "Löten", None, True
    )  # fmt: skip
    done(take_back, editor, event=copy)
    assert copy.state == "withdrawn"


def test_two_organisers_do_not_both_decide(house):
    editor, organiser, partner, edition = house
    event = a_draft(editor, partner, edition)
    done(propose_event, editor, event=event)
    with pytest.raises(Conflict), transaction():
        event = db.session.get_one(Event, event.id)
        db.session.execute(
            Event.__table__.update().where(Event.id == event.id).values(state="returned", revision=event.revision + 1)
        )
        accept_event(organiser, event=event)


def test_only_who_writes_for_the_partner_proposes_and_only_organisers_decide(house):
    editor, organiser, partner, edition = house
    stranger, other = a_person(), a_person()
    a_partner(other)
    event = a_draft(editor, partner, edition)
    for person in (stranger, other, organiser):
        for action in (propose_event, take_back, clone_event):
            with pytest.raises(NotAllowed):
                done(action, person, event=event)
        with pytest.raises(NotAllowed):
            a_draft(person, partner, edition)
    done(propose_event, editor, event=event)
    for person in (stranger, editor):
        for call in (lambda who: accept_event(who, event=event), lambda who: ask_back(who, event=event, text="?")):
            with pytest.raises(NotAllowed):
                done(call, person)
    over = an_edition(starts_on=date(2020, 9, 14), ends_on=date(2020, 9, 18))
    with pytest.raises(NotAllowed):
        a_draft(editor, partner, over)
    without_words = a_draft(editor, partner, edition, summary="")
    with pytest.raises(NotAllowed):
        done(propose_event, editor, event=without_words)


def test_a_week_is_copied_as_drafts_at_the_same_hours_of_the_clock(house):
    """From before the clock change of 31 October 2027 to after it."""
    _editor, organiser, partner, _edition = house
    source = an_edition(starts_on=date(2027, 10, 25), ends_on=date(2027, 10, 29))
    target = an_edition(starts_on=date(2027, 11, 1), ends_on=date(2027, 11, 5))
    old, new = a_topic(source, slug="kultur"), a_topic(target, slug="kultur")
    begin = datetime(2027, 10, 26, 16, tzinfo=UTC)
    an_event(edition=source, partner=partner, topic=old, starts_at=begin, ends_at=begin + timedelta(hours=2), places=7)
    an_event(edition=source, state="cancelled")
    done(take_events_along, organiser, source, target)
    (copy,) = all_events(target)
    assert (copy.state, copy.topic_id, copy.partner_id, copy.places, copy.registered_count) == (
        "draft", new.id, partner.id, 7, 0
    )  # fmt: skip
    assert copy.starts_at == datetime(2027, 11, 2, 17, tzinfo=UTC)
