"""The programme and the page of an event."""

from datetime import timedelta

from ideenlab.core.clock import now
from tests.events.test_rules import a_partner_with_editor
from tests.factories import a_call, a_hackathon, a_topic, an_edition, an_event


def test_the_programme_shows_events_calls_and_hackathons_of_the_week(client):
    assert "Das Programm entsteht noch" in client.get("/programm").text
    week = an_edition()
    topic = a_topic(week)
    shown = an_event(edition=week, title="Roboter bauen", topic=topic, is_for_families=True)
    an_event(edition=week, title="Nur ein Entwurf", state="draft")
    an_event(edition=week, title="Sternenkunde", format="talk", is_accessible=True)
    a_call(edition=week, title="Bürgerlab Hafen")
    a_hackathon(edition=week, title="Stadt hackt")
    page = client.get("/programm").text
    for title in ("Roboter bauen", "Sternenkunde", "Bürgerlab Hafen", "Stadt hackt"):
        assert title in page
    assert "Nur ein Entwurf" not in page
    families = client.get("/programm?familien=ja").text
    assert ("Roboter bauen" in families, "Sternenkunde" in families) == (True, False)
    both = client.get(f"/programm?familien=ja&thema={topic.slug}&format=talk").text
    assert "Roboter bauen" not in both
    assert client.get(f"/veranstaltung/{shown.id}").status_code == 200


def test_eighty_events_cost_no_more_statements_than_one(client, count_queries):
    week = an_edition()
    partner, _editor = a_partner_with_editor()
    numbers = []
    for more in (1, 79):
        for _number in range(more):
            an_event(edition=week, partner=partner, topic=a_topic(week), places=1, registered_count=1)
        numbers.append(count_queries(lambda: client.get("/programm")))
    assert numbers[0] == numbers[1] <= 6


def test_nobody_is_asked_to_come_to_what_is_over(client):
    runs = an_event(sign_up="none", starts_at=now() - timedelta(hours=1), ends_at=now() + timedelta(hours=1))
    over = an_event(sign_up="none", starts_at=now() - timedelta(hours=3), ends_at=now() - timedelta(hours=1))
    pages = [client.get(f"/veranstaltung/{event.id}").text for event in (runs, over)]
    assert ["Kommen Sie einfach" in page for page in pages] == [True, False]
    assert ["In meinen Plan" in page for page in pages] == [True, False]
    assert "Diese Veranstaltung ist vorbei" in pages[1]
