import threading
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import event

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Invalid, NotAllowed
from ideenlab.mail.models import Mail
from ideenlab.notifications.actions import (
    follow,
    forget_notices,
    read_all_notices,
    read_notice,
    send_digests,
    set_paces,
    tell,
    tell_followers,
    unfollow,
    unsubscribe,
)
from ideenlab.notifications.actions.letters import read_unsubscribe_token, unsubscribe_token
from ideenlab.notifications.models import KINDS, Follow, Notice
from ideenlab.notifications.queries import is_following, paces_of
from ideenlab.privacy.actions import retain
from tests.factories import a_comment, a_person, an_idea

DAY = timedelta(days=1)


def mails():
    db.session.rollback()
    return db.session.query(Mail).order_by(Mail.id).all()


def notices(person=None):
    db.session.rollback()
    found = db.session.query(Notice).order_by(Notice.id)
    return (found.filter_by(person_id=person.id) if person else found).all()


@pytest.mark.parametrize(
    ("language", "subject", "link"),
    [("de", "Ihr Konto ist fertig", "http://localhost/anmelden"), ("en", "Your account is ready", "http://localhost/en/anmelden")],
)  # fmt: skip
def test_people_are_told_in_their_language_with_links_to_us(app, language, subject, link):
    person = a_person(language=language, pseudonym="Eva <b>")
    with transaction():
        tell(person, "accounts/guardian_agreed")
    [mail] = mails()
    assert (mail.recipient, mail.subject) == (person.email, subject)
    assert "Eva <b>" in mail.text
    assert link in mail.text.split()


def test_the_same_thing_is_told_once(app):
    person = a_person()
    for _time in range(2):
        with transaction():
            tell(person, "accounts/guardian_agreed", once_key="agreed")
    assert len(mails()) == len(notices()) == 1


@pytest.mark.parametrize(("values", "number"), [({"email": None}, 1), ({"state": "closed"}, 0)])
def test_who_cannot_be_written_to_reads_it_on_the_page_and_who_must_not_be_told_is_not(app, values, number):
    with transaction():
        tell(a_person(**values), "accounts/guardian_agreed")
    assert (mails(), len(notices())) == ([], number)


def test_what_is_refused_tells_nobody(app):
    person = a_person()
    try:
        with transaction():
            tell(person, "accounts/guardian_agreed")
            raise ValueError
    except ValueError:
        assert mails() == notices() == []


def a_commented_idea(pace=None, **values):
    """An idea of somebody who wants mails of comments at this pace, and has been told of one."""
    idea = an_idea(title="Bänke an der Hase", **values)
    comment = a_comment(idea)
    with transaction():
        if pace:
            set_paces(idea.author, paces={"comments": pace})
        tell(
            idea.author, "ideas/commented", kind="comments", once_key="c1", detail="Ja!", idea=idea, comment=comment
        )  # fmt: skip
    return idea


def test_a_notice_says_what_the_mail_says_and_leads_where_it_leads(app):
    idea = a_commented_idea()
    [notice] = notices(idea.author)
    assert (notice.kind, notice.text) == ("comments", "Neuer Kommentar zu Ihrer Idee: Bänke an der Hase")
    assert "#comment-" in notice.path
    assert notice.path in mails()[0].text
    assert (notice.thing, notice.thing_id, notice.thing_title) == ("ideas", idea.id, "Bänke an der Hase")
    assert notice.mail_at is None
    [mail] = mails()
    assert mail.subject == notice.text
    assert mail.unsubscribe_url.startswith("http://localhost/abbestellen/")
    assert mail.unsubscribe_url in mail.text


def test_an_important_mail_cannot_be_stopped_and_says_so(app):
    idea = an_idea()
    with transaction():
        unsubscribe(idea.author, kinds=KINDS)
        tell(idea.author, "accounts/guardian_agreed", idea=idea)
    [mail] = mails()
    assert mail.unsubscribe_url == ""
    assert "Diese Mitteilung ist wichtig" in mail.text
    assert notices(idea.author)[0].thing_id == idea.id


def test_a_secret_never_becomes_a_notice(app):
    person = a_person()
    with transaction():
        tell(person, "accounts/guardian_agreed", secret="geheim")
    assert len(mails()) == 1
    assert notices() == []


