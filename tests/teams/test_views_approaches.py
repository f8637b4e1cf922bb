import pytest

from ideenlab.core.db import db, transaction
from ideenlab.mail.models import Mail
from ideenlab.teams.actions import NoticeText, ask_to_join, invite_person, write_notice
from ideenlab.teams.models import Approach, BoardNotice, Team
from tests.factories import a_challenge, a_hackathon, a_person, a_registration, a_team


@pytest.fixture
def hackathon(app):
    return a_hackathon(team_size_max=3)


@pytest.fixture
def member(app):
    return a_person(pseudonym="Mira")


@pytest.fixture
def team(hackathon, member):
    return a_team(hackathon, member, name="Die Ersten", code="ABCD2345")


@pytest.fixture
def newcomer(hackathon):
    return a_registration(hackathon, a_person(pseudonym="Bo")).person


def size_of(team):
    db.session.rollback()
    return db.session.get(Team, team.id).member_count


def link_to(address):
    text = db.session.query(Mail).filter_by(recipient=address).order_by(Mail.id.desc()).first().text
    return "/team/einladung/" + text.partition("/team/einladung/")[2].split()[0]


def test_a_stranger_asks_and_a_member_accepts(client, hackathon, member, team, newcomer):
    client.sign_in(newcomer)
    page = client.get(f"/team/{team.id}").text
    assert f"/team/{team.id}/anfragen" in page
    assert "Mira" not in page
    refused = client.post(f"/team/{team.id}/anfragen", data={"sentence": "", "role": "Löten"})
    assert (refused.status_code, 'value="Löten"' in refused.text) == (422, True)
    data = {"sentence": "Ich <b>kann</b> löten.", "role": "Löten", "state": "accepted", "team_id": "1"}
    assert client.post(f"/team/{team.id}/anfragen", data=data).status_code == 303
    assert "Sie haben bei diesem Team angefragt" in client.get(f"/team/{team.id}").text
    assert "Die Ersten" in client.get(f"/hackathon/{hackathon.slug}/teams").text
    assert client.post(f"/team/{team.id}/anfragen", data=data).status_code == 403
    approach = db.session.query(Approach).one()
    accept = f"/team/anfrage/{approach.id}/annehmen"
    assert client.post(accept).status_code == 403
    assert client.get(accept).status_code == 405
    client.sign_in(member)
    page = client.get(f"/team/{team.id}").text
    assert ("Ich &lt;b&gt;kann&lt;/b&gt; löten." in page, accept in page) == (True, True)
    assert size_of(team) == 1
    assert client.post(accept).location == f"/team/{team.id}"
    assert size_of(team) == 2
    assert client.post(accept).status_code == 403


def test_a_request_is_declined_or_withdrawn(client, member, team, newcomer):
    with transaction():
        first = ask_to_join(newcomer, team=team, sentence="Bitte", role="")
    client.sign_in(a_person())
    for deed in ("annehmen", "ablehnen", "zuruecknehmen"):
        assert client.post(f"/team/anfrage/{first.id}/{deed}").status_code == 403
    client.sign_in(newcomer)
    assert client.post(f"/team/anfrage/{first.id}/zuruecknehmen").status_code == 303
    with transaction():
        second = ask_to_join(newcomer, team=team, sentence="Bitte", role="")
    client.sign_in(member)
    assert client.post(f"/team/anfrage/{second.id}/ablehnen").status_code == 303
    assert db.session.get(Approach, second.id).state == "declined"
    client.sign_in(newcomer)
    assert "Sie können ab" in client.get(f"/team/{team.id}/anfragen").text


def test_whom_a_team_invites_by_name_finds_it_and_decides(client, hackathon, member, team, newcomer):
    client.sign_in(member)
    address = f"/team/{team.id}/einladen"
    assert 'value="Bo"' in client.get(f"{address}?pseudonym=Bo").text
    wrong = [{}, {"pseudonym": "Bo", "email": "bo@example.org"}, {"pseudonym": "Niemand"}, {"email": "x"}]
    assert [client.post(address, data=data).status_code for data in wrong] == [422] * 4
    assert client.post(address, data={"pseudonym": "bo", "sentence": "Komm!"}).status_code == 303
    assert "Eingeladen: Bo" in client.get(f"/team/{team.id}").text
    approach = db.session.query(Approach).one()
    mine = f"/einladung/team/{approach.id}"
    assert client.get(mine).status_code == 404
    client.sign_in(newcomer)
    for page in ("/mein-bereich", f"/hackathon/{hackathon.slug}/teams"):
        assert mine in client.get(page).text
    assert "Komm!" in client.get(mine).text
    assert size_of(team) == 1
    assert client.post(mine, data={"answer": "accept"}, csrf=False).status_code == 400
    assert client.post(mine, data={"answer": "accept"}).location == f"/team/{team.id}"
    assert (size_of(team), client.get(mine).status_code) == (2, 404)


def test_the_link_of_a_mail_leads_a_stranger_past_registering(client, hackathon, member, team):
    client.sign_in(member)
    assert client.post(f"/team/{team.id}/einladen", data={"email": "neu@example.org"}).status_code == 303
    link = link_to("neu@example.org")
    client.sign_out()
    assert "Die Ersten" in client.get(link).text
    assert client.post(link, data={"answer": "accept"}).location.startswith("/anmelden?next=/team/einladung/")
    stranger = a_person(pseudonym="Neu")
    client.sign_in(stranger)
    page = client.get(link).text
    assert (
        "Bitte melden Sie sich zuerst zum Hackathon an." in page,
        f"/hackathon/{hackathon.slug}/anmelden" in page,
    ) == (True, True)
    assert client.post(link, data={"answer": "accept"}).status_code == 403
    a_registration(hackathon, stranger)
    assert link in client.get(f"/hackathon/{hackathon.slug}/teams").text  # remembered while registering
    assert size_of(team) == 1
    assert client.post(link, data={"answer": "accept"}).location == f"/team/{team.id}"
    assert size_of(team) == 2
    assert client.get(link).status_code == 410
    assert client.post(link, data={"answer": "accept"}).status_code == 410
    assert client.get("/team/einladung/" + "x" * 43).status_code == 410


