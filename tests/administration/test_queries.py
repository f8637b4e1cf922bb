"""The figures of the house are the same questions to both databases."""

from datetime import timedelta

from ideenlab.administration.queries import (
    LogFilter,
    deeds,
    entries,
    exported_entries,
    find_actor,
    last_beat,
    mails,
    oldest_waiting,
    staff_sign_ins,
    suspended_people,
    things,
    waiting_work,
)
from ideenlab.core.clock import now
from ideenlab.core.db import transaction
from ideenlab.core.i18n import in_city_time
from ideenlab.history.actions import record
from ideenlab.operating.queries import database_bytes, rows_per_table, stored_bytes
from tests.administration.test_actions import HOUR, a_mail
from tests.factories import a_person, an_idea


def test_the_house_can_be_counted(app):
    a_person(suspended_until=now() + HOUR)
    a_person(suspended_until=now() - HOUR)
    mail = a_mail()
    assert dict(rows_per_table())["people"] == 2
    assert database_bytes() > 10_000
    assert stored_bytes() == (0, 0)
    assert (len(suspended_people()), staff_sign_ins(), last_beat()) == (1, ([], 0), None)
    assert (oldest_waiting(), waiting_work()) == (mail.created_at, {"ideas": 0, "sources": 0})
    assert [row.id for row in mails("waiting", cursor=None).rows] == [mail.id]


def test_the_log_knows_days_of_the_city_and_who_acted(app):
    person, idea = a_person(pseudonym="Jörg"), an_idea()
    with transaction():
        record(person, "ideas.published", idea)
        record(None, "ideas.indexed", idea)
    today = in_city_time(now()).date()
    day = timedelta(days=1)

    def count(**values):
        which = LogFilter(**values)
        assert len(list(exported_entries(which))) == len(entries(which, cursor=None).rows)
        return len(entries(which, cursor=None).rows)

    assert (find_actor("joerg"), find_actor(str(person.id)), find_actor("wer"), find_actor("")) == (
        person.id, person.id, -1, None,
    )  # fmt: skip
    assert [count(), count(actor=person.id), count(actor=0), count(actor=-1)] == [2, 1, 1, 0]
    assert [count(begins_on=today, ends_on=today), count(begins_on=today + day), count(ends_on=today - day)] == [
        2,
        0,
        0,
    ]
    assert [count(thing="ideas", thing_id=idea.id), count(thing_id=2**40), count(deed="ideas.indexed")] == [2, 0, 1]
    assert (deeds(), things()) == (["ideas.indexed", "ideas.published"], ["ideas"])
