from tests.factories import a_person
from tests.feedback.world import scored_team, sentence_of


def test_an_organiser_reads_first_keeps_back_and_lets_go_and_only_then_the_team_reads(client):
    prototype, member = scored_team()
    slug = prototype.hackathon.slug
    mine, theirs = f"/prototyp/{prototype.id}/rueckmeldung", f"/organisation/hackathons/{slug}/jury/rueckmeldungen"
    client.sign_in(member)
    assert client.get(mine).status_code == 403
    assert "Rückmeldung lesen" not in client.get(f"/hackathon/{slug}/ergebnis").text

    client.sign_in(a_person("organiser"))
    assert "5 Texte" in client.get(theirs).text
    page = client.get(f"{theirs}/{prototype.id}").text
    assert all(text in page for text in ("Mit der Stadt reden", "im oberen Drittel der Skala", "Läuft schon"))
    assert not any(text in page for text in ("Zora", "Yvo", "geheim"))
    text = sentence_of(prototype, "Weiter so!")
    one = f"{theirs}/{prototype.id}/{text.ballot_id}/{text.part}"
    assert client.post(one, data={"reason": ""}).status_code == 422
    assert client.post(one, data={"reason": "Zu knapp"}).status_code == 303
    assert "Zu knapp" in client.get(f"{theirs}/{prototype.id}").text
    assert client.get(f"{theirs}/{prototype.id}/{text.ballot_id}/note").status_code == 404
    assert client.post(f"{theirs}/{prototype.id}").status_code == 303

    client.sign_in(member)
    assert "Rückmeldung lesen" in client.get(f"/hackathon/{slug}/ergebnis").text
    page = client.get(mine).text
    assert all(text in page for text in ("Sehr nah an den Menschen", "im unteren Drittel der Skala"))
    assert not any(text in page for text in ("Weiter so!", "Zu knapp", "Zora", "Yvo", "geheim"))
    client.sign_in(a_person())
    assert client.get(mine).status_code == 403


def test_before_the_result_is_out_the_page_says_so_and_shows_nothing(client):
    prototype, _member = scored_team(out=False)
    client.sign_in(a_person("organiser"))
    page = client.get(f"/organisation/hackathons/{prototype.hackathon.slug}/jury/rueckmeldungen").text
    assert ("nach der Preisverleihung" in page, "Blütenkarte" in page) == (True, False)


def test_a_text_that_was_kept_back_is_passed_on_after_all_and_all_teams_get_theirs_at_once(client):
    prototype, member = scored_team()
    theirs = f"/organisation/hackathons/{prototype.hackathon.slug}/jury/rueckmeldungen"
    text = sentence_of(prototype, "Läuft schon")
    one = f"{theirs}/{prototype.id}/{text.ballot_id}/{text.part}"
    client.sign_in(a_person("organiser"))
    client.post(one, data={"reason": "Versehen"})
    assert client.post(f"{one}/weitergeben").status_code == 303
    assert client.post(theirs).status_code == 303
    assert "Das Team hat sie seit" in client.get(theirs).text
    client.sign_in(member)
    assert "Läuft schon" in client.get(f"/prototyp/{prototype.id}/rueckmeldung").text