def test_the_mails_to_one_address_are_counted(client, member, team):
    client.sign_in(member)
    for _number in range(5):
        assert client.post(f"/team/{team.id}/einladen", data={"email": "neu@example.org"}).status_code in (303, 422)
    answer = client.post(f"/team/{team.id}/einladen", data={"email": "neu@example.org"})
    assert (answer.status_code, "zu viele E-Mails" in answer.text) == (422, True)
    assert db.session.query(Mail).filter_by(recipient="neu@example.org").count() == 1


def test_the_board_is_for_people_with_a_place_and_those_who_work_here(client, hackathon, member, team, newcomer):
    with transaction():
        write_notice(newcomer, hackathon=hackathon, text=NoticeText("Ich suche <i>euch</i>", "Nähen"), revision=0)
    address = f"/hackathon/{hackathon.slug}/teams/suche"
    assert client.get(address).location.startswith("/anmelden")
    seen = {"stranger": a_person(), "juror": a_person("juror"), "moderator": a_person("moderator"),
            "organiser": a_person("organiser"), "member": member, "newcomer": newcomer}  # fmt: skip
    told = {}
    for who, person in seen.items():
        client.sign_in(person)
        told[who] = "Ich suche &lt;i&gt;euch&lt;/i&gt;" in client.get(address).text
    assert told == {"stranger": False, "juror": False, "moderator": True, "organiser": True, "member": True,
                    "newcomer": True}  # fmt: skip


def test_notices_are_written_filtered_answered_and_taken_down(client, hackathon, member, team, newcomer):
    challenge = a_challenge(hackathon, title="Hitze")
    board, mine = (f"/hackathon/{hackathon.slug}/teams/suche{part}" for part in ("", "/aushang"))
    client.sign_in(member)
    assert "Noch hängt hier nichts" in client.get(board).text
    data = {"text": "Wir brauchen dich", "skills": "Löten", "challenge": str(challenge.id), "revision": "0"}
    assert client.post(mine, data={**data, "text": ""}).status_code == 422
    assert client.post(mine, data=data).location == board
    assert client.post(mine, data=data).status_code == 409
    client.sign_in(newcomer)
    assert f"/team/{team.id}/anfragen" in client.get(board).text
    assert client.post(mine, data={"text": "Nehmt mich", "skills": "Nähen", "revision": "0"}).location == board
    for question, shown in (
        ("?faehigkeit=loeten", "Wir"),
        (f"?aufgabe={challenge.id}", "Wir"),
        ("?wer=person", "Nehmt"),
    ):
        page = client.get(board + question).text
        assert {"Wir": ("Wir brauchen dich" in page), "Nehmt": ("Nehmt mich" in page)} == {
            word: word == shown for word in ("Wir", "Nehmt")
        }
    assert "Zu dieser Auswahl passt nichts" in client.get(board + "?faehigkeit=Segeln").text
    for odd in ("?wer=x", "?aufgabe=' OR 1=1", "?faehigkeit=" + "x" * 5000, "?aufgabe=%00"):
        assert client.get(board + odd).status_code == 200
    client.sign_in(member)
    assert f"/team/{team.id}/einladen?pseudonym=Bo" in client.get(board).text
    notice = db.session.query(BoardNotice).filter_by(team_id=team.id).one()
    client.sign_in(newcomer)
    assert client.post(f"/hackathon/aushang/{notice.id}/abnehmen").status_code == 403
    client.sign_in(member)
    assert client.post(f"/hackathon/aushang/{notice.id}/abnehmen").status_code == 303
    assert client.post(f"/hackathon/aushang/{notice.id}/abnehmen").status_code == 404


def test_a_full_team_says_so_at_every_door(client, hackathon, member, team, newcomer):
    invited = a_registration(hackathon).person
    with transaction():
        request = ask_to_join(newcomer, team=team, sentence="Bitte", role="")
        invitation = invite_person(member, team=team, person=invited, sentence="")
        team.hackathon.team_size_max = team.hackathon.team_size_min = 1
    client.sign_in(member)
    assert "Ihr Team ist zurzeit voll" in client.get(f"/team/{team.id}").text
    for address in (f"/team/anfrage/{request.id}/annehmen", f"/team/{team.id}/einladen"):
        assert client.post(address, data={"pseudonym": "Bo"}).status_code == 403
    client.sign_in(invited)
    assert "ist voll" in client.get(f"/einladung/team/{invitation.id}").text
    assert client.post(f"/einladung/team/{invitation.id}", data={"answer": "accept"}).status_code == 403
    assert size_of(team) == 1


def test_the_board_costs_the_same_for_one_three_and_thirty_notices(client, hackathon, count_queries):
    reader, costs = a_registration(hackathon).person, []
    client.sign_in(reader)
    with transaction():
        hackathon.places = 90
    for more in (1, 2, 27):
        for _number in range(more):
            person = a_registration(hackathon).person
            with transaction():
                write_notice(person, hackathon=hackathon, text=NoticeText("Ich suche"), revision=0)
        costs.append(count_queries(lambda: client.get(f"/hackathon/{hackathon.slug}/teams/suche")))
    assert len(set(costs)) == 1
