"""Pages of stations, kiosk and wall."""

import re

import pytest
from sqlalchemy import func, select

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.ideas.models import Idea
from ideenlab.stations.models import Card, DotCount, Kiosk, OffWall, Station
from tests.factories import DAY, a_call, a_person, a_station, a_topic, an_idea, saved

TEXT = "Mehr Bänke an der Hase, damit alle sich ausruhen können."


def count(model):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


def open_kiosk(client, station, pin="246810"):
    return client.post(f"/station/{station.link}", data={"pin": pin})


def give(client, **values):
    given = {"title": "Bänke an der Hase", "text": TEXT, "topic": "", "agrees": "y", **values}
    return client.post("/kiosk/idee", data=given)


def test_link_and_pin_make_a_browser_a_kiosk(client):
    station = a_station(a_call(title="Bürgerlab im Rathaus"))
    assert "Station öffnen" in client.get(f"/station/{station.link}").text
    assert count(Kiosk) == 0
    answer = open_kiosk(client, station)
    assert (answer.status_code, answer.location) == (303, "/kiosk")
    page = client.get("/kiosk")
    assert "Hier eine Idee eingeben" in page.text
    assert 'id="idle"' in page.text
    assert page.headers["Cache-Control"] == "private, no-store"


def test_whoever_was_signed_in_is_not_signed_in_at_the_kiosk(client):
    client.sign_in(a_person("organiser"))
    open_kiosk(client, a_station())
    assert client.get("/mein-bereich").status_code == 302
    assert client.get("/organisation").status_code == 302


def test_without_link_and_pin_there_is_no_kiosk(client):
    station = a_station()
    assert client.get("/kiosk").status_code == 403
    assert give(client).status_code == 403
    page = open_kiosk(client, station, "123456")
    assert (page.status_code, "Diese PIN stimmt nicht" in page.text, "123456" in page.text) == (422, True, False)
    assert client.get(f"/station/{'x' * 43}").status_code == 410
    assert client.get("/kiosk").status_code == 403


def test_guessing_pins_is_slowed(client):
    station = a_station()
    statuses = [open_kiosk(client, station, f"{number:06}").status_code for number in range(6)]
    assert statuses == [422] * 5 + [429]
    assert open_kiosk(client, station).status_code == 429


def test_a_hall_has_many_screens_with_one_address(client):
    station = a_station()
    assert [open_kiosk(client, station).status_code for _screen in range(8)] == [303] * 8


def test_a_station_that_is_over_says_since_when(client):
    station = a_station(active_until=now() - DAY)
    page = client.get(f"/station/{station.link}")
    assert (page.status_code, "Diese Station war bis" in page.text) == (403, True)


def test_an_idea_from_the_kiosk(client):
    call = a_call()
    topic = a_topic(call.edition)
    open_kiosk(client, a_station(call))
    form = client.get("/kiosk/idee").text
    assert form.count('autocomplete="off"') >= 3
    page = give(client, topic=str(topic.id))
    assert page.status_code == 200
    code = re.search(r">([2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4})<", page.text)[1]
    idea = db.session.scalars(select(Idea)).one()
    assert (idea.origin, idea.topic_id, idea.state) == ("workshop", topic.id, "published")
    assert "ohne Namen (Workshop)" in client.get(f"/idee/{idea.id}").text
    again = client.get("/kiosk/idee").text
    assert "Bänke an der Hase" not in again
    assert code not in again
    assert idea.title in client.post("/idee/mit-code", data={"code": code}).text


@pytest.mark.parametrize("changed", [{"title": ""}, {"agrees": ""}, {"text": "kurz"}, {"topic": "999"}])
def test_the_kiosk_says_what_is_missing_and_keeps_the_rest(client, changed):
    open_kiosk(client, a_station())
    page = give(client, **changed)
    assert (page.status_code, count(Idea)) == (422, 0)
    assert changed.get("text", TEXT) in page.text


def test_when_the_call_ends_the_kiosk_says_so(client):
    station = a_station()
    open_kiosk(client, station)
    with transaction():
        station.call.collect_until = now()
    page = client.get("/kiosk").text
    assert "konnten bis" in page
    assert "Hier eine Idee eingeben" not in page
    answer = give(client)
    assert (answer.status_code, count(Idea)) == (403, 0)


def test_other_pages_know_the_way_back_to_the_kiosk(client):
    assert 'id="idle"' not in client.get("/impressum").text
    open_kiosk(client, a_station())
    assert 'data-idle="/kiosk"' in client.get("/impressum").text


