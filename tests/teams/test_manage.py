from tests.factories import a_hackathon, a_person, a_registration, a_team


def test_organisers_see_who_has_no_team_first(client):
    hackathon = a_hackathon()
    a_team(hackathon, a_person(pseudonym="Mitglied"), name="Die Ersten")
    a_registration(hackathon, a_person(pseudonym="Allein"), skills="Löten")
    a_registration(hackathon, a_person(pseudonym="Abgesagt"), state="cancelled")
    client.sign_in(a_person("organiser"))
    text = client.get(f"/organisation/hackathons/{hackathon.slug}/teilnehmende").text
    assert text.index("Allein") < text.index("Mitglied") < text.index("Die Ersten")
    assert "Abgesagt" not in text
    assert "@example.org" not in text