@pytest.mark.parametrize(
    ("pace", "at_once", "after_a_day", "after_a_week"),
    [("at_once", 1, 1, 1), ("daily", 0, 1, 1), ("weekly", 0, 0, 1), ("never", 0, 0, 0)],
)
def test_mails_come_at_the_pace_that_was_chosen(app, pace, at_once, after_a_day, after_a_week):
    with time_machine.travel("2027-06-22 12:00:00+00:00"):  # a Tuesday
        idea = a_commented_idea(pace)
        send_digests()
        assert len(mails()) == at_once
    with time_machine.travel("2027-06-23 12:00:00+00:00"):
        send_digests()
        assert len(mails()) == after_a_day
    with time_machine.travel("2027-06-29 12:00:00+00:00"):
        send_digests()
        send_digests()
        assert len(mails()) == after_a_week
    assert len(notices(idea.author)) == 1


def test_a_choice_holds_also_for_what_waits_already(app):
    idea = a_commented_idea("weekly")
    with transaction():
        set_paces(idea.author, paces={"comments": "never"})
    assert notices(idea.author)[0].mail_at is None
    with time_machine.travel(now() + 8 * DAY):
        assert send_digests() == 0


def test_a_choice_that_is_none_is_refused(app):
    with pytest.raises(Invalid), transaction():
        set_paces(a_person(), paces={"comments": "hourly"})
    with pytest.raises(Invalid), transaction():
        set_paces(a_person(), paces={"important": "never"})


def test_who_follows_is_told_once_in_their_language_and_others_not(app):
    idea = an_idea(title="Bänke")
    german, english, both, author, stranger, closed = (
        a_person(), a_person(language="en"), a_person(), idea.author, a_person(), a_person(),
    )  # fmt: skip
    comment = a_comment(idea)
    with transaction():
        for person in (german, english, both, author, closed):
            follow(person, idea)
            follow(person, idea)
        follow(both, idea.call)
        closed.state = "closed"
    for _time in range(2):
        with transaction():
            tell_followers(idea, "ideas/commented", once="c1", but=[author], detail="Ja", idea=idea, comment=comment)
            tell_followers(idea.call, "ideas/commented", once="c1", about=idea, idea=idea, comment=comment)
    assert [notice.text for notice in notices(german)] == ["Neuer Kommentar zu Ihrer Idee: Bänke"]
    assert [notice.text for notice in notices(english)] == ["New comment on your idea: Bänke"]
    assert len(notices(both)) == 1
    assert notices(author) == notices(stranger) == notices(closed) == []
    assert notices(german)[0].thing_title == "Bänke"
    assert mails() == []


def test_telling_many_followers_costs_as_many_statements_as_telling_one(app, count_queries):
    numbers = []
    for people in (1, 30):
        idea = an_idea()
        comment = a_comment(idea)
        for _number in range(people):
            with transaction():
                follow(a_person(), idea)

        def told(idea=idea, comment=comment):
            with transaction():
                tell_followers(idea, "ideas/commented", once="x", idea=idea, comment=comment)

        numbers.append(count_queries(told))
        assert len([notice for notice in notices() if notice.thing_id == idea.id]) == people
    assert numbers[0] == numbers[1]


def test_the_followers_choice_decides_when_their_mail_leaves(app):
    idea = an_idea()
    comment = a_comment(idea)
    people = {pace: a_person() for pace in ("at_once", "daily", "weekly", "never")}
    with time_machine.travel("2027-06-22 12:00:00+00:00", tick=False):
        with transaction():
            for pace, person in people.items():
                follow(person, idea)
                set_paces(person, paces={"followed": pace})
            tell_followers(idea, "ideas/commented", once="x", idea=idea, comment=comment)
        due = {pace: notices(person)[0].mail_at for pace, person in people.items()}
        assert due["at_once"] == now()
    assert [str(due[pace])[:16] for pace in ("daily", "weekly")] == ["2027-06-23 05:00", "2027-06-28 05:00"]
    assert due["never"] is None


def test_unfollowed_is_unheard(app):
    idea, person = an_idea(), a_person()
    with transaction():
        follow(person, idea)
    assert is_following(person, idea)
    with transaction():
        unfollow(person, idea)
        unfollow(person, idea)
    assert not is_following(person, idea)
    assert db.session.query(Follow).count() == 0


def several_notices(person, *titles, number=2):
    for title in titles:
        idea = an_idea(title=title)
        for _number in range(number):
            comment = a_comment(idea)
            with transaction():
                tell(
                    person, "ideas/commented", kind="followed", once_key=f"c{comment.id}", detail="Schön!",
                    idea=idea, comment=comment,
                )  # fmt: skip


def test_a_digest_is_grouped_by_thing_and_holds_each_notice_once(app):
    person = a_person()
    several_notices(person, "Bänke", "Bäume")
    with time_machine.travel(now() + 2 * DAY):
        assert send_digests() == 1
        assert send_digests() == 0
    [mail] = mails()
    assert mail.subject == "4 Neuigkeiten"
    assert [line for line in mail.text.splitlines() if line in ("Bänke", "Bäume")] == ["Bänke", "Bäume"]
    assert mail.text.count("Neuer Kommentar zu Ihrer Idee: Bänke") == 2
    assert mail.text.count("Schön!") == 4
    assert mail.unsubscribe_url in mail.text
    assert {notice.mailed_at is not None and notice.mail_at is None for notice in notices(person)} == {True}


