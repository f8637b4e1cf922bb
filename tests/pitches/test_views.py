"""The order on the stage for everybody, the page for the hall, the slides; and the gallery."""

import re

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.hackathons.queries import get_hackathon
from ideenlab.pitches.queries import pitches_of
from ideenlab.prototypes.actions.hand_in import keep_version, written_down
from ideenlab.prototypes.models import PrototypeChallenge
from tests.audience.worlds import a_stage
from tests.factories import a_challenge, a_person


def a_drawn_plan(client, hackathon, *, publish=True):
    address = f"/organisation/hackathons/{hackathon.slug}/pitches"
    client.sign_in(a_person("organiser"))
    times = {"starts_at": "2027-01-05T18:00", "minutes": "3", "change_minutes": "2", "rooms": ""}
    assert client.post(address, data={**times, "revision": "0"}).status_code == 303
    assert client.post(f"{address}/losen", data={"seed": "7 14 21", "revision": "1"}).status_code == 303
    if publish:
        assert client.post(f"{address}/veroeffentlichen").status_code == 303
    return address


def test_the_order_is_seen_when_it_is_published_and_titles_with_the_gallery(client):
    hackathon, prototypes = a_stage(3, gallery_shown_at=None)
    slug = hackathon.slug
    assert client.get(f"/hackathon/{slug}/pitches").status_code == 404
    address = a_drawn_plan(client, hackathon, publish=False)
    client.sign_out()
    hidden = client.get(f"/hackathon/{slug}/pitches").text
    assert "noch nicht veröffentlicht" in hidden
    assert prototypes[0].team.name not in hidden
    assert client.get(f"/hackathon/{slug}/halle").status_code == 403
    assert client.get(f"/hackathon/{slug}/halle/stand").status_code == 404
    client.sign_in(a_person("organiser"))
    assert client.post(f"{address}/veroeffentlichen").status_code == 303
    client.sign_out()
    shown = client.get(f"/hackathon/{slug}/pitches").text
    assert all(each.team.name in shown and each.title not in shown for each in prototypes)
    assert "7 14 21" in shown
    assert client.get(f"/hackathon/{slug}/buehne").status_code == 403
    with transaction():
        get_hackathon(slug).gallery_shown_at = now()
    assert all(each.title in client.get(f"/hackathon/{slug}/pitches").text for each in prototypes)
    assert "Reihenfolge der Pitches" in client.get(f"/hackathon/{slug}").text


def test_the_hall_sees_now_next_and_after_that_and_asks_for_nothing_twice(client):
    hackathon, _prototypes = a_stage(4)
    slug, address = hackathon.slug, a_drawn_plan(client, hackathon)
    first, second, third, _fourth = [(pitch.id, pitch.prototype.team.name) for pitch in pitches_of(hackathon)]
    before = client.get(f"/hackathon/{slug}/halle/stand")
    etag = before.headers["ETag"]
    assert f"data-version='{etag}'" in client.get(f"/hackathon/{slug}/halle").text
    assert client.get(f"/hackathon/{slug}/halle/stand", headers={"If-None-Match": etag}).status_code == 304
    assert client.post(f"{address}/{first[0]}/running").status_code == 303
    after = client.get(f"/hackathon/{slug}/halle/stand", headers={"If-None-Match": etag})
    names = re.findall(
        "Jetzt|Gleich|Danach|" + "|".join(re.escape(name) for _id, name in (first, second, third)), after.text
    )
    assert names == ["Jetzt", first[1], "Gleich", second[1], "Danach", third[1]]
    for pitch_id, state, status in ((first[0], "tanzend", 404), (2**40, "running", 404), (second[0], "absent", 303)):
        assert client.post(f"{address}/{pitch_id}/{state}").status_code == status


def test_the_slides_follow_the_plan_and_only_organisers_steer(client):
    hackathon, _prototypes = a_stage(2)
    slug, address = hackathon.slug, a_drawn_plan(client, hackathon)
    first, _second = pitches_of(hackathon)
    begun = client.post(f"{address}/{first.id}/running", data={"place": "1"})
    assert begun.location == f"/hackathon/{slug}/buehne/1"
    slide = client.get(begun.location).text
    assert "data-pitch-ends=" in slide
    assert "Beenden" in slide
    assert f"/hackathon/{slug}/buehne/2" in slide
    client.sign_out()
    slide = client.get(f"/hackathon/{slug}/buehne").text
    assert first.prototype.title in slide
    assert "Beenden" not in slide
    assert [client.get(f"/hackathon/{slug}/buehne/{place}").status_code for place in (0, 3, 2**40)] == [404] * 3


