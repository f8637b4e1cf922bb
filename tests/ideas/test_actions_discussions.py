from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import city_zone
from ideenlab.ideas.actions import tell_of_discussions
from ideenlab.notifications.actions import follow, set_paces
from ideenlab.notifications.models import Notice
from tests.factories import a_comment, a_person, an_idea

DAY = timedelta(days=1)


def noon(days_ago=1):
    today = now().astimezone(ZoneInfo(city_zone())).date()
    return datetime(today.year, today.month, today.day, 12, tzinfo=ZoneInfo(city_zone())) - days_ago * DAY


def told():
    with transaction():
        number = tell_of_discussions()
    return number, [
        (notice.person_id, notice.text, notice.mail_at is not None and notice.mailed_at is None)
        for notice in db.session.scalars(select(Notice).order_by(Notice.id))
    ]


def test_who_follows_hears_once_a_day_in_the_digest(app):
    idea, fan, writer, other = an_idea(title="Bänke", author=a_person()), a_person(), a_person(), a_person()
    with transaction():
        for person in (fan, writer, idea.author):
            follow(person, idea)
    for author in (writer, other, writer):
        a_comment(idea, author, created_at=noon())
    a_comment(idea, other, created_at=noon(), state="hidden")
    a_comment(idea, other, created_at=now())
    a_comment(idea, other, created_at=noon(9))
    number, notices = told()
    assert (number, sorted(notices)) == (
        1,
        sorted((person.id, "3 neue Kommentare: Bänke", True) for person in (fan, writer)),
    )
    assert told() == (0, notices), "however often it runs"


def test_nobody_hears_of_what_only_they_wrote_or_of_what_is_out_of_sight(app):
    lonely, hidden, writer = an_idea(author=a_person()), an_idea(author=a_person(), state="hidden"), a_person()
    for idea in (lonely, hidden):
        with transaction():
            follow(writer, idea)
            follow(a_person(), hidden)
        a_comment(idea, writer, created_at=noon())
    assert told() == (1, [])


def test_there_is_no_mail_for_each_comment_to_choose(app):
    person = a_person()
    with pytest.raises(Invalid):
        set_paces(person, paces={"discussions": "at_once"})
    with transaction():
        set_paces(person, paces={"discussions": "never"})
