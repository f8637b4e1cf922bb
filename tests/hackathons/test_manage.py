import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.hackathons.models import MOMENTS, Hackathon
from ideenlab.history.models import Entry
from ideenlab.mail.models import Mail
from tests.factories import DAY, a_hackathon, a_person, a_registration, a_team, an_edition

ZONE = ZoneInfo("Europe/Berlin")
PAGES = ["", "/neu", "/{slug}", "/{slug}/bearbeiten", "/{slug}/verlaengern", "/{slug}/teilnehmende"]


def local(moment):
    return moment.astimezone(ZONE).strftime("%Y-%m-%dT%H:%M") if moment else ""


def given(in_edition, **values):
    start = (now() + 9 * DAY).replace(hour=10, minute=0)
    dates = {
        "starts_at": local(start), "ends_at": local(start + 2 * DAY), "registration_from": local(start - 8 * DAY),
        "registration_until": local(start), "submission_from": local(start), "submission_until": local(start + DAY),
        "scoring_from": local(start + DAY), "scoring_until": local(start + 2 * DAY),
        "publication_from": local(start + 2 * DAY),
    }  # fmt: skip
    plain = {
        "title": "Hackathon", "edition": str(in_edition.id), "slug": "", "place": "Halle", "summary": "Zwei Tage",
        "description": "Mein Text", "places": "40", "team_size_min": "2", "team_size_max": "5",
        "offer_hours": "24", "deadline_rule": "written",
    }  # fmt: skip
    return {**plain, **dates, **values}


def form_of(hackathon, **values):
    names = ("title", "slug", "place", "summary", "description", "places", "team_size_min", "team_size_max", "revision")
    names += ("offer_hours", "deadline_rule")
    stored = {name: str(getattr(hackathon, name)) for name in names} | {"edition": str(hackathon.edition_id)}
    return stored | {name: local(getattr(hackathon, name)) for name in MOMENTS} | values


def a_plan(**values):
    """A hackathon that runs now and whose dates an organiser may save again."""
    time = now()
    dates = {
        "teams_until": time + DAY, "submission_until": time + DAY, "scoring_from": time + DAY,
        "scoring_until": time + 2 * DAY, "publication_from": time + 2 * DAY, "publication_until": None,
    }  # fmt: skip
    return a_hackathon(**{**dates, **values})


@pytest.fixture
def organiser(client):
    person = a_person("organiser")
    client.sign_in(person)
    return person


def test_an_organiser_plans_a_hackathon(client, organiser):
    edition = an_edition()
    assert client.get("/organisation/hackathons/neu").status_code == 200
    response = client.post("/organisation/hackathons/neu", data=given(edition, title="Für alle"))
    assert (response.status_code, response.location) == (303, "/organisation/hackathons/fuer-alle")
    made = db.session.query(Hackathon).one()
    assert (made.places, made.edition_id, made.teams_from) == (40, edition.id, None)
    assert client.get(response.location).status_code == 200
    assert client.get("/hackathon/fuer-alle").status_code == 200


def test_without_an_edition_there_is_no_hackathon(client, organiser):
    response = client.post("/organisation/hackathons/neu", data={})
    assert (response.status_code, db.session.query(Hackathon).count()) == (303, 0)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_organisers_is_shown(client, organiser, page):
    hackathon = a_plan()
    member = a_person(pseudonym="Mitglied")
    a_team(hackathon, member)
    a_registration(hackathon, a_person(pseudonym="Allein"))
    assert client.get(f"/organisation/hackathons{page.format(slug=hackathon.slug)}").status_code == 200


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("roles", [(), ("juror",), ("moderator",)])
def test_other_roles_open_and_change_nothing(client, page, roles):
    hackathon = a_plan()
    client.sign_in(a_person(*roles))
    address = f"/organisation/hackathons{page.format(slug=hackathon.slug)}"
    assert client.get(address).status_code == 403
    assert client.post(address, data=form_of(hackathon, title="Meiner")).status_code in (403, 405)
    assert db.session.get(Hackathon, hackathon.id).title != "Meiner"
    assert db.session.query(Entry).count() == 0