def test_an_organiser_sets_up_a_station(client):
    call = a_call()
    client.sign_in(a_person("organiser"))
    assert "Es gibt noch keine Station" in client.get(f"/organisation/aufrufe/{call.slug}/stationen").text
    path = f"/organisation/aufrufe/{call.slug}/stationen/neu"
    assert client.get(path).status_code == 200
    page = client.post(path, data={"name": "", "active_until": "2020-01-01T10:00"})
    assert (page.status_code, count(Station)) == (422, 0)
    page = client.post(path, data={"name": "Rathaus", "active_until": "2020-01-01T10:00"})
    assert (page.status_code, "Rathaus" in page.text, count(Station)) == (422, True, 0)
    until = (now() + DAY).strftime("%Y-%m-%dT%H:%M")
    page = client.post(path, data={"name": "Rathaus", "active_until": until})
    assert page.status_code == 200
    link = re.search(r"(/station/[\w-]{43})", page.text)[1]
    pin = re.search(r">(\d{6})<", page.text)[1]
    station = db.session.scalars(select(Station)).one()
    page = client.get(f"/organisation/stationen/{station.id}").text
    assert pin not in page
    assert link not in page
    assert "Rathaus" in client.get(f"/organisation/aufrufe/{call.slug}/stationen").text
    new_pin = re.search(r">(\d{6})<", client.post(f"/organisation/stationen/{station.id}/pin").text)[1]
    client.sign_out()
    assert client.post(link, data={"pin": new_pin}).location == "/kiosk"


def test_a_closed_station_closes_the_kiosk_in_the_hall(app, client):
    station, organiser = a_station(), app.test_client()
    open_kiosk(client, station)
    organiser.sign_in(a_person("organiser"))
    assert organiser.post(f"/organisation/stationen/{station.id}/schliessen").status_code == 303
    assert client.get("/kiosk").status_code == 403
    assert organiser.get(f"/organisation/stationen/{station.id}").status_code == 200


def test_an_organiser_names_helpers(client):
    station, helper = a_station(), a_person(pseudonym="Hilfreiche Hand")
    client.sign_in(a_person("organiser"))
    path = f"/organisation/stationen/{station.id}"
    page = client.post(path, data={"pseudonym": "Niemand da"})
    assert (page.status_code, "Niemand da" in page.text) == (422, True)
    assert client.post(path, data={"pseudonym": "hilfreiche hand"}).status_code == 303
    assert "Hilfreiche Hand" in client.get(path).text
    client.sign_in(helper)
    assert station.name in client.get("/mein-bereich").text
    assert client.get(f"/station/{station.id}/karten").status_code == 200
    assert client.get(f"/station/{a_station().id}/karten").status_code == 403
    client.sign_in(a_person("organiser"))
    client.post(f"{path}/helfende/{helper.id}/entfernen")
    client.sign_in(helper)
    assert client.get(f"/station/{station.id}/karten").status_code == 403


def card_of(client, station, **values):
    given = {"origin": "postcard", "title": "Bänke an der Hase", "text": TEXT, "topic": "", "code": "", **values}
    return client.post(f"/station/{station.id}/karten", data=given)


def test_a_card_goes_from_hand_to_hand(client):
    station, one, two = a_station(), a_person("moderator"), a_person("moderator")
    client.sign_in(one)
    assert card_of(client, station, code="abcd efgh 2345").status_code == 303
    card = db.session.scalars(select(Card)).one()
    page = client.get(f"/station/karte/{card.id}").text
    assert "Sie haben diese Karte selbst eingetippt" in page
    sent = {"title": card.title, "text": card.text, "topic": "", "agrees": "y"}
    page = client.post(f"/station/karte/{card.id}", data=sent)
    assert (page.status_code, "Jemand anderes sollte es prüfen" in page.text, count(Idea)) == (422, True, 0)
    client.sign_in(two)
    assert "Bänke an der Hase" in client.get(f"/station/{station.id}/karten").text
    assert client.post(f"/station/karte/{card.id}", data={**sent, "agrees": ""}).status_code == 422
    assert client.post(f"/station/karte/{card.id}", data=sent).status_code == 303
    page = client.get(f"/station/{station.id}/karten").text
    assert "von einer zweiten Person geprüft" in page
    assert "schon geprüft" in client.get(f"/station/karte/{card.id}").text
    client.sign_out()
    idea = db.session.scalars(select(Idea)).one()
    assert "ohne Namen (Postkarte)" in client.get(f"/idee/{idea.id}").text


def test_one_person_alone_is_marked(client):
    station = a_station()
    client.sign_in(a_person("moderator"))
    card_of(client, station)
    card = db.session.scalars(select(Card)).one()
    sent = {"title": card.title, "text": card.text, "topic": "", "agrees": "y", "alone": "y"}
    assert client.post(f"/station/karte/{card.id}", data=sent).status_code == 303
    assert "von einer Person geprüft" in client.get(f"/station/{station.id}/karten").text


