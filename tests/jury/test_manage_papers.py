"""Sheets are printed and typed in by organisers."""

import re

import pytest

from ideenlab.core.db import db
from ideenlab.jury.queries import criteria_of
from tests.factories import a_person
from tests.jury.world import a_juror, ballot_of, handed_in, scored_hackathon


@pytest.fixture
def sheet(client):
    hackathon = scored_hackathon(slug="papier")
    juror, prototype = a_juror(hackathon, name="Jutta Juror"), handed_in(hackathon, team="Die Hasen")
    return juror, prototype


def path(sheet):
    return f"/organisation/hackathons/papier/jury/papier/{sheet[0].id}/{sheet[1].id}"


def sent(sheet, *points, **more):
    criteria = criteria_of(sheet[1].hackathon)
    db.session.rollback()
    return {"revision": "0", "save_id": "paper-save-1", **more,
            **{f"points-{c.id}": p for c, p in zip(criteria, points, strict=False)}}  # fmt: skip


def test_two_organisers_type_a_sheet_and_the_second_does_not_see_the_points_of_the_first(client, sheet):
    first, second = a_person("organiser", pseudonym="Erste Hand"), a_person("organiser", pseudonym="Zweite Hand")
    client.sign_in(first)
    assert "nicht abgetippt" in client.get("/organisation/hackathons/papier/jury/papier").text
    assert client.post(path(sheet), data=sent(sheet, "4", "4")).status_code == 422
    client.post(path(sheet), data=sent(sheet, "4", "4", "3.5", strength="Sehr klar"))
    assert len(re.findall("<input checked", client.get(path(sheet)).text)) == 3
    assert "einmal abgetippt, von Erste Hand" in client.get("/organisation/hackathons/papier/jury/papier").text
    client.sign_in(second)
    page = client.get(path(sheet)).text
    assert "<input checked" not in page
    assert "Sehr klar" in page
    client.post(path(sheet), data=sent(sheet, "4", "4", "3"))
    page = client.get(path(sheet)).text
    assert re.search(r"3,5</td>\s*<td[^>]*>3</td>", page)
    answer = client.post(path(sheet), data=sent(sheet, "4", "4", "3.5"))
    assert answer.location == "/organisation/hackathons/papier/jury/papier"
    assert "abgetippt von Erste Hand, geprüft von Zweite Hand, zählt" in client.get(answer.location).text
    assert ballot_of(*sheet).state == "submitted"


def test_sheets_of_the_whole_jury_or_of_one(client, sheet):
    hackathon = sheet[1].hackathon
    handed_in(hackathon, team="Alpha")
    a_juror(hackathon, name="Anton Juror")
    client.sign_in(a_person("organiser"))
    all_of_them = client.get("/organisation/hackathons/papier/jury/papier/boegen.pdf")
    assert all_of_them.mimetype == "application/pdf"
    assert all_of_them.data.count(b"/Type /Page\n") == 4
    one = client.get(f"/organisation/hackathons/papier/jury/papier/boegen.pdf?mitglied={sheet[0].id}")
    assert one.data.count(b"/Type /Page\n") == 2
    nobody = client.get("/organisation/hackathons/papier/jury/papier/boegen.pdf?mitglied=999999")
    assert nobody.status_code == 404
