import re
from datetime import timedelta

import pytest

from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.hackathons.models import Hackathon, Registration
from tests.factories import DAY, a_hackathon, a_person, a_registration, a_team

GIVEN = {"skills": "Löten", "code_of_conduct": "y"}


def registrations():
    return db.session.query(Registration).filter_by(state="registered").count()


def test_the_list_shows_what_runs_what_comes_and_what_is_over(client):
    a_hackathon(title="Jetzt hier")
    a_hackathon(title="Kommt bald", starts_at=now() + 5 * DAY, ends_at=now() + 6 * DAY)
    a_hackathon(title="Voriges Jahr", starts_at=now() - 90 * DAY, ends_at=now() - 89 * DAY)
    text = client.get("/hackathon").text
    places = [text.index(words) for words in ("Jetzt hier", "Kommt bald", "Voriges Jahr")]
    assert places == sorted(places)
    assert "Noch ist kein Hackathon" not in text


def test_an_empty_list_says_so(client):
    assert "Noch ist kein Hackathon geplant" in client.get("/hackathon").text


def test_the_page_says_what_to_do_next_and_until_when(client):
    hackathon = a_hackathon(registration_until=now() + timedelta(hours=3, minutes=1))
    text = client.get(f"/hackathon/{hackathon.slug}").text
    assert "60 von 60 Plätzen sind frei." in text
    assert "noch 3 Stunden, bis" in re.sub(r"\s+", " ", re.sub("<[^>]+>", "", text))
    assert f"/hackathon/{hackathon.slug}/anmelden" in text


def _next_step(client, hackathon):
    text = client.get(f"/hackathon/{hackathon.slug}").text
    return re.search(r'<h2 id="next-step">(.*?)</h2>', text)[1]


def test_each_person_sees_the_one_step_that_is_theirs(client):
    hackathon = a_hackathon()
    others = [a_hackathon(open_windows=windows) for windows in (("submission",), ("scoring",), ())]
    steps = [_next_step(client, other) for other in others]
    assert steps == ["Die Anmeldung ist geschlossen", "Die Jury bewertet", "Die Prototypen sind abgegeben"]
    guest, registered, member = a_person(), a_person(), a_person()
    a_registration(hackathon, registered)
    a_team(hackathon, member)
    steps = []
    for person in (guest, registered, member):
        client.sign_in(person)
        steps.append(_next_step(client, hackathon))
    assert steps == ["Machen Sie mit", "Finden Sie Ihr Team", "Geben Sie Ihren Prototyp ab"]


def test_before_the_registration_the_page_says_when_it_opens(client):
    begin = now() + DAY
    hackathon = a_hackathon(registration_from=begin, registration_until=begin + DAY)
    assert _next_step(client, hackathon) == "Die Anmeldung öffnet bald"


def test_after_the_deadline_a_member_learns_that_the_jury_is_next(client):
    member, hackathon = a_person(), a_hackathon(open_windows=("scoring",))
    a_team(hackathon, member)
    client.sign_in(member)
    assert _next_step(client, hackathon) == "Geschafft: Jetzt ist die Jury dran"


def test_a_citizen_registers_and_cancels(client):
    hackathon, person = a_hackathon(), a_person()
    client.sign_in(person)
    assert client.get(f"/hackathon/{hackathon.slug}/anmelden").status_code == 200
    response = client.post(f"/hackathon/{hackathon.slug}/anmelden", data=GIVEN)
    assert (response.status_code, response.location) == (303, f"/hackathon/{hackathon.slug}")
    assert "Sie sind angemeldet." in client.get(response.location).text
    assert client.get(f"/hackathon/{hackathon.slug}/abmelden").status_code == 200
    assert registrations() == 1
    assert client.post(f"/hackathon/{hackathon.slug}/abmelden").status_code == 303
    assert registrations() == 0


def test_a_second_click_on_register_changes_nothing(client):
    hackathon, person = a_hackathon(), a_person()
    client.sign_in(person)
    for _click in range(2):
        assert client.post(f"/hackathon/{hackathon.slug}/anmelden", data=GIVEN).status_code == 303
    assert (registrations(), db.session.get(Hackathon, hackathon.id).registered_count) == (1, 1)


def test_a_hackathon_is_not_over_before_its_result(client):
    time = now()
    a_hackathon(title="Wird bewertet", starts_at=time - 3 * DAY, ends_at=time - DAY, publication_from=time + DAY)
    text = client.get("/hackathon").text
    assert "Anmeldung offen" in text
    assert "vorbei" not in text


def test_without_the_code_of_conduct_nobody_registers_and_what_was_typed_stays(client):
    hackathon = a_hackathon()
    client.sign_in(a_person())
    response = client.post(f"/hackathon/{hackathon.slug}/anmelden", data={"skills": "Löten & <b>Nähen</b>"})
    assert response.status_code == 422
    assert "Löten &amp; &lt;b&gt;Nähen&lt;/b&gt;" in response.text
    assert registrations() == 0


@pytest.mark.parametrize("open_windows", [("teams",), ()])
def test_after_its_window_registration_is_refused_by_page_and_form(client, open_windows):
    hackathon = a_hackathon(open_windows=open_windows)
    client.sign_in(a_person())
    page = client.get(f"/hackathon/{hackathon.slug}/anmelden")
    assert "Eine Anmeldung ist jetzt nicht möglich. Das endete am" in page.text
    assert '<form class="il-form"' not in page.text
    response = client.post(f"/hackathon/{hackathon.slug}/anmelden", data=GIVEN)
    assert response.status_code == 403
    assert "Das endete am" in response.text
    assert "Löten" in response.text
    assert registrations() == 0


