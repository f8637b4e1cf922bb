import re

import pytest

from ideenlab.core.db import db, transaction
from ideenlab.notifications.actions import unsubscribe
from ideenlab.notifications.actions.letters import unsubscribe_token
from ideenlab.notifications.models import KINDS, Notice
from ideenlab.notifications.queries import paces_of
from tests.factories import a_person
from tests.notifications.test_actions import notices, several_notices


@pytest.fixture
def person(app, client):
    found = a_person()
    client.sign_in(found)
    return found


def paces(person):
    db.session.rollback()
    return paces_of(person)


def test_without_notices_the_page_says_what_to_do(client, person):
    page = client.get("/mitteilungen")
    assert "Noch keine Mitteilungen" in page.text
    assert "il-bell__count" not in page.text


def test_a_notice_is_read_when_it_is_opened(client, person):
    several_notices(person, "Bänke", number=2)
    page = client.get("/mitteilungen")
    assert "2 Mitteilungen sind ungelesen" in page.text
    assert re.search(r'il-bell__count">2<', page.text)
    first = notices(person)[0]
    answer = client.post(f"/mitteilungen/{first.id}/oeffnen")
    assert (answer.status_code, answer.location) == (303, first.path)
    assert re.search(r'il-bell__count">1<', client.get("/mitteilungen").text)
    assert client.post(f"/en/mitteilungen/{first.id}/oeffnen").location == "/en" + first.path


def test_all_are_read_but_those_that_came_meanwhile(client, person):
    several_notices(person, "Bänke", number=2)
    until = notices(person)[-1].id
    several_notices(person, "Bäume", number=1)
    client.post("/mitteilungen/gelesen", data={"until": until})
    assert [notice.read_at is None for notice in notices(person)] == [False, False, True]


@pytest.mark.parametrize("until", ["", "x", "-1", "9" * 30, "١"])
def test_a_made_up_number_marks_nothing_or_all_and_breaks_nothing(client, person, until):
    several_notices(person, "Bänke", number=1)
    assert client.post("/mitteilungen/gelesen", data={"until": until}).status_code == 303
    assert notices(person)[0].read_at is None


def test_more_notices_are_on_the_next_page(client, person):
    several_notices(person, "Bänke", number=25)
    page = client.get("/mitteilungen")
    assert page.text.count("il-notice__title") == 20
    more = re.search(r'href="(/mitteilungen\?weiter=[^"]+)"', page.text)[1]
    assert client.get(more).text.count("il-notice__title") == 5


def test_the_notices_of_others_are_not_there(client, person):
    other = a_person()
    several_notices(other, "Bänke", number=1)
    assert client.post(f"/mitteilungen/{notices(other)[0].id}/oeffnen").status_code == 404
    assert client.post(f"/mitteilungen/{2**40}/oeffnen").status_code == 404


def test_a_notice_never_leads_to_another_house(client, person):
    with transaction():
        db.session.add(Notice(person_id=person.id, kind="comments", text="x", path="//evil.example"))
    answer = client.post(f"/mitteilungen/{notices(person)[0].id}/oeffnen")
    assert answer.location == "/mitteilungen"


def test_the_number_of_notices_costs_one_query_and_visitors_nothing(app, client, count_queries):
    text_of_the_page = 1
    visitors = count_queries(lambda: client.get("/so-funktioniert-es"))
    person = a_person()
    client.sign_in(person)
    client.get("/so-funktioniert-es")
    without = count_queries(lambda: client.get("/so-funktioniert-es"))
    assert visitors == text_of_the_page
    several_notices(person, "Bänke", number=30)
    assert count_queries(lambda: client.get("/so-funktioniert-es")) == without == text_of_the_page + 2


def test_people_choose_when_mails_come(client, person):
    page = client.get("/konto/mitteilungen")
    assert page.text.count("<select") == len(KINDS) - 1
    given = {**paces_of(person), "comments": "weekly", "followed": "never"}
    assert client.post("/konto/mitteilungen", data=given).status_code == 303
    assert paces(person) == given


def test_who_works_here_chooses_for_work_too(app, client):
    client.sign_in(a_person("moderator"))
    assert client.get("/konto/mitteilungen").text.count("<select") == len(KINDS)


@pytest.mark.parametrize("wrong", ["hourly", "", "at_once'"])
def test_a_choice_that_is_none_is_refused_at_its_field(client, person, wrong):
    answer = client.post("/konto/mitteilungen", data={**paces_of(person), "comments": wrong})
    assert answer.status_code == 422
    assert "comments-error" in answer.text
    assert paces(person)["comments"] == "at_once"


def test_looking_at_the_link_stops_nothing_and_the_button_does_without_signing_in(app, client):
    person = a_person()
    address = f"/abbestellen/{unsubscribe_token(person, ['followed', 'comments'])}"
    for _time in range(3):
        page = client.get(address)
    assert "Keine E-Mails mehr?" in page.text
    assert paces(person)["followed"] == "daily"
    done = client.post(address)
    assert done.status_code == 200
    assert (paces(person)["followed"], paces(person)["comments"], paces(person)["own"]) == ("never", "never", "at_once")


def test_a_mail_program_stops_the_mails_by_one_click(app, client):
    person = a_person()
    address = f"/abbestellen/{unsubscribe_token(person, ['followed'])}"
    for _time in range(2):
        answer = client.post(address, data={"List-Unsubscribe": "One-Click"}, csrf=False)
        assert answer.status_code == 200
    assert paces(person)["followed"] == "never"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_broken_link_is_gone(app, client, method):
    person = a_person()
    token = unsubscribe_token(person, ["followed"])
    for wrong in (token[:-1], token.replace("followed", "own"), "x", "9" * 50):
        assert client.open(f"/abbestellen/{wrong}", method=method).status_code == 410
    assert paces(person)["own"] == "at_once"


def test_one_whose_account_is_closed_has_nothing_to_stop(app, client):
    person = a_person(state="closed")
    assert client.post(f"/abbestellen/{unsubscribe_token(person, ['followed'])}").status_code == 410


def test_who_has_stopped_mails_can_start_them_again(client, person):
    with transaction():
        unsubscribe(person, kinds=["followed"])
    assert client.post("/konto/mitteilungen", data={**paces_of(person), "followed": "daily"}).status_code == 303
    assert paces(person)["followed"] == "daily"