@pytest.mark.parametrize("changed", [{"title": ""}, {"code": "kurz"}, {"email": "nix"}, {"origin": "Brieftaube"}])
def test_a_card_says_what_is_wrong_and_keeps_the_text(client, changed):
    client.sign_in(a_person("moderator"))
    page = card_of(client, a_station(), **changed)
    assert (page.status_code, TEXT in page.text, count(Card)) == (422, True, 0)


def test_a_dropped_card_is_gone(client):
    station = a_station()
    client.sign_in(a_person("moderator"))
    card_of(client, station)
    card = db.session.scalars(select(Card)).one()
    assert client.post(f"/station/karte/{card.id}/verwerfen").status_code == 303
    assert "Keine Karte wartet" in client.get(f"/station/{station.id}/karten").text


def test_dots_are_counted_twice_and_shown_with_the_idea(client):
    call = a_call()
    station, idea = a_station(call, name="Rathaus"), an_idea(call, support_count=3)
    one, two = a_person("moderator"), a_person("moderator")
    client.sign_in(one)
    path = f"/station/{station.id}/punkte"
    assert client.post(path, data={"idea": str(idea.id), "dots": ""}).status_code == 422
    assert client.post(path, data={"idea": "2147483647", "dots": "1"}).status_code == 422
    assert client.post(path, data={"idea": str(idea.id), "dots": "41"}).status_code == 303
    counted = db.session.scalars(select(DotCount)).one()
    second = f"/station/punkte/{counted.id}"
    assert client.post(second, data={"dots": "41"}).status_code == 422
    client.sign_in(two)
    assert "41" not in re.findall(r"<li>.*?</li>", client.get(path).text.replace("\n", " "))[-1].split("Idee Nummer")[0]
    assert client.post(second, data={"dots": "40"}).status_code == 422
    assert client.post(second, data={"dots": "41"}).status_code == 303
    assert "41 Punkte" in client.get(path).text
    page = client.get(f"/idee/{idea.id}").text
    assert "Punkte auf Papier: Rathaus" in page
    assert "<strong>44</strong>" in page
    assert "Niemand kann wissen" in page


def test_the_result_of_a_call_tells_hall_and_home_apart(client):
    call = a_call(open_phases=("results",))
    assert "Ideen am Kiosk im Saal" not in client.get(f"/ideen/{call.slug}").text
    a_station(call)
    page = client.get(f"/ideen/{call.slug}").text
    assert "Ideen am Kiosk im Saal" in page
    assert "/idee/mit-code" in page
    assert "fuer-andere" not in page
    client.sign_in(a_person("moderator"))
    assert f"/ideen/{call.slug}/fuer-andere" in client.get(f"/ideen/{call.slug}").text


def test_without_dots_an_idea_says_nothing_of_them(client):
    assert "Punkte auf Papier" not in client.get(f"/idee/{an_idea().id}").text


def test_papers_are_pdf(client):
    call = a_call(title="Bürgerlab – größer, schöner")
    station = a_station(call)
    an_idea(call, title="Straßenbäume für Łódź und Gülşen 🌳", excerpt="Äöüß")
    client.sign_in(a_person("moderator"))
    for path in (
        "karten.pdf",
        "karten.pdf?anzahl=3",
        "punkte.pdf",
        "karten.pdf?anzahl=99999999",
        "karten.pdf?anzahl=-1",
    ):
        answer = client.get(f"/station/{station.id}/{path}")
        assert (answer.status_code, answer.mimetype, answer.data[:5]) == (200, "application/pdf", b"%PDF-")
        assert b"/Lang (de" in answer.data
    assert client.get(f"/station/{station.id}/karten.pdf?anzahl=3").data.count(b"/Type /Page\n") == 3
    client.sign_in(a_person())
    assert client.get(f"/station/{station.id}/karten.pdf").status_code == 403


def test_every_card_has_its_own_code(client):
    station = a_station()
    client.sign_in(a_person("moderator"))
    first, second = (client.get(f"/station/{station.id}/karten.pdf?anzahl=1").data for _ in range(2))
    assert first != second


def test_a_slip_is_printed_only_with_the_right_code(client):
    call = a_call()
    client.sign_in(a_person("moderator"))
    given = {"origin": "postcard", "title": "Bänke", "text": TEXT, "topic": "", "agrees": "y", "do": "publish"}
    page = client.post(f"/ideen/{call.slug}/fuer-andere", data=given).text
    code = re.search(r'name="code" value="(\w{12})"', page)[1]
    idea = db.session.scalars(select(Idea)).one()
    assert client.post(f"/idee/{idea.id}/zettel.pdf", data={"code": code}).data[:5] == b"%PDF-"
    for wrong in ("", "A" * 12):
        assert client.post(f"/idee/{idea.id}/zettel.pdf", data={"code": wrong}).status_code == 404
    assert client.post(f"/idee/{an_idea().id}/zettel.pdf", data={"code": code}).status_code == 404


