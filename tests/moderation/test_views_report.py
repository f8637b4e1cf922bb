"""Reporting without an account: what the form refuses, what it keeps, and how often one network may."""

import re

import pytest
from sqlalchemy import select

from ideenlab.core.db import db
from ideenlab.mail.models import Mail
from ideenlab.moderation.models import Case, Report
from tests.factories import a_comment, a_person, an_idea

GOOD = {"reason": "spam", "text": "Das ist Werbung für ein Geschäft.", "email": ""}


def reports():
    db.session.rollback()
    return list(db.session.scalars(select(Report).order_by(Report.id)))


def test_a_visitor_reports_an_idea_and_a_comment(client):
    idea = an_idea(title="Bänke")
    comment = a_comment(idea, text="So ein Unfug!")
    page = client.get(f"/idee/{idea.id}").text
    for path in (f"/melden/idee/{idea.id}", f"/melden/kommentar/{comment.id}"):
        assert path in page
        assert client.get(path).status_code == 200
        answer = client.post(path, data={**GOOD, **client.opened(), "email": "Melderin@Example.org"})
        assert (answer.status_code, answer.headers["Location"]) == (303, "/melden/danke")
    assert client.get("/melden/danke").status_code == 200
    assert [report.email for report in reports()] == ["melderin@example.org"] * 2
    assert len(db.session.scalars(select(Mail)).all()) == 2


@pytest.mark.parametrize(("typed", "sentence"), [
    ({"reason": ""}, "Bitte wählen Sie einen Grund."),
    ({"reason": "nonsense"}, "Bitte wählen Sie einen Grund."),
    ({"text": "kurz"}, "10 Zeichen"),
    ({"text": "x" * 1001}, "1000 Zeichen"),
    ({"email": "keine Adresse"}, "Bitte geben Sie eine E-Mail-Adresse ein"),
    ({"website": "https://example.org"}, "Ein Feld war ausgefüllt, das leer bleiben muss."),
    ({"opened": ""}, "Das war schneller, als Menschen tippen."),
])  # fmt: skip
def test_what_is_refused_is_said_and_nothing_typed_is_lost(client, typed, sentence):
    answer = client.post(f"/melden/idee/{an_idea().id}", data={**GOOD, **client.opened(), **typed})
    assert answer.status_code == 422
    assert sentence in re.sub(r"\s+", " ", answer.text)
    if "text" not in typed:
        assert GOOD["text"] in answer.text
    assert reports() == []


def test_what_cannot_be_seen_is_not_there(client):
    idea = an_idea(state="hidden")
    for path in (f"idee/{idea.id}", "idee/9999", "idee/99999999999999999999", "unfug/1", "kommentar/1"):
        assert client.get(f"/melden/{path}").status_code == 404
        assert client.post(f"/melden/{path}", data={**GOOD, **client.opened()}).status_code == 404


def test_one_network_reports_twenty_times_in_a_quarter_of_an_hour(client):
    idea = an_idea()
    answers = [
        client.post(f"/melden/idee/{idea.id}", data={**GOOD, **client.opened(), "text": f"Werbung, Nummer {number}"})
        for number in range(21)
    ]
    assert [answer.status_code for answer in answers] == [303] * 20 + [422]
    assert "Bitte warten Sie 15 Minuten." in answers[-1].text
    assert len(reports()) == 20


def test_an_address_gets_few_mails_but_every_report_counts(client):
    for number in range(8):
        data = {**GOOD, **client.opened(), "email": "a@example.org", "text": f"Das ist Werbung, Nummer {number}"}
        client.post(f"/melden/idee/{an_idea().id}", data=data)
    assert (len(reports()), len(db.session.scalars(select(Mail)).all())) == (8, 5)


def test_who_is_suspended_may_still_report(client):
    from datetime import timedelta

    from ideenlab.core.clock import now

    client.sign_in(a_person(suspended_until=now() + timedelta(days=1), suspended_reason="Beleidigungen"))
    assert client.post(f"/melden/idee/{an_idea().id}", data={**GOOD, **client.opened()}).status_code == 303


def test_several_rows_are_decided_and_said_truthfully(client):
    moderator = a_person("moderator")
    ideas = [
        an_idea(title="Werbung eins"),
        an_idea(title="Werbung zwei"),
        an_idea(author=moderator, title="Meine eigene"),
    ]
    for idea in ideas:
        client.post(f"/melden/idee/{idea.id}", data={**GOOD, **client.opened()})
    client.sign_in(moderator)
    numbers = [str(case.id) for case in db.session.scalars(select(Case))]
    refused = client.post("/moderation/mehrere", data={"do": "hidden", "case": numbers, "reason": ""})
    assert (refused.status_code, refused.text.count(" checked>")) == (422, 3)
    for odd in ([], ["9" * 5000]):
        sent = {"do": "hidden", "case": odd, "reason": "Das ist Werbung."}
        assert client.post("/moderation/mehrere", data=sent).status_code == 422
    answer = client.post("/moderation/mehrere", data={"do": "hidden", "case": numbers, "reason": "Das ist Werbung."})
    assert answer.status_code == 303
    page = client.get("/moderation").text
    assert "2 Fälle entschieden: Ausgeblendet." in page
    assert "1 Fall nicht entschieden (Meine eigene): Niemand entscheidet über eigene Beiträge." in page


def test_the_figures_count_what_was_done(client):
    client.post(f"/melden/idee/{an_idea().id}", data={**GOOD, **client.opened()})
    page = client.get("/moderation-in-zahlen")
    year = re.search(r"Moderation in Zahlen: (\d{4})", page.text)[1]
    table = client.get(f"/moderation-in-zahlen/{year}.csv")
    assert table.mimetype == "text/csv"
    lines = table.get_data(as_text=True).splitlines()
    assert "Meldungen: Werbung oder Spam,1" in lines
    assert "Fälle aus Meldungen,1" in lines
    assert client.get("/moderation-in-zahlen/1999.csv").status_code == 404


@pytest.mark.parametrize("rows", [1, 3, 20])
def test_the_queue_costs_the_same_for_few_and_many(client, count_queries, rows):
    for number in range(rows):
        path = f"/melden/idee/{an_idea().id}"
        client.post(path, data={**GOOD, **client.opened(), "text": f"Das ist Werbung, Nummer {number}"})
    client.sign_in(a_person("moderator"))
    assert count_queries(lambda: client.get("/moderation")) <= 15
