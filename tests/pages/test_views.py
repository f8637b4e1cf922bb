"""The start page and one's own area."""

from tests.answers.factories import a_draft
from tests.factories import a_call, a_person, an_idea


def test_points_are_no_supports(client):
    an_idea(a_call(), support_count=1200)
    an_idea(a_call(support_mode="for_against"), support_count=34, against_count=5)
    assert "<dt>Punkte</dt>" not in client.get("/").text
    an_idea(a_call(support_mode="points"), support_count=77)
    page = client.get("/").text
    assert "<dt>Unterstützungen</dt><dd>1.234</dd>" in page
    assert "<dt>Punkte</dt><dd>77</dd>" in page


def test_the_button_leads_to_a_call_that_takes_ideas(client, app):
    """The one that ends soonest stands first, but it may take no ideas any more."""
    a_call(open_phases=("support",), slug="nur-noch-unterstuetzen")
    assert "Idee einreichen</span></a>" not in client.get("/").text
    a_call(slug="offen")
    page = client.get("/").text
    assert 'href="/ideen/offen/neu/ohne-konto"' in page


def test_the_start_page_shows_some_ideas_for_the_same_number_of_queries(client, count_queries):
    call = a_call()
    assert "ausgelost" not in client.get("/").text
    an_idea(call, title="Bänke an der Hase")
    assert "Bänke an der Hase" in client.get("/").text
    one = count_queries(lambda: client.get("/"))
    for _number in range(30):
        an_idea(call)
    assert client.get("/").text.count("il-card__text") == 3
    assert count_queries(lambda: client.get("/")) == one


def test_messages_and_assigned_answers_are_found_from_ones_own_area(client):
    citizen, organiser = a_person(), a_person("organiser")
    idea = an_idea(title="Bänke an der Hase")
    draft = a_draft(idea, assigned_to=organiser)
    client.sign_in(citizen)
    page = client.get("/mein-bereich").text
    assert ">Mitteilungen<" in page
    assert "Mir zugewiesen" not in page
    client.sign_in(organiser)
    page = client.get("/mein-bereich").text
    assert "Mir zugewiesen" in page
    assert f'/{draft.id}">Bänke an der Hase</a>' in page