FIELDS = [
    ("title", ""), ("title", "\u200b\u2800"), ("title", "x" * 121), ("slug", "Groß"), ("slug", "a--b"), ("slug", "neu"),
    ("slug", "../x"), ("slug", "x" * 61), ("place", "x" * 201), ("summary", "x" * 301), ("description", "x" * 20_001),
    ("places", "0"), ("places", "-1"), ("places", "1.5"), ("places", "1e3"), ("places", "abc"), ("places", ""),
    ("places", "1_000"), ("places", "١٢"), ("places", "1000000000"), ("places", "9" * 30), ("places", "9" * 5000),
    ("team_size_max", "0"), ("team_size_max", "-1"), ("team_size_max", "1000000000"), ("team_size_max", "1"),
    ("team_size_min", "6"), ("edition", "999999"), ("edition", "x"), ("edition", "9" * 30),
    ("starts_at", "2027-02-29T10:00"), ("starts_at", "31.04.2027 10:00"), ("starts_at", "2027-13-01T10:00"),
    ("starts_at", "2027-06-01T24:00"), ("starts_at", "2027-03-28T02:30"), ("starts_at", "2027-10-31T02:30"),
    ("starts_at", "0001-01-01T10:00"), ("starts_at", "9999-01-01T10:00"), ("starts_at", "10000-01-01T10:00"),
    ("starts_at", "-2027-01-01T10:00"), ("starts_at", ""), ("starts_at", "morgen"),
    ("ends_at", "2020-01-01T10:00"), ("registration_until", "2020-01-01T10:00"), ("scoring_from", "2020-01-01T10:00"),
    ("publication_from", "2020-01-01T10:00"), ("registration_from", ""),
]  # fmt: skip


@pytest.mark.parametrize(("field", "typed"), FIELDS)
def test_what_cannot_be_is_refused_with_a_message_and_everything_typed_stays(client, organiser, field, typed):
    response = client.post("/organisation/hackathons/neu", data=given(an_edition(), **{field: typed}))
    assert response.status_code == 422
    assert 'id="errors-title"' in response.text
    assert "kern-error" in response.text
    kept = {"Mein Text": "description", "Halle": "place", "Zwei Tage": "summary"}
    assert [text for text, name in kept.items() if name != field and text not in response.text] == []
    assert db.session.query(Hackathon).count() == 0


def test_an_end_equal_to_its_beginning_is_refused(client, organiser):
    data = given(an_edition())
    response = client.post("/organisation/hackathons/neu", data=data | {"ends_at": data["starts_at"]})
    assert response.status_code == 422


def test_a_time_with_an_offset_is_shown_in_the_citys_time(client, organiser):
    data = given(an_edition(), starts_at="2027-01-01T00:00Z", ends_at="2027-01-03T00:00+14:00")
    dates = {name: "" for name in data if name.endswith(("_from", "_until"))}
    assert client.post("/organisation/hackathons/neu", data=data | dates).status_code == 303
    page = client.get("/organisation/hackathons/hackathon/bearbeiten").text
    assert 'value="2027-01-01T01:00"' in page
    assert 'value="2027-01-02T11:00"' in page


def test_what_is_typed_comes_out_inert(client, organiser):
    nasty = '"><img src=x onerror=alert(1)>{{7*7}}'
    data = given(
        an_edition(), title=nasty, place=nasty, summary=nasty, description=nasty + "\n\n[x](javascript:alert(1))"
    )
    assert client.post("/organisation/hackathons/neu", data=data).status_code == 303
    slug = db.session.query(Hackathon).one().slug
    for address in ("/hackathon", f"/hackathon/{slug}", f"/organisation/hackathons/{slug}", f"/hackathon/{slug}/teams"):
        text = client.get(address).text
        assert "<img" not in text
        assert "javascript:" not in re.sub(r"<p>.*?</p>", "", text)
        assert "{{7*7}}" in text or "7*7" not in text


def test_an_unchanged_form_can_be_saved(client, organiser):
    hackathon = a_plan()
    address = f"/organisation/hackathons/{hackathon.slug}/bearbeiten"
    before = {name: getattr(hackathon, name) for name in MOMENTS}
    assert client.post(address, data=form_of(hackathon)).status_code == 303
    stored = db.session.get(Hackathon, hackathon.id)
    assert {name: getattr(stored, name) for name in MOMENTS} == before
    assert stored.revision == 2


