import pytest

from ideenlab.core.db import db, transaction
from ideenlab.teams.actions import describe_myself
from ideenlab.teams.models import Membership, TeamLink
from ideenlab.teams.rules import shown_name
from tests.factories import a_hackathon, a_person, a_registration, a_team
from tests.teams.test_actions_approaches import run


def test_an_adult_chooses_how_they_are_named_and_nobody_under_18_does(client):
    adult, young = a_person(pseudonym="Mira"), a_person(pseudonym="Jule", age_band="16_17")
    team = a_team(None, adult, young)
    address = f"/team/{team.id}/ich"
    client.sign_in(adult)
    assert "Mein Name" in client.get(address).text
    assert client.post(address, data={"role": "Löten", "shown_name": " Mira  Muster "}).status_code == 303
    client.sign_in(young)
    assert "Mein Name" not in client.get(address).text
    refused = client.post(address, data={"role": "Zeichnen", "shown_name": "Jule Jung"})
    assert (refused.status_code, "Unter 18 Jahren" in refused.text) == (422, True)
    assert client.post(address, data={"role": "Zeichnen"}).status_code == 303
    rows = db.session.query(Membership).order_by(Membership.id).all()
    assert [(row.role, shown_name(row)) for row in rows] == [("Löten", "Mira Muster"), ("Zeichnen", "Jule")]
    with transaction():
        rows[1].shown_name = "Jule Jung"  # however it came there
    assert shown_name(rows[1]) == "Jule"
    page = client.get(f"/team/{team.id}").text
    assert ("Löten" in page, "Mira Muster" in page) == (True, False)
    client.sign_in(a_person())
    assert client.get(address).status_code == 403


LINKS = {
    "https://example.org/chat?a=1": "https://example.org/chat?a=1", "http://EXAMPLE.org": "http://example.org",
    "javascript:alert(1)": None, "data:text/html,x": None, "//example.org": None, "https://": None, "x": None,
    "https://localhost/": None, "https://127.0.0.1/": None, "https://a@example.org": None, "ftp://example.org": None,
}  # fmt: skip


def test_links_of_the_web_are_kept_and_shown_inside_only(client):
    member = a_person()
    team = a_team(None, member)
    address = f"/team/{team.id}/links"
    client.sign_in(member)
    for url, kept in LINKS.items():
        answer = client.post(address, data={"title": "Unser <b>Chat", "url": url})
        assert answer.status_code == (303 if kept else 422), url
    links = db.session.query(TeamLink).order_by(TeamLink.id).all()
    assert [link.url for link in links] == [kept for kept in LINKS.values() if kept]
    first = links[0].id
    page = client.get(f"/team/{team.id}").text
    assert ("Unser &lt;b&gt;Chat" in page, 'rel="nofollow ugc noopener noreferrer"' in page) == (True, True)
    client.sign_in(a_registration(team.hackathon).person)
    assert "example.org/chat" not in client.get(f"/team/{team.id}").text
    assert client.get(address).status_code == 403
    assert client.post(f"/team/link/{first}/entfernen").status_code == 403
    client.sign_in(member)
    assert client.post(f"/team/link/{first}/entfernen").location == address
    assert client.post(f"/team/link/{first}/entfernen").status_code == 404


def test_a_team_keeps_twenty_links(client):
    member = a_person()
    team = a_team(None, member)
    client.sign_in(member)
    data = {"title": "Chat", "url": "https://example.org"}
    answers = [client.post(f"/team/{team.id}/links", data=data).status_code for _number in range(21)]
    assert answers == [303] * 20 + [422]


def test_the_log_says_in_words_who_did_what(client):
    hackathon = a_hackathon()
    lead, member = a_person(pseudonym="Mira"), a_registration(hackathon, a_person(pseudonym="Bo")).person
    team = a_team(hackathon, lead, code="ABCD2345")
    client.sign_in(member)
    client.post(f"/hackathon/{hackathon.slug}/teams/beitreten", data={"code": "ABCD2345"})
    client.sign_in(lead)
    client.post(f"/team/{team.id}/leitung", data={"member": str(member.id)})
    text = client.get(f"/team/{team.id}/verlauf").text
    assert text.index("Mira hat die Leitung abgegeben an: Bo.") < text.index("Bo ist beigetreten.")
    client.sign_in(a_registration(hackathon).person)
    assert client.get(f"/team/{team.id}/verlauf").status_code == 403
    client.sign_in(a_person("organiser"))
    assert "Bo ist beigetreten." in client.get(f"/team/{team.id}/verlauf").text


@pytest.mark.parametrize("page", ["ich", "links", "verlauf", "hilfe", "leitung", "aufloesen", "anfragen", "einladen"])
def test_a_number_nobody_has_is_not_found(client, page):
    client.sign_in(a_person())
    for number in ("0", "2147483648", "9" * 30):
        assert client.get(f"/team/{number}/{page}").status_code == 404


def test_what_i_do_is_mine_alone(app):
    first, second = a_person(), a_person()
    team = a_team(None, first, second)
    run(describe_myself, first, team=team, role="Löten", shown_name="")
    assert [row.role for row in db.session.query(Membership).order_by(Membership.id)] == ["Löten", ""]
