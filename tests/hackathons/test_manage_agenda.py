from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.hackathons.models import AgendaItem, Announcement, Hackathon
from tests.factories import DAY, a_hackathon, a_person, a_team, saved

ZONE = ZoneInfo("Europe/Berlin")
TYPED = {"title": "Essen", "starts_at": "2027-06-26T12:00", "ends_at": "2027-06-26T13:00", "place": "Mensa"}


@pytest.fixture
def organiser(client):
    person = a_person("organiser")
    client.sign_in(person)
    return person


def test_an_organiser_writes_the_programme_and_everybody_reads_it(client, organiser):
    slug = a_hackathon().slug
    assert "Das Programm steht noch nicht" in client.get(f"/hackathon/{slug}/ablauf").text
    assert client.post(f"/organisation/hackathons/{slug}/ablauf/neu", data=TYPED).status_code == 303
    assert "Es steht im Programm." in client.get(f"/organisation/hackathons/{slug}/ablauf").text
    page = client.get(f"/hackathon/{slug}/ablauf").text
    assert "26. Juni 2027" in page
    assert "12:00 Uhr bis 13:00 Uhr" in page
    wrong = client.post(f"/organisation/hackathons/{slug}/ablauf/neu", data={**TYPED, "ends_at": "2027-06-26T11:00"})
    assert (wrong.status_code, 'value="Mensa"' in wrong.text) == (422, True)


def test_two_organisers_change_one_line_and_nobody_loses_a_word(client, organiser):
    hackathon = a_hackathon()
    line = saved(AgendaItem(hackathon=hackathon, title="Start", starts_at=datetime(2027, 6, 26, 10, tzinfo=ZONE)))
    number = line.id
    address = f"/organisation/hackathons/{hackathon.slug}/ablauf/{number}"
    assert client.post(address, data={**TYPED, "revision": "1"}).status_code == 303
    second = client.post(address, data={**TYPED, "title": "Abendessen", "revision": "1"})
    assert second.status_code == 409
    assert ("Abendessen" in second.text, "Essen" in second.text) == (True, True)
    assert client.post(f"{address}/entfernen").status_code == 303
    assert client.get(address).status_code == 404
    other = a_hackathon()
    assert client.get(f"/organisation/hackathons/{other.slug}/ablauf/{number}").status_code == 404


def test_an_announcement_stands_at_the_top_of_the_pages_and_can_be_taken_back(client, organiser):
    hackathon = a_hackathon()
    until = (now() + DAY).astimezone(ZONE).strftime("%Y-%m-%dT%H:%M")
    address = f"/organisation/hackathons/{hackathon.slug}/ansagen"
    client.post(address, data={"title": "Essen ist da", "text": "", "banner_until": until})
    assert "Essen ist da" in client.get(f"/hackathon/{hackathon.slug}").text
    said = db.session.query(Announcement).one()
    client.post(f"{address}/{said.id}/zuruecknehmen")
    assert "Essen ist da" not in client.get(f"/hackathon/{hackathon.slug}").text
    late = client.post(address, data={"title": "Zu spät", "banner_until": "2020-01-01T10:00"})
    assert (late.status_code, 'value="Zu spät"' in late.text) == (422, True)


def test_a_planned_hackathon_is_shown_to_organisers_only_and_says_what_is_missing(client, organiser):
    hackathon = a_hackathon(published_at=None, summary="Zwei Tage", description="Alles", place="Halle")
    assert "Vorschau" in client.get(f"/hackathon/{hackathon.slug}").text
    check = f"/organisation/hackathons/{hackathon.slug}/oeffnen"
    assert "fehlt" in client.get(check).text
    assert client.post(check).status_code == 403
    hackathon = db.session.get(Hackathon, hackathon.id)
    client.sign_in(a_person())
    for page in ("", "/ablauf", "/teams", "/bewertung", "/anmelden"):
        assert client.get(f"/hackathon/{hackathon.slug}{page}").status_code == 404, page


def test_publishing_and_taking_back_is_one_click_each(client, organiser):
    ready = {"summary": "Zwei Tage", "description": "Alles", "place": "Halle", "code_of_conduct": "Nett sein."}
    slug = a_hackathon(published_at=None, **ready).slug
    client.post(f"/organisation/hackathons/{slug}/oeffnen")
    assert "Alle sehen diesen Hackathon" in client.get(f"/organisation/hackathons/{slug}/oeffnen").text
    client.post(f"/organisation/hackathons/{slug}/schliessen")
    assert "Vorschau" in client.get(f"/hackathon/{slug}").text


def test_next_year_begins_with_a_copy(client, organiser):
    hackathon = a_hackathon()
    address = f"/organisation/hackathons/{hackathon.slug}/kopieren"
    assert client.post(address, data={"title": "", "edition": "x"}).status_code == 422
    typed = {"title": "Hackathon 2028", "edition": str(hackathon.edition_id), "starts_at": "2028-06-24T10:00"}
    page = client.get(client.post(address, data=typed).location).text
    assert "Die Kopie ist geplant." in page
    assert 'value="2028-06-24T10:00"' in page


def test_today_shows_what_is_due_missing_and_reported(client, organiser):
    hackathon = a_hackathon()
    a_team(hackathon, a_person())
    saved(AgendaItem(hackathon=hackathon, title="Mittagessen", starts_at=now() + timedelta(hours=1)))
    page = client.get(f"/organisation/hackathons/{hackathon.slug}/heute").text
    assert ("Mittagessen" in page, "+15 Minuten" in page) == (True, True)