def test_the_wall_shows_ideas_to_everybody(client):
    call = a_call()
    idea = an_idea(call, title="Bänke an der Hase", support_count=2)
    an_idea(call, title="Verborgen", state="hidden")
    page = client.get(f"/wand/{call.slug}").text
    assert "Bänke an der Hase" in page
    assert "Verborgen" not in page
    assert "2 Unterstützungen" in page
    assert "Neu laden" in page
    assert "Von der Wand nehmen" not in page
    assert client.post(f"/wand/{call.slug}/leeren").status_code == 401
    assert client.post(f"/wand/{call.slug}/idee/{idea.id}/entfernen").status_code == 401


def test_large_numbers_on_the_wall_are_grouped_and_points_are_called_so(client):
    call, points = a_call(), a_call(support_mode="points")
    an_idea(call, support_count=1660)
    an_idea(points, support_count=12345)
    assert "1.660 Unterstützungen" in client.get(f"/wand/{call.slug}").text
    assert "1,660 supports" in client.get(f"/en/wand/{call.slug}").text
    assert "12.345 Punkte" in client.get(f"/wand/{points.slug}").text


def test_a_wall_without_ideas_invites(client):
    assert "Ihre könnte die erste sein" in client.get(f"/wand/{a_call().slug}").text
    assert client.get("/wand/gibt-es-nicht").status_code == 404


def test_a_wall_that_knows_everything_gets_304(client):
    call = a_call()
    idea = an_idea(call)
    path = f"/wand/{call.slug}/stand"
    first = client.get(path)
    known = first.headers["ETag"]
    again = client.get(path, headers={"If-None-Match": known})
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
    assert known.strip('"') in client.get(f"/wand/{call.slug}").text
    with transaction():
        idea.support_count += 1
    changed = client.get(path, headers={"If-None-Match": known})
    assert (changed.status_code, changed.headers["ETag"] == known) == (200, False)


def test_moderators_steer_the_wall(app, client):
    call, visitor = a_call(), app.test_client()
    idea, other = an_idea(call, title="Bleibt nicht"), an_idea(a_call())
    client.sign_in(a_person("moderator"))
    page = client.get(f"/wand/{call.slug}").text
    assert "Von der Wand nehmen" in page
    assert "Von der Wand nehmen" in client.get(f"/wand/{call.slug}/stand").text
    assert client.post(f"/wand/{call.slug}/idee/{other.id}/entfernen").status_code == 404
    assert client.post(f"/wand/{call.slug}/idee/{idea.id}/entfernen").status_code == 303
    assert count(OffWall) == 1
    assert "Bleibt nicht" not in visitor.get(f"/wand/{call.slug}").text
    assert "Wieder zeigen: Bleibt nicht" in client.get(f"/wand/{call.slug}").text
    assert visitor.get(f"/idee/{idea.id}").status_code == 200
    client.post(f"/wand/{call.slug}/idee/{idea.id}/zurueck")
    assert "Bleibt nicht" in visitor.get(f"/wand/{call.slug}").text
    client.post(f"/wand/{call.slug}/leeren")
    page = visitor.get(f"/wand/{call.slug}/stand").text
    assert ("Bleibt nicht" in page, "Die Wand macht Pause" in page) == (False, True)
    client.post(f"/wand/{call.slug}/zeigen")
    assert "Bleibt nicht" in visitor.get(f"/wand/{call.slug}").text


def test_the_wall_costs_the_same_for_one_and_many_ideas(client, count_queries):
    call = a_call()
    an_idea(call)
    one = count_queries(lambda: client.get(f"/wand/{call.slug}/stand"))
    for _number in range(8):
        an_idea(call)
    assert count_queries(lambda: client.get(f"/wand/{call.slug}/stand")) == one


@pytest.mark.parametrize("language", ["", "/en"])
def test_all_pages_stand_in_both_languages(client, language):
    call = a_call()
    station = a_station(call)
    card = saved(Card(station=station, title="Titel", text=TEXT, entered_by=a_person()))
    counted = saved(DotCount(station=station, idea=an_idea(call), dots=1, entered_by=a_person()))
    client.sign_in(a_person("organiser"))
    for path in (
        f"/organisation/aufrufe/{call.slug}/stationen", f"/organisation/aufrufe/{call.slug}/stationen/neu",
        f"/organisation/stationen/{station.id}", f"/station/{station.id}/karten", f"/station/{station.id}/punkte",
        f"/station/karte/{card.id}", f"/station/punkte/{counted.id}", f"/wand/{call.slug}",
        f"/station/{station.link}", f"/ideen/{call.slug}/fuer-andere", "/idee/mit-code",
    ):  # fmt: skip
        assert client.get(language + path).status_code == 200, path
