from ideenlab.challenges.models import ChallengeWish
from ideenlab.core.db import transaction
from ideenlab.teams.actions import NoticeText, ask_to_join, write_notice
from tests.factories import a_challenge, a_hackathon, a_person, a_registration, a_team, saved


def test_organisers_see_who_has_no_team_first(client):
    hackathon = a_hackathon()
    a_team(hackathon, a_person(pseudonym="Mitglied"), name="Die Ersten")
    a_registration(hackathon, a_person(pseudonym="Allein"), skills="Löten")
    a_registration(hackathon, a_person(pseudonym="Abgesagt"), state="cancelled")
    client.sign_in(a_person("organiser"))
    text = client.get(f"/organisation/hackathons/{hackathon.slug}/teilnehmende").text
    assert text.index("Allein") < text.index("Mitglied") < text.rindex("Die Ersten")
    assert "Abgesagt" not in text
    assert "@example.org" not in text


def test_organisers_see_wishes_and_the_teams_with_a_gap(client):
    hackathon = a_hackathon(team_size_min=3, team_size_max=3)
    lone = a_registration(hackathon, wishes="Etwas mit Karten")
    saved(ChallengeWish(registration=lone, challenge=a_challenge(hackathon, title="Kühle Plätze"), rank=1))
    gap = a_team(hackathon, a_person(), name="Mit Lücke")
    a_team(hackathon, a_person(), a_person(), a_person(), name="Ganz voll")
    with transaction():
        write_notice(lone.person, hackathon=hackathon, text=NoticeText("Ich suche"), revision=0)
        ask_to_join(lone.person, team=gap, sentence="Bitte", role="")
    client.sign_in(a_person("organiser"))
    text = client.get(f"/organisation/hackathons/{hackathon.slug}/teilnehmende").text
    assert [word in text for word in ("Etwas mit Karten", "Kühle Plätze", "2 Personen fehlen")] == [True] * 3
    gaps = text[text.index("Teams mit freien Plätzen: 1") : text.index("In Teams:")]
    assert ("Mit Lücke" in gaps, "Ganz voll" in gaps) == (True, False)


def test_the_page_costs_the_same_for_one_three_and_thirty(client, count_queries):
    hackathon, costs = a_hackathon(places=200), []
    client.sign_in(a_person("organiser"))
    for more in (1, 2, 27):
        for _number in range(more):
            a_team(hackathon, a_person(), challenge=a_challenge(hackathon))
            a_registration(hackathon)
        costs.append(count_queries(lambda: client.get(f"/organisation/hackathons/{hackathon.slug}/teilnehmende")))
    assert len(set(costs)) == 1
