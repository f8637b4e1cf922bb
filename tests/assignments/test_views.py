from ideenlab.assignments.actions import make_proposal, send_proposal
from ideenlab.assignments.queries import find_assignment, seats_for, seats_of
from ideenlab.core.clock import now
from ideenlab.core.db import transaction
from tests.assignments.world import proposed, sent, wishing
from tests.factories import DAY, a_challenge, a_hackathon, a_person, a_registration, a_team


def written(moment):
    return moment.strftime("%Y-%m-%dT%H:%M")


def test_a_person_ranks_challenges_and_names_friends(client):
    hackathon = a_hackathon()
    challenge, other = a_challenge(hackathon, title="Grünes Licht"), a_challenge(hackathon)
    ada, bo = (a_registration(hackathon, a_person(pseudonym=name)) for name in ("Ada", "Bo"))
    wishing(bo, friends=[ada.person])
    address = f"/hackathon/{hackathon.slug}/wuensche"
    assert client.get(address).status_code == 302
    client.sign_in(ada.person)
    assert address in client.get(f"/hackathon/{hackathon.slug}").text
    assert address in client.get(f"/hackathon/{hackathon.slug}/teams").text
    assert "Bo" not in client.get(address).text
    number, second = str(challenge.id), str(other.id)
    wrong = [{"first": number, "second": number}, {"first": number, "friends": "Niemand"}, {"first": "0"}]
    for data in wrong:
        assert client.post(address, data=data).status_code == 422
    assert client.post(address, data={"second": number, "third": second, "friends": "Bo\n"}).status_code == 303
    page = client.get(address).text
    assert f'<option selected value="{number}">' in page
    assert "Bo" in page


def test_without_a_place_the_page_says_why(client):
    hackathon = a_hackathon()
    client.sign_in(a_person())
    assert "Bitte melden Sie sich zuerst" in client.get(f"/hackathon/{hackathon.slug}/wuensche").text
    assert client.get(f"/hackathon/{hackathon.slug}/vorschlag").status_code == 404


def test_an_organiser_proposes_moves_sends_and_puts_aside(client):
    hackathon = a_hackathon(title="Hase-Hackathon", team_size_min=2, team_size_max=3)
    client.sign_in(a_person("organiser"))
    room = f"/organisation/hackathons/{hackathon.slug}/zuteilung"
    assert "Noch ist niemand angemeldet" in client.get(room).text
    team = a_team(hackathon, a_person(), name="Parkfinder")
    for number in range(4):
        a_registration(hackathon, a_person(pseudonym=f"Gast {number}"))
    assert room in client.get(f"/organisation/hackathons/{hackathon.slug}/teilnehmende").text
    assert "Es gibt noch keinen Vorschlag" in client.get(room).text
    assert client.post(f"{room}/vorschlagen").status_code == 303
    page = client.get(room).text
    assert all(f"Gast {number}" in page for number in range(4))
    assert "Parkfinder" in page
    seat = seats_of(find_assignment(hackathon))[0]
    moving = f"{room}/person/{seat.id}"
    assert 'name="place"' in client.get(moving).text
    table, assignment_id = seat.table, seat.assignment_id
    assert client.post(moving, data={"seen": table}).status_code == 422
    assert client.post(moving, data={"place": "new", "seen": table + 9}).status_code == 409
    assert client.post(moving, data={"place": "new", "seen": table}).status_code == 303
    assert "von Hand" in client.get(room).text
    sending = f"{room}/{assignment_id}/senden"
    assert "4 Personen" in client.get(sending).text
    for until in ("", "morgen", "2020-01-01T10:00"):
        assert client.post(sending, data={"until": until}).status_code == 422
    assert client.post(sending, data={"until": written(now() + DAY)}).status_code == 303
    assert "noch keine Antwort" in client.get(room).text
    assert "Das geht jetzt nicht" in client.get(sending).text
    assert "Das geht jetzt nicht" in client.get(moving).text
    assert client.post(f"{room}/{assignment_id}/beiseite").status_code == 303
    assert "Es gibt noch keinen Vorschlag" in client.get(room).text
    assert team.member_count == 1


def test_a_person_reads_why_and_accepts_or_declines(client):
    hackathon, assignment = sent(3, team_size_min=2, team_size_max=3)
    ada, bo, cy = (seat.registration.person for seat in seats_of(assignment))
    address, names = f"/hackathon/{hackathon.slug}/vorschlag", (bo.pseudonym, cy.pseudonym)
    client.sign_in(ada)
    for page in (f"/hackathon/{hackathon.slug}", f"/hackathon/{hackathon.slug}/teams"):
        assert address in client.get(page).text
    page = client.get(address).text
    assert all(name in page for name in (*names, "Warum dieses Team", "Sie wären ein neues Team."))
    assert client.post(f"{address}/annehmen").location.startswith("/team/")
    assert "Sie haben angenommen" in client.get(address).text
    client.sign_in(bo)
    assert ada.pseudonym in client.get(address).text
    assert client.post(f"{address}/ablehnen").status_code == 303
    assert "Sie haben abgelehnt" in client.get(address).text
    assert client.post(f"{address}/annehmen").status_code == 403
    client.sign_in(cy)
    with transaction():
        assignment.answer_until = now()
    assert "gilt nicht mehr" in client.get(address).text
    assert address not in client.get(f"/hackathon/{hackathon.slug}").text


def test_foreign_numbers_are_not_found(client):
    hackathon, assignment = proposed(2)
    other = a_hackathon()
    client.sign_in(a_person("organiser"))
    number, seat = assignment.id, seats_of(assignment)[0].id
    room = f"/organisation/hackathons/{other.slug}/zuteilung"
    for address in (f"{room}/person/{seat}", f"{room}/{number}/senden", f"{room}/person/{2**40}"):
        assert client.get(address).status_code == 404
    assert client.get(f"/organisation/hackathons/{hackathon.slug}/zuteilung/person/{seat}").status_code == 200


def test_a_member_objects_on_a_page_of_its_own(client):
    hackathon = a_hackathon(team_size_min=2, team_size_max=3)
    lead, organiser = a_person(), a_person("organiser")
    team = a_team(hackathon, lead)
    a_registration(hackathon, a_person(pseudonym="Cem"))
    with transaction():
        assignment = make_proposal(organiser, hackathon=hackathon, seed=1)
        send_proposal(organiser, assignment=assignment, until=now() + DAY / 24)
    page, seat = f"/team/{team.id}", seats_for(team)[0].id
    assert "Cem" not in client.get(page).text
    client.sign_in(organiser)
    assert client.get(f"{page}/vorgeschlagen/{seat}").status_code == 404
    client.sign_in(lead)
    assert f"{page}/vorgeschlagen/{seat}" in client.get(page).text
    assert "Passt Cem nicht" in client.get(f"{page}/vorgeschlagen/{seat}").text
    assert client.post(f"{page}/vorgeschlagen/{seat}").status_code == 303
    assert "Cem" not in client.get(page).text.split("Verlauf")[0]
    assert client.get(f"{page}/vorgeschlagen/{2**31}").status_code == 404
    assert "Diese Person hat inzwischen geantwortet." in client.get(f"{page}/vorgeschlagen/{seat}").text
