"""The start page and one's own area."""

from datetime import timedelta

from ideenlab.core.clock import now
from ideenlab.core.db import transaction
from ideenlab.programme.queries import today
from tests.answers.factories import a_draft
from tests.factories import (
    DAY,
    a_call,
    a_hackathon,
    a_partner,
    a_person,
    a_registration,
    an_edition,
    an_event,
    an_idea,
)

HOUR = timedelta(hours=1)


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


def in_days(begin, end, **values):
    return an_edition(starts_on=today() + begin * DAY, ends_on=today() + end * DAY, **values)


def test_before_the_first_week_the_start_page_says_so(client):
    page = client.get("/").text
    assert "Die erste Woche wird geplant" in page
    assert ("Erste Woche planen" in page, "Was jetzt läuft" in page) == (False, False)
    client.sign_in(a_person("organiser"))
    assert "Erste Woche planen" in client.get("/").text


def test_the_start_page_in_each_phase_of_the_week(client):
    edition = in_days(12, 16, title="Digitale Woche", motto="Mitbauen")
    a_call(edition=edition, title="Bürgerlab")
    today_here = an_event(edition=edition, title="Roboter zum Anfassen", starts_at=now() - HOUR, ends_at=now() + HOUR)
    an_event(edition=edition, title="Übermorgen", starts_at=now() + 2 * DAY, ends_at=now() + 2 * DAY + HOUR)
    page = client.get("/").text
    assert "Noch 12 Tage" in page
    assert ("Bürgerlab" in page, today_here.title in page) == (True, False)
    move(edition, 1, 5)
    assert "Morgen geht es los." in client.get("/").text
    move(edition, -1, 3)
    page = client.get("/").text
    assert "Tag 2 von 5" in page
    assert (today_here.title in page, "Übermorgen" in page) == (True, False)
    move(edition, -9, -5)
    page = client.get("/").text
    assert "Das war „Digitale Woche“" in page
    assert "<dt>Veranstaltungen</dt><dd>2</dd>" in page


def move(edition, begin, end):
    with transaction():
        edition.starts_on, edition.ends_on = today() + begin * DAY, today() + end * DAY


def test_old_weeks_stay_readable_with_their_figures(client):
    assert "Es gibt noch keine Woche" in client.get("/ausgaben").text
    old, new = in_days(-400, -396, title="Woche 1"), in_days(3, 7, title="Woche 2")
    call = a_call(edition=old)
    an_idea(call, support_count=1234)
    an_idea(call, state="hidden", support_count=9)
    an_idea(a_call(edition=new), support_count=7)
    a_partner(edition=old, part="Hauptsponsor", title="Stadtwerke")
    a_partner(edition=old, published_at=None)
    hackathon = a_hackathon(edition=old)
    for _number in range(4):
        a_registration(hackathon)
    a_registration(hackathon, state="cancelled")
    page = client.get("/ausgaben").text
    assert page.index("Woche 2") < page.index("Woche 1")
    page = client.get(f"/ausgabe/{old.slug}").text
    for words in ("Diese Woche ist vorbei", "Hauptsponsor", call.title, hackathon.title):
        assert words in page
    for figure in ("Ideen</dt><dd>1", "Unterstützungen</dt><dd>1.234", "Partner</dt><dd>1", "Teilnehmende</dt><dd>wen"):
        assert f"<dt>{figure}" in page
    a_registration(hackathon)
    assert "<dt>Teilnehmende</dt><dd>5</dd>" in client.get(f"/ausgabe/{old.slug}").text


def test_the_page_of_an_edition_needs_the_same_number_of_queries_for_any_week(client, count_queries):
    edition = in_days(-1, 3)
    a_partner(edition=edition)
    an_event(edition=edition, starts_at=now() - HOUR, ends_at=now() + HOUR)
    an_idea(a_call(edition=edition, open_phases=()))
    few = [count_queries(lambda path=path: client.get(path)) for path in ("/", f"/ausgabe/{edition.slug}")]
    for _number in range(4):
        a_partner(edition=edition)
        an_event(edition=edition, starts_at=now() - HOUR, ends_at=now() + HOUR)
        an_idea(a_call(edition=edition, open_phases=()))
    many = [count_queries(lambda path=path: client.get(path)) for path in ("/", f"/ausgabe/{edition.slug}")]
    assert many == few