def test_what_was_read_on_the_page_is_not_mailed_and_no_digest_is_empty(app):
    person = a_person()
    several_notices(person, "Bänke")
    first, _second = notices(person)
    with transaction():
        read_notice(person, notice=db.session.merge(first))
    with time_machine.travel(now() + 2 * DAY):
        send_digests()
    [mail] = mails()
    assert mail.subject == "Neuer Kommentar zu Ihrer Idee: Bänke"
    several_notices(person, "Bäume")
    with transaction():
        read_all_notices(person, until=notices(person)[-1].id)
    with time_machine.travel(now() + 4 * DAY):
        assert send_digests() == 0
    assert len(mails()) == 1


def test_very_many_notices_are_one_mail_of_bearable_length(app):
    person = a_person()
    several_notices(person, "Bänke", number=55)
    with time_machine.travel(now() + 2 * DAY):
        assert send_digests() == 1
    [mail] = mails()
    assert mail.text.count("* Neuer Kommentar") == 50
    assert "5 weitere Mitteilungen" in mail.text


class Killed(Exception):
    pass


@pytest.mark.parametrize("statement", ["UPDATE notices", "INSERT INTO mails"])
def test_a_digest_that_is_killed_in_the_middle_is_written_whole_afterwards(app, statement):
    person = a_person()
    several_notices(person, "Bänke")

    def dies(*args):
        if args[2].startswith(statement):
            raise Killed

    with time_machine.travel(now() + 2 * DAY):
        event.listen(db.engine, "after_cursor_execute", dies)
        try:
            with pytest.raises(Killed):
                send_digests()
        finally:
            event.remove(db.engine, "after_cursor_execute", dies)
        assert mails() == []
        assert send_digests() == 1
    assert len(mails()) == 1
    assert mails()[0].text.count("Neuer Kommentar") == 2


def test_one_whose_account_was_closed_gets_no_digest(app):
    person = a_person()
    several_notices(person, "Bänke")
    with transaction():
        db.session.merge(person).state = "closed"
    with time_machine.travel(now() + 2 * DAY):
        assert send_digests() == 0
        assert send_digests() == 0


def test_two_workers_write_one_digest(app):
    people = [a_person() for _number in range(3)]
    for person in people:
        several_notices(person, "Bänke")
    with transaction():
        db.session.query(Notice).update({"mail_at": now() - DAY})
    barrier = threading.Barrier(4)

    def work():
        with app.app_context():
            barrier.wait()
            send_digests()
            db.session.remove()

    threads = [threading.Thread(target=work) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(mail.recipient for mail in mails()) == sorted(person.email for person in people)


def test_notices_of_others_are_not_read(app):
    person = a_person()
    several_notices(person, "Bänke", number=1)
    with pytest.raises(NotAllowed), transaction():
        read_notice(a_person(), notice=notices(person)[0])


def test_a_link_that_stops_mails_is_for_one_person_and_its_kinds(app):
    person = a_person()
    found = read_unsubscribe_token(unsubscribe_token(person, ["new_ideas", "followed"]))
    assert found == (person, ["followed", "new_ideas"])
    token = unsubscribe_token(person, ["followed"])
    for wrong in ("", "x", token[:-1], token.replace("followed", "comments"), f"{person.id + 1}{token[1:]}"):
        assert read_unsubscribe_token(wrong) is None
    with transaction():
        unsubscribe(person, kinds=["followed"])
    assert paces_of(person)["followed"] == "never"
    assert paces_of(person)["comments"] == "at_once"


def test_what_must_not_be_read_any_more_is_in_no_notice_and_no_digest(app):
    person = a_person()
    several_notices(person, "Bänke", "Bäume", number=1)
    idea_id = notices(person)[0].thing_id
    with transaction():
        forget_notices(db.session.get(type(an_idea()), idea_id))
    with time_machine.travel(now() + 2 * DAY):
        send_digests()
    assert "Bänke" not in mails()[0].text


def test_old_notices_go_after_ninety_days(app):
    person = a_person()
    several_notices(person, "Bänke", number=1)
    with time_machine.travel(now() + 2 * DAY):
        send_digests()
    with time_machine.travel(now() + 89 * DAY), transaction():
        assert retain()["messages"] == 0
    with time_machine.travel(now() + 91 * DAY), transaction():
        assert retain()["messages"] == 1