def test_the_second_of_two_organisers_gets_both_versions(client, organiser):
    hackathon = a_plan()
    address = f"/organisation/hackathons/{hackathon.slug}/bearbeiten"
    first, second = form_of(hackathon, title="Erster Titel"), form_of(hackathon, title="Zweiter Titel")
    assert client.post(address, data=first).status_code == 303
    response = client.post(address, data=second)
    assert response.status_code == 409
    assert "Erster Titel" in response.text
    assert "Zweiter Titel" in response.text
    assert db.session.get(Hackathon, hackathon.id).title == "Erster Titel"


@pytest.mark.parametrize("revision", ["", "abc", "-1", "99", "9" * 40, "１"])
def test_a_state_that_never_was_is_a_conflict(client, organiser, revision):
    hackathon = a_plan()
    for page in ("bearbeiten", "verlaengern"):
        response = client.post(
            f"/organisation/hackathons/{hackathon.slug}/{page}", data=form_of(hackathon, revision=revision)
        )
        assert response.status_code == 409


def test_a_running_deadline_is_ended_only_on_a_second_look(client, organiser):
    hackathon = a_plan()
    a_team(hackathon, a_person())
    address = f"/organisation/hackathons/{hackathon.slug}/bearbeiten"
    data = form_of(hackathon, submission_until=local(now() - timedelta(hours=1)))
    response = client.post(address, data=data)
    assert response.status_code == 422
    assert "Das beendet etwas, das jetzt offen ist" in response.text
    assert 'name="confirmed"' in response.text
    assert db.session.get(Hackathon, hackathon.id).revision == 1
    assert client.post(address, data=data | {"confirmed": "y"}).status_code == 303
    assert db.session.get(Hackathon, hackathon.id).submission_until < now()
    assert "Hand in" not in client.get(f"/organisation/hackathons/{hackathon.slug}").text
    assert db.session.query(Entry).filter_by(deed="hackathons.date_moved").count() == 1


def test_two_clicks_move_the_deadline_by_a_quarter_of_an_hour(client, organiser):
    hackathon, member = a_plan(), a_person()
    a_team(hackathon, member)
    address = f"/organisation/hackathons/{hackathon.slug}/verlaengern"
    deadline = hackathon.submission_until
    assert address in client.get(f"/organisation/hackathons/{hackathon.slug}").text
    page = client.get(address).text
    revision = re.search(r'name="revision"[^>]*value="(\d+)"', page)[1]
    assert client.post(address, data={"revision": revision}).status_code == 303
    assert client.post(address, data={"revision": revision}).status_code == 409
    stored = db.session.get(Hackathon, hackathon.id)
    assert stored.submission_until == stored.scoring_from == deadline + timedelta(minutes=15)
    assert [mail.recipient for mail in db.session.query(Mail)] == [member.email]
    assert "Abgabe bis (Abgabeschluss)" in client.get(f"/organisation/hackathons/{hackathon.slug}").text


def test_fields_that_are_not_in_the_form_are_not_set(client, organiser):
    hackathon = a_plan()
    more = {"id": "77", "registered_count": "50", "description_html": "<script>", "is_admin": "1", "edition_id": "99"}
    assert (
        client.post(f"/organisation/hackathons/{hackathon.slug}/bearbeiten", data=form_of(hackathon) | more).status_code
        == 303
    )
    stored = db.session.get(Hackathon, hackathon.id)
    assert (stored.registered_count, stored.description_html, stored.edition_id) == (0, "", hackathon.edition_id)


def test_three_hundred_hackathons_of_one_title_have_their_own_addresses(client, organiser):
    edition = an_edition()
    for _number in range(12):
        client.post("/organisation/hackathons/neu", data=given(edition, title="Gleich"))
    assert db.session.query(Hackathon.slug).distinct().count() == 12


def test_organiser_pages_cost_the_same_for_one_three_and_thirty(client, organiser, count_queries):
    hackathon, costs = a_plan(), []
    pages = ["", f"/{hackathon.slug}", f"/{hackathon.slug}/teilnehmende", f"/{hackathon.slug}/bearbeiten"]
    for more in (1, 2, 27):
        for _number in range(more):
            a_team(hackathon, a_person())
            a_registration(hackathon)
            a_hackathon(edition=hackathon.edition)
        costs.append([count_queries(lambda page=page: client.get(f"/organisation/hackathons{page}")) for page in pages])
    assert costs[0] == costs[1] == costs[2]
