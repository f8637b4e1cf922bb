from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed, NotFound
from ideenlab.hackathons.actions import (
    Item,
    add_agenda_item,
    announce,
    copy_hackathon,
    edit_agenda_item,
    publish_hackathon,
    remove_agenda_item,
    unpublish_hackathon,
    withdraw_announcement,
)
from ideenlab.hackathons.models import AgendaItem, Question
from ideenlab.hackathons.queries import (
    agenda_of,
    all_hackathons,
    announcements_of,
    banners_of,
    get_hackathon,
    hackathons,
)
from ideenlab.mail.models import Mail
from tests.factories import DAY, a_hackathon, a_person, a_registration, an_edition

HOUR = DAY / 24
ZONE = ZoneInfo("Europe/Berlin")
READY = {"summary": "Zwei Tage", "description": "Alles", "place": "Halle", "code_of_conduct": "Seid nett."}


def test_a_hackathon_is_seen_by_everybody_once_it_is_published(app):
    organiser, planned = a_person("organiser"), a_hackathon(published_at=None, **READY)
    assert (list(hackathons()), list(all_hackathons())) == ([], [planned])
    with pytest.raises(NotFound):
        get_hackathon(planned.slug)
    with transaction():
        publish_hackathon(organiser, hackathon=planned)
    assert get_hackathon(planned.slug) == planned
    assert list(hackathons()) == [planned]


def test_nothing_is_published_while_something_is_missing_or_by_somebody_else(app):
    planned = a_hackathon(published_at=None, **{**READY, "code_of_conduct": " "})
    with pytest.raises(NotAllowed), transaction():
        publish_hackathon(a_person("organiser"), hackathon=planned)
    with pytest.raises(NotAllowed), transaction():
        publish_hackathon(a_person(), hackathon=a_hackathon(published_at=None, **READY))


def test_the_page_can_be_taken_back_until_somebody_registers(app):
    organiser, empty, used = a_person("organiser"), a_hackathon(), a_hackathon()
    a_registration(used)
    with transaction():
        unpublish_hackathon(organiser, hackathon=empty)
    assert empty.published_at is None
    with pytest.raises(NotAllowed), transaction():
        unpublish_hackathon(organiser, hackathon=used)


def test_a_copy_has_texts_questions_and_agenda_and_the_same_hours_on_the_clock_of_the_city(app):
    old = a_hackathon(
        starts_at=datetime(2026, 10, 17, 10, tzinfo=ZONE), ends_at=datetime(2026, 10, 18, 18, tzinfo=ZONE),
        submission_until=datetime(2026, 10, 18, 12, tzinfo=ZONE), **READY,
    )  # fmt: skip
    with transaction():
        db.session.add(Question(hackathon=old, position=1, kind="text", text="Schuhgröße?"))
        db.session.add(AgendaItem(hackathon=old, title="Start", starts_at=datetime(2026, 10, 17, 10, 30, tzinfo=ZONE)))
    with transaction():
        made = copy_hackathon(
            a_person("organiser"), hackathon=old, title="Nächstes Jahr", edition=an_edition(),
            starts_at=datetime(2027, 3, 27, 9, tzinfo=ZONE),
        )  # fmt: skip
    assert (made.code_of_conduct, made.published_at, made.registered_count) == ("Seid nett.", None, 0)
    assert made.starts_at.astimezone(ZONE) == datetime(2027, 3, 27, 9, tzinfo=ZONE)
    assert made.submission_until.astimezone(ZONE) == datetime(2027, 3, 28, 12, tzinfo=ZONE)  # the clock was changed
    assert [item.starts_at.astimezone(ZONE) for item in agenda_of(made)] == [datetime(2027, 3, 27, 10, 30, tzinfo=ZONE)]
    asked = db.session.scalars(select(Question.text).where(Question.hackathon_id == made.id)).all()
    assert asked == ["Schuhgröße?"]


def test_a_line_of_the_agenda_is_added_changed_and_removed(app):
    organiser, hackathon = a_person("organiser"), a_hackathon()
    with transaction():
        late = add_agenda_item(organiser, hackathon=hackathon, item=Item("Essen", now() + HOUR, now() + 2 * HOUR))
        add_agenda_item(organiser, hackathon=hackathon, item=Item("Start", now(), None))
    assert [item.title for item in agenda_of(hackathon)] == ["Start", "Essen"]
    with transaction():
        edit_agenda_item(organiser, line=late, item=Item("Mittag", now() - HOUR, None), revision=1)
    assert [item.title for item in agenda_of(hackathon)] == ["Mittag", "Start"]
    with pytest.raises(Conflict), transaction():
        edit_agenda_item(organiser, line=late, item=Item("Abend", now(), None), revision=1)
    later = now() + DAY
    with pytest.raises(Invalid), transaction():
        add_agenda_item(organiser, hackathon=hackathon, item=Item("Ende", later, later))
    with transaction():
        remove_agenda_item(organiser, line=db.session.merge(late))
    assert [item.title for item in agenda_of(hackathon)] == ["Start"]


def test_an_announcement_reaches_everybody_with_a_place_once(app):
    organiser, hackathon = a_person("organiser"), a_hackathon()
    there, away = a_registration(hackathon), a_registration(hackathon, state="cancelled")
    for _click in range(2):
        with transaction():
            said = announce(
                organiser, hackathon=hackathon, title="Essen ist da", text="", banner_until=now() + HOUR, by_mail=True
            )
    assert list(announcements_of(hackathon)) == [said] == banners_of(hackathon, now())
    assert banners_of(hackathon, now() + DAY) == []
    assert [mail.recipient for mail in db.session.scalars(select(Mail))] == [there.person.email]
    assert away.person.email != there.person.email
    with transaction():
        withdraw_announcement(organiser, announcement=said)
    assert list(announcements_of(hackathon)) == []


def test_nothing_is_announced_to_nobody_or_for_a_time_that_is_over(app):
    organiser = a_person("organiser")
    words = {"title": "Hallo", "text": "", "by_mail": False}
    with pytest.raises(NotAllowed), transaction():
        announce(organiser, hackathon=a_hackathon(published_at=None), banner_until=None, **words)
    with pytest.raises(NotAllowed), transaction():
        announce(organiser, hackathon=a_hackathon(archived_at=now()), banner_until=None, **words)
    with pytest.raises(Invalid), transaction():
        announce(organiser, hackathon=a_hackathon(), banner_until=now() - HOUR, **words)