def test_forms_of_the_plan_keep_what_was_typed_and_say_what_is_wrong(client):
    hackathon, _prototypes = a_stage(2)
    address = a_drawn_plan(client, hackathon)
    first, second = [pitch.id for pitch in pitches_of(hackathon)]
    times = {"starts_at": "2027-01-05T18:00", "minutes": "3", "change_minutes": "2"}
    for end, data, status, sentence in (
        ("", {**times, "minutes": "0", "revision": "2"}, 422, "von 1 bis 60"),
        ("", {**times, "rooms": "\n".join(map(str, range(9))), "revision": "2"}, 422, "höchstens 8 Räume"),
        ("", {**times, "revision": "1"}, 409, "inzwischen geändert"),
        ("/losen", {"seed": "x" * 81, "revision": "2"}, 422, "Bitte höchstens 80 Zeichen"),
        ("/losen", {"seed": "neu", "revision": "1"}, 409, "inzwischen geändert"),
        ("/tauschen", {"first": first, "second": first, "revision": "2"}, 422, "zwei verschiedene Teams"),
        ("/tauschen", {"first": first, "second": "nichts", "revision": "2"}, 422, "eines der Teams"),
        ("/tauschen", {"first": first, "second": second, "revision": "2"}, 303, ""),
    ):
        answer = client.post(address + end, data=data)
        assert (answer.status_code, sentence in answer.text) == (status, True), (end, data)
    page = client.get(f"/hackathon/{hackathon.slug}/pitches").text
    assert "von Hand getauscht" in page


def test_the_gallery_is_switched_on_and_off_and_filtered(client):
    hackathon, prototypes = a_stage(3, gallery_shown_at=None)
    slug, titles = hackathon.slug, [each.title for each in prototypes]
    gallery, manage = f"/hackathon/{slug}/prototypen", f"/organisation/hackathons/{slug}/galerie"
    assert "sobald die Organisation die Galerie öffnet" in client.get(gallery).text
    client.sign_in(a_person("organiser"))
    assert client.post(f"{manage}/zeigen").status_code == 303
    seen = " ".join(str(each.id) for each in prototypes)
    order = {f"place-{prototypes[2].id}": "1", f"place-{prototypes[0].id}": "erster"}
    refused = client.post(manage, data={**order, "seen": seen})
    assert (refused.status_code, 'value="erster"' in refused.text) == (422, True)
    assert client.post(manage, data={f"place-{prototypes[2].id}": "1", "seen": seen}).status_code == 303
    assert client.post(manage, data={f"place-{prototypes[2].id}": "3", "seen": seen}).status_code == 409
    client.sign_out()
    page = client.get(gallery).text
    assert sorted(titles, key=page.index) == [titles[2], titles[0], titles[1]]
    with transaction():
        prototypes[0].hidden_at = now()
    assert titles[0] not in client.get(gallery).text
    assert client.get(f"{gallery}?aufgabe=99999999999999").status_code == 200
    client.sign_in(a_person("organiser"))
    assert client.post(f"{manage}/schliessen").status_code == 303
    client.sign_out()
    assert titles[1] not in client.get(gallery).text


def test_the_gallery_shows_who_answers_a_challenge(client):
    hackathon, prototypes = a_stage(3)
    light, paths, third = (a_challenge(hackathon, title=title) for title in ("Licht & mehr", "Ärger", "Niemand"))
    for prototype, chosen in zip(prototypes, ([light], [light, paths], []), strict=True):
        with transaction():
            db.session.add_all(PrototypeChallenge(prototype_id=prototype.id, challenge_id=one.id) for one in chosen)
            db.session.flush()
            keep_version(prototype, written_down(prototype), number=2, moment=now(), person=None)
    titles, address = [each.title for each in prototypes], f"/hackathon/{hackathon.slug}/prototypen"
    whole = client.get(address).text
    assert whole.index("Ärger") < whole.index("Licht &amp; mehr")
    assert "Niemand" not in whole
    table = {light.id: [0, 1], paths.id: [1], third.id: [0, 1, 2], "x": [0, 1, 2], "": [0, 1, 2], "²": [0, 1, 2]}
    for chosen, shown in table.items():
        page = client.get(f"{address}?aufgabe={chosen}").text
        assert [number for number, title in enumerate(titles) if title in page] == shown, chosen
        if len(shown) < 3:
            assert f"{len(shown)} von 3 Prototypen" in page
            assert f'aufgabe={chosen}" aria-current="true"' in page
