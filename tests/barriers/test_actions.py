"""Barriers: reported without an account, found again by ticket, answered in time, forgotten afterwards."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from ideenlab.barriers.actions import (
    answer_barrier,
    report_barrier,
    shown_code,
    typed_code,
)
from ideenlab.barriers.models import Barrier
from ideenlab.barriers.queries import barriers, find_by_code, open_barriers
from ideenlab.barriers.rules import is_late, may_answer_barrier
from ideenlab.city.actions import change_settings
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.core.i18n import speaking
from ideenlab.mail.models import Mail
from ideenlab.privacy.actions import retain
from ideenlab.privacy.rules.retention import ADDRESS_KEPT, YEARS
from tests.factories import a_person

TEXT = "Der Knopf ist zu klein."


def report(**more):
    with transaction():
        return report_barrier(**{"text": TEXT, **more})


def mails():
    db.session.rollback()
    return db.session.scalars(select(Mail).order_by(Mail.id)).all()


def test_a_report_gets_a_ticket_a_due_date_by_the_law_of_the_land_and_a_mail(app):
    with transaction():
        given = {"city_name": "Teststadt", "bundesland": "nw", "city_zone": "Europe/Berlin"}
        change_settings(None, group="allgemein", given=given)
    barrier, code = report(page="/ideen", tools="NVDA", email="a@example.org")
    assert barrier.due_at - barrier.reported_at == timedelta(days=42)
    assert code not in repr([getattr(barrier, column.name) for column in Barrier.__table__.columns])
    assert find_by_code(typed_code(shown_code(code).lower())).id == barrier.id
    assert find_by_code("ABCDEFGHJKLM") is None
    assert shown_code(code) in mails()[0].text
    report(text="Noch etwas geht hier nicht.", email="a@example.org", quietly=True)
    assert len(mails()) == 1


def test_what_says_nothing_or_comes_twice_is_refused(app):
    report()
    for more, sentence in [
        ({"text": "kaputt"}, "10 bis 2000"), ({"text": "x" * 2001}, "10 bis 2000"),
        ({}, "Diese Meldung haben wir schon"),
        ({"text": "Etwas anderes ist kaputt.", "tools": "x" * 301}, "300"),
    ]:  # fmt: skip
        with pytest.raises(Invalid, match=sentence):
            report(**more)
    db.session.rollback()
    assert open_barriers() == (1, 0)


def test_an_answer_is_mailed_once_in_the_language_of_who_asked(app):
    organiser = a_person("organiser")
    with speaking("en"):
        barrier, _code = report(email="a@example.org")
    with pytest.raises(NotAllowed), transaction():
        answer_barrier(a_person("moderator"), barrier=barrier, answer="Er ist jetzt größer.")
    with pytest.raises(Invalid, match="10 bis 2000"), transaction():
        answer_barrier(organiser, barrier=barrier, answer="ja")
    with transaction():
        answer_barrier(organiser, barrier=barrier, answer="Er ist jetzt größer.")
    assert [mail.subject for mail in mails()][1] == "Answer to your report about a barrier"
    assert "Er ist jetzt größer." in mails()[1].text
    assert "schon beantwortet" in may_answer_barrier(organiser, barrier).reason
    with pytest.raises((NotAllowed, Conflict)), transaction():
        answer_barrier(organiser, barrier=barrier, answer="Noch eine Antwort darauf.")


def test_what_is_due_comes_first_and_is_late_when_its_time_is_over(app):
    late, _code = report()
    answered, _code = report(text="Etwas Zweites ist kaputt.")
    later, _code = report(text="Etwas Drittes ist kaputt.")
    organiser = a_person("organiser")
    with transaction():
        late = db.session.merge(late)
        late.due_at = now() - timedelta(days=1)
        answer_barrier(organiser, barrier=db.session.merge(answered), answer="Das geht jetzt wieder.")
    assert [barrier.id for barrier in barriers()] == [late.id, later.id, answered.id]
    assert [is_late(barrier, now()) for barrier in (late, later, answered)] == [True, False, False]
    assert open_barriers() == (2, 1)


def test_addresses_go_after_the_answer_and_all_of_it_after_three_years(app):
    old, _code = report(email="a@example.org")
    oldest, _code = report(text="Etwas Zweites ist kaputt.", email="b@example.org")
    fresh, _code = report(text="Etwas Drittes ist kaputt.", email="c@example.org")
    organiser = a_person("organiser")
    with transaction():
        for barrier, ago in ((old, ADDRESS_KEPT), (oldest, YEARS)):
            barrier = db.session.merge(barrier)
            answer_barrier(organiser, barrier=barrier, answer="Das geht jetzt wieder.")
            barrier.answered_at = now() - ago - timedelta(hours=1)
    with transaction():
        assert retain()["addresses of barriers"] == 2
    assert db.session.execute(select(Barrier.id, Barrier.email).order_by(Barrier.id)).all() == [
        (old.id, None), (fresh.id, "c@example.org"),
    ]  # fmt: skip