def test_who_is_under_18_is_told_to_bring_a_permission(client):
    hackathon = a_hackathon()
    client.sign_in(a_person(age_band="16_17"))
    assert "schriftliche Erlaubnis" in client.get(f"/hackathon/{hackathon.slug}/anmelden").text
    client.sign_in(a_person())
    assert "schriftliche Erlaubnis" not in client.get(f"/hackathon/{hackathon.slug}/anmelden").text


def test_whoever_is_in_a_team_is_sent_to_the_team_first(client):
    hackathon, member = a_hackathon(), a_person()
    a_team(hackathon, member)
    client.sign_in(member)
    text = client.get(f"/hackathon/{hackathon.slug}/abmelden").text
    assert "Bitte verlassen Sie zuerst Ihr Team" in text
    assert client.post(f"/hackathon/{hackathon.slug}/abmelden").status_code == 403
    assert registrations() == 1


def test_nobody_but_organisers_reads_who_is_registered(client):
    hackathon, secret = a_hackathon(), a_person(pseudonym="Geheimname")
    a_registration(hackathon, secret, skills="Geheimwissen")
    for person in (None, a_person(), a_person("juror"), a_person("moderator")):
        if person:
            client.sign_in(person)
        for address in ("/hackathon", f"/hackathon/{hackathon.slug}", f"/hackathon/{hackathon.slug}/teams"):
            assert "Geheim" not in client.get(address).text


@pytest.mark.parametrize("page", ["anmelden", "abmelden"])
def test_a_stranger_signs_in_first(client, page):
    hackathon = a_hackathon()
    assert client.get(f"/hackathon/{hackathon.slug}/{page}").status_code == 302
    assert client.post(f"/hackathon/{hackathon.slug}/{page}", data=GIVEN).status_code == 401
    assert registrations() == 0


@pytest.mark.parametrize("page", ["anmelden", "abmelden"])
def test_a_form_of_a_foreign_site_does_nothing(client, page):
    hackathon, person = a_hackathon(), a_person()
    if page == "abmelden":
        a_registration(hackathon, person)
    before = registrations()
    client.sign_in(person)
    assert client.post(f"/hackathon/{hackathon.slug}/{page}", data=GIVEN, csrf=False).status_code == 400
    assert registrations() == before


FOREIGN = {
    "id": "77", "state": "cancelled", "in_team": "1", "hackathon_id": "1", "person_id": "1", "registered_count": "0",
    "places": "9999", "created_at": "2000-01-01", "is_admin": "1", "role": "organiser", "revision": "9",
}  # fmt: skip


def test_fields_that_are_not_in_the_form_are_not_set(client):
    hackathon, person = a_hackathon(), a_person()
    client.sign_in(person)
    client.post(f"/hackathon/{hackathon.slug}/anmelden", data=GIVEN | FOREIGN)
    row = db.session.query(Registration).one()
    assert (row.state, row.in_team, row.person_id, row.hackathon_id) == ("registered", False, person.id, hackathon.id)
    stored = db.session.get(Hackathon, hackathon.id)
    assert (stored.registered_count, stored.places, stored.revision) == (1, 60, 1)


TYPED = [
    ("", ""), (" \t\n ", ""), ("\u200b\ufeff\u00ad\u2800\u3164", ""), ("x", "x"), ("é" * 300, "é" * 300),
    ("<script>alert(1)</script>", "<script>alert(1)</script>"), ("{{7*7}} ${7*7} %s%n", "{{7*7}} ${7*7} %s%n"),
    ("=1+1", "=1+1"), ("O'Brien ﬁ ẞ", "O'Brien ﬁ ẞ"), ("a\u202eb", "ab"), ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
    ("a\x00b\x01c", "abc"), ("e\u0301", "é"), ("eins\r\nzwei", "eins zwei"), ("../../etc", "../../etc"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "stored"), TYPED)
def test_whatever_is_typed_is_kept_clean_or_refused(client, typed, stored):
    hackathon = a_hackathon()
    client.sign_in(a_person())
    assert client.post(f"/hackathon/{hackathon.slug}/anmelden", data=GIVEN | {"skills": typed}).status_code == 303
    assert db.session.query(Registration).one().skills == stored


def test_too_much_is_refused_with_its_number(client):
    hackathon = a_hackathon()
    client.sign_in(a_person())
    response = client.post(f"/hackathon/{hackathon.slug}/anmelden", data=GIVEN | {"skills": "x" * 301})
    assert response.status_code == 422
    assert "300" in response.text
    big = client.post(f"/hackathon/{hackathon.slug}/anmelden", data=GIVEN | {"skills": "x" * 1_000_000})
    assert big.status_code in (413, 422)
    assert registrations() == 0


@pytest.mark.parametrize(
    "address", ["/hackathon/nichts", "/hackathon/%00", "/hackathon/..%2f", "/hackathon/" + "a" * 999]
)
def test_an_address_nobody_has_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_the_list_costs_the_same_for_one_three_and_thirty(client, count_queries):
    client.sign_in(a_person())
    costs = []
    for more in (1, 2, 27):
        for _number in range(more):
            a_hackathon()
        costs.append(count_queries(lambda: client.get("/hackathon")))
    assert len(set(costs)) == 1


def test_the_page_speaks_english_under_en(client):
    hackathon = a_hackathon()
    text = client.get(f"/en/hackathon/{hackathon.slug}").text
    assert "60 of 60 places are free." in text
    assert f'href="/en/hackathon/{hackathon.slug}/anmelden"' in text
