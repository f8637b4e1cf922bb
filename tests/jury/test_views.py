"""What jurors, teams and visitors see and send."""

import json
import re
import time
from datetime import timedelta

import pytest
from sqlalchemy import select

from ideenlab.accounts.models import SignIn
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.jury.actions import invite_juror, remove_juror, renew_access, reopen_ballot
from ideenlab.jury.models import Ballot, BallotRevision, Score
from ideenlab.jury.queries import criteria_of
from ideenlab.mail.models import Mail
from tests.factories import a_hackathon, a_person
from tests.jury.world import (
    DAY,
    a_juror,
    address,
    ballot_of,
    close_scoring,
    handed_in,
    published,
    save,
    scored_hackathon,
    sent,
    submitted,
)  # fmt: skip


@pytest.fixture
def desk(client):
    """A juror who is signed in, before a prototype."""
    hackathon = scored_hackathon()
    juror, prototype = a_juror(hackathon), handed_in(hackathon, team="Die Hasen", title="Bank-o-mat")
    client.sign_in(juror.person)
    return juror, prototype


def stored_points(desk):
    scores = db.session.scalars(select(Score).order_by(Score.criterion_id)).all()
    return [score.half_points for score in scores]


def test_a_juror_saves_in_between_and_hands_in(client, desk):
    answer = client.post(address(desk[1]), data=sent(desk[1], "4.5", "0", save="1"))
    assert (answer.status_code, answer.location) == (303, address(desk[1]))
    page = client.get(address(desk[1])).text
    assert "Zwischenstand gespeichert." in page
    assert "1 Kriterium ist noch offen." in page
    answer = client.post(address(desk[1]), data=sent(desk[1], "4.5", "0", None, revision=1, save_id="page-save-2",
                                                     comment="Stark!", note="Platz 1?", submit="1"))  # fmt: skip
    assert answer.location == f"/jury#{desk[1].hackathon.slug}"
    assert "Ihre Bewertung für „Bank-o-mat“ ist abgegeben." in client.get("/jury").text
    ballot = ballot_of(*desk)
    assert (ballot.state, ballot.comment, ballot.note, stored_points(desk)) == (
        "submitted",
        "Stark!",
        "Platz 1?",
        [9, 0, None],
    )


def test_a_handed_in_ballot_is_shown_and_can_be_opened_again(client, desk):
    submitted(*desk, 4.5, None, 3, comment="Stark!")
    page = client.get(address(desk[1])).text
    assert "4,5 Punkte" in page
    assert "keine Angabe: Nicht gesehen" in page
    assert "data-autosave-url" not in page
    answer = client.post(address(desk[1], "/oeffnen"), data={"revision": "1"})
    assert answer.location == address(desk[1])
    assert "data-autosave-url" in client.get(address(desk[1])).text
    assert ballot_of(*desk).state == "open"


def test_the_page_shows_what_is_stored(client, desk):
    save(*desk, 4.5, None, comment="Stark!", note="nur für mich")
    page = client.get(address(desk[1])).text
    first, second, _third = criteria_of(desk[1].hackathon)
    assert re.search(rf'<input checked[^>]*name="points-{first.id}"[^>]*value="4.5"', page)
    assert re.search(rf'<input checked[^>]*name="points-{second.id}"[^>]*value="none"', page)
    assert 'value="Nicht gesehen"' in page
    assert "nur für mich" in page
    assert 'name="revision" type="hidden" value="1"' in page


def test_an_unfinished_ballot_comes_back_with_the_fields_and_everything_typed(client, desk):
    answer = client.post(address(desk[1]), data=sent(desk[1], "4", comment="Fast fertig", submit="1"))
    assert answer.status_code == 422
    _first, second, third = criteria_of(desk[1].hackathon)
    for criterion in (second, third):
        assert f'href="#points-{criterion.id}-0"' in answer.text
        assert f"Bitte geben Sie Punkte für „{criterion.title}“, oder wählen Sie „Keine Angabe“." in answer.text
    assert "Fast fertig" in answer.text
    assert ballot_of(*desk) is None


def test_no_answer_needs_a_reason_to_be_handed_in_but_not_to_be_saved(client, desk):
    data = sent(desk[1], "4", "4", None)
    third = criteria_of(desk[1].hackathon)[2]
    data[f"excuse-{third.id}"] = " "
    assert client.post(address(desk[1]), data={**data, "submit": "1"}).status_code == 422
    assert client.post(address(desk[1]), data=data).status_code == 303
    page = client.get(address(desk[1])).text
    assert "1 Kriterium ist noch offen." in page
    assert re.search(rf'<input checked[^>]*name="points-{third.id}"[^>]*value="none"', page)


@pytest.mark.parametrize(
    "value", ["-1", "11", "5.5", "NaN", "Infinity", "1e400", "５", "5,5", "4.25", "null", "[]", "04"]
)
@pytest.mark.parametrize("part", ["", "/zwischenstand"])
def test_points_off_the_scale_are_never_stored(client, desk, value, part):
    answer = client.post(address(desk[1], part), data=sent(desk[1], value, "3"))
    assert answer.status_code == 422
    text = answer.json["message"] if part else answer.text
    assert "Bitte wählen Sie 0 bis 5 Punkte." in text
    assert ballot_of(*desk) is None


@pytest.mark.parametrize("name", ["points-{foreign}", "points-999999", "points-x", "excuse-{foreign}"])
def test_a_criterion_of_another_hackathon_is_refused(client, desk, name):
    foreign = criteria_of(scored_hackathon())[0]
    data = {**sent(desk[1], "3"), name.format(foreign=foreign.id): "4"}
    answer = client.post(address(desk[1]), data=data)
    assert answer.status_code == 422
    assert "Dieses Kriterium gehört zu einem anderen Hackathon." in answer.text
    assert ballot_of(*desk) is None


@pytest.mark.parametrize("save_id", ["", "short", "x" * 41, "mit leerzeichen", "ähnlich-lang"])
def test_a_save_without_a_proper_id_is_refused(client, desk, save_id):
    assert client.post(address(desk[1]), data=sent(desk[1], "3", save_id=save_id)).status_code == 422


def test_too_long_a_comment_is_kept_on_the_page(client, desk):
    answer = client.post(address(desk[1]), data=sent(desk[1], "3", comment="ä" * 2001))
    assert answer.status_code == 422
    assert "ä" * 2001 in answer.text


def test_nobody_sets_what_the_form_does_not_show(client, desk):
    more = {"state": "submitted", "juror_id": "1", "prototype_id": "99", "half_points": "10", "weight": "9"}
    client.post(address(desk[1]), data=sent(desk[1], "3", **more))
    ballot = ballot_of(*desk)
    assert (ballot.state, ballot.juror_id, ballot.prototype_id, ballot.revision) == ("open", desk[0].id, desk[1].id, 1)
    assert stored_points(desk) == [6]


@pytest.mark.parametrize("revision", ["0", "7", "-1", "abc", "", "99999999999"])
def test_an_older_page_shows_both_versions(client, desk, revision):
    save(*desk, 4, comment="Zuerst")
    answer = client.post(address(desk[1]), data=sent(desk[1], "2", revision=revision, comment="Danach"))
    assert answer.status_code == 409
    for text in ("4 Punkte", "Zuerst", "2 Punkte", "Danach"):
        assert text in answer.text
    assert ballot_of(*desk).comment == "Zuerst"


def test_autosave_answers_in_json(client, desk):
    first = client.post(address(desk[1], "/zwischenstand"), data=sent(desk[1], "4"))
    assert (first.status_code, first.json["revision"], first.json["left"]) == (200, 1, "2 Kriterien sind noch offen.")
    assert first.json["message"].startswith("Gespeichert um ")
    again = client.post(address(desk[1], "/zwischenstand"), data=sent(desk[1], "4"))
    assert (again.status_code, again.json["revision"]) == (200, 1)
    other = client.post(address(desk[1], "/zwischenstand"), data=sent(desk[1], "3", save_id="other-tab-1"))
    assert (other.status_code, other.json["url"]) == (409, address(desk[1]))
    assert (other.json["mine"][0][1], other.json["stored"][0][1]) == ("3 Punkte", "4 Punkte")
    assert stored_points(desk) == [8]


def test_autosave_never_hands_in(client, desk):
    client.post(address(desk[1], "/zwischenstand"), data=sent(desk[1], "4", "4", "4", submit="1"))
    assert ballot_of(*desk).state == "open"


def test_scoring_that_closed_while_one_typed_keeps_the_text_on_the_page(client, desk):
    save(*desk, 4)
    close_scoring(desk[1].hackathon)
    data = sent(desk[1], "1.5", revision=1, comment="Zu spät getippt", note="Notiz")
    answer = client.post(address(desk[1]), data=data)
    assert answer.status_code == 403
    assert "Die Bewertung ist beendet seit:" in answer.text
    assert "Zu spät getippt" in answer.text
    assert re.search(r'<input checked[^>]*value="1.5"', answer.text)
    assert stored_points(desk) == [8]
    refused = client.post(address(desk[1], "/zwischenstand"), data=data)
    assert (refused.status_code, refused.json["url"]) == (403, address(desk[1]))


def test_the_queue_says_what_is_open_begun_and_handed_in(client, desk):
    juror, begun = desk
    hackathon = begun.hackathon
    save(juror, begun, 4)
    submitted(juror, handed_in(hackathon, team="Alpha"), 4, 4, 4)
    handed_in(hackathon, team="Beta")
    handed_in(hackathon, juror.person, team="Ömer")
    page = client.get("/jury").text
    states = dict(
        re.findall(r'<div class="il-steps__text">.*?>([^<]+)</(?:a|span)>.*?kern-label--small">([^<]+)<', page, re.S)
    )
    assert states == {"Alpha": "abgegeben", "Beta": "offen", "Die Hasen": "begonnen", "Ömer": "Ihr eigenes Team"}
    assert list(states) == ["Alpha", "Beta", "Die Hasen", "Ömer"]
    assert "1 von 3 Bewertungen abgegeben" in page


def test_a_juror_sees_only_their_own(client, desk):
    _juror, prototype = desk
    other = a_juror(prototype.hackathon, name="Andere Person")
    submitted(other, prototype, 1.5, 1.5, 1.5, comment="fremder Kommentar", note="fremde Notiz")
    elsewhere = handed_in(scored_hackathon())
    for path in ("/jury", address(prototype)):
        page = client.get(path).text
        assert not any(text in page for text in ("fremder Kommentar", "fremde Notiz", "Andere Person", "checked"))
    assert client.get(address(elsewhere)).status_code == 403
    assert client.post(address(elsewhere), data=sent(elsewhere, "4")).status_code == 403
    assert client.post(address(elsewhere, "/zwischenstand"), data=sent(elsewhere, "4")).status_code == 403
    assert elsewhere.title not in client.get("/jury").text


@pytest.mark.parametrize("number", [0, 999, 2**31, 10**20])
@pytest.mark.parametrize("part", ["", "/zwischenstand", "/oeffnen"])
def test_what_is_not_there_is_not_found(client, desk, number, part):
    path = f"/jury/prototyp/{number}{part}"
    answer = client.post(path, data={"revision": "0"}) if part else client.get(path)
    assert answer.status_code == 404


def test_others_do_not_come_to_the_jury(client):
    prototype = handed_in(scored_hackathon())
    assert client.get("/jury").status_code == 302
    assert client.post(address(prototype), data=sent(prototype, "4")).status_code == 401
    for roles in ((), ("moderator",), ("organiser",)):
        client.sign_in(a_person(*roles))
        assert client.get("/jury").status_code == 403
        assert client.get(address(prototype)).status_code == 403
    assert db.session.scalars(select(Ballot)).all() == []


@pytest.fixture
def invitation(app):
    """An invited juror: the row, the path of the link, the code."""
    with transaction():
        juror, code = invite_juror(
            a_person("organiser"), hackathon=scored_hackathon(), name="Jo", email="jo@example.org"
        )
    return juror, link(), code


def link():
    text = db.session.scalars(select(Mail.text).order_by(Mail.id.desc())).first()
    return "/jury/einladung/" + text.partition("/jury/einladung/")[2].split()[0]


def test_link_and_code_sign_in_on_several_devices(app, invitation):
    juror, path, code = invitation
    public = f"/jury/hackathon/{juror.hackathon.slug}/oeffentlich"
    for device in range(2):
        client = app.test_client()
        assert client.get(path).status_code == 200
        answer = client.post(path, data={"name": "Johanna Muster", "code": code})
        assert (answer.status_code, answer.location) == (303, public), device
        assert client.get("/jury").status_code == 200
    assert len(db.session.scalars(select(SignIn)).all()) == 2


def test_looking_at_the_link_does_nothing(client, invitation):
    for _time in range(3):
        client.get(invitation[1])
    db.session.rollback()
    assert db.session.get(type(invitation[0]), invitation[0].id).accepted_at is None
    assert db.session.scalars(select(SignIn)).all() == []


@pytest.mark.parametrize("code", ["", "   ", "00000000", "null", "[]", "1234567", "１２３４５６７８"])
def test_a_wrong_code_opens_nothing(client, invitation, code):
    answer = client.post(invitation[1], data={"name": "Jo", "code": code})
    assert answer.status_code == 422
    assert client.get("/jury").status_code == 302


def test_guessing_is_slowed(client, invitation):
    _juror, path, code = invitation
    for _time in range(5):
        client.post(path, data={"name": "Jo", "code": "00000000"})
    answer = client.post(path, data={"name": "Jo", "code": code})
    assert answer.status_code == 422
    assert "Zu viele Versuche" in answer.text or "zu viele Versuche" in answer.text


def test_old_links_and_removed_jurors_find_a_closed_door(client, invitation):
    juror, path, code = invitation
    with transaction():
        renew_access(a_person("organiser"), juror=juror)
    assert client.get(path).status_code == 410
    assert client.post(path, data={"name": "Jo", "code": code}).status_code == 410
    fresh = link()
    with transaction():
        remove_juror(a_person("organiser"), juror=juror)
    assert client.get(fresh).status_code == 410
    assert client.get("/jury/einladung/" + "x" * 43).status_code == 410


def test_a_removed_juror_loses_an_open_page_at_once(client, desk):
    juror, prototype = desk
    assert client.get(address(prototype)).status_code == 200
    with transaction():
        remove_juror(a_person("organiser"), juror=juror)
    assert client.post(address(prototype), data=sent(prototype, "4")).status_code in (401, 403)
    assert db.session.scalars(select(BallotRevision)).all() == []


def test_the_rules_are_public_before_scoring(client):
    hackathon = scored_hackathon("2", "1", "1.5", "0.5")
    page = client.get(f"/hackathon/{hackathon.slug}/bewertung").text
    for text in ("zählt 40 %", "zählt 20 %", "zählt 30 %", "zählt 10 %", "Satz für 5 Punkte"):
        assert text in page
    empty = client.get(f"/hackathon/{a_hackathon().slug}/bewertung").text
    assert "Die Kriterien stehen noch nicht fest" in empty


def test_a_tie_is_said_honestly(client):
    hackathon = scored_hackathon("1")
    juror = a_juror(hackathon)
    for team in "AB":
        submitted(juror, handed_in(hackathon, team=team), 4)
    submitted(juror, handed_in(hackathon, team="C"), 3)
    published(hackathon)
    page = client.get(f"/hackathon/{hackathon.slug}/ergebnis").text
    assert re.findall(r">\s*Platz (\d)\s*<", page) == ["1", "1", "3"]
    assert page.count("Geteilter Platz: Die Punktzahl ist gleich, und die Regeln entscheiden nicht.") == 2
    assert "4,00 Punkte aus 1 Bewertung" in page


def test_a_result_is_read_from_its_protocol_and_no_comment_stands_on_it(client):
    hackathon = scored_hackathon("2", "1", quorum=2)
    member = a_person()
    prototype, other = handed_in(hackathon, member, title="Bank-o-mat"), handed_in(hackathon, title="Wenig gesehen")
    jurors = [a_juror(hackathon) for _ in range(2)]
    for juror in jurors:
        submitted(juror, prototype, 4.5, None, comment="Weiter so!", note="geheim")
    submitted(jurors[0], other, 5, 5, comment="Nur für die anderen")
    path = f"/hackathon/{hackathon.slug}/ergebnis"
    result = published(hackathon)
    with transaction():
        prototype.title = "Umbenannt"
    page = client.get(path).text
    for text in (
        "Platz 1",
        "Bank-o-mat",
        "4,50 Punkte aus 2 Bewertungen",
        "1 von 2 nötigen Bewertungen",
        result.sha256,
    ):
        assert text in page
    assert "Weiter so!" not in page
    client.sign_in(member)
    page = client.get(path).text
    assert not any(text in page for text in ("Weiter so!", "Nur für die anderen", "geheim", "Nicht gesehen"))
    protocol = client.get(path + "/protokoll.json")
    assert protocol.text == result.protocol
    assert json.loads(protocol.text)["prototypes"][0]["title"] == "Bank-o-mat"


SCORES = [((5, 5, 5), (1, 1, 1)), ((0.5, 0.5, 0.5), (4.5, 5, 4))]


def masked(response):
    """Status, headers and text without what is new in every answer."""
    text = response.text
    text = re.sub(r'(csrf-token" content|csrf_token" value)="[^"]+"', r'\1=""', text)
    headers = [
        (name, value) for name, value in response.headers if name not in ("Set-Cookie", "Date", "Content-Length")
    ]
    text = re.sub(r'data-now="[^"]+"', "", text)
    text = re.sub(r"noch [^<,]+, bis|vor \d+ [A-Za-zä]+", "", text)
    return response.status_code, headers, re.sub(r'(save_id"[^>]*value)="[^"]+"', r'\1=""', text)


def score_anew(hackathon, jurors, prototypes, points):
    """Everybody gives these points, whatever they gave before."""
    with transaction():
        hackathon.scoring_until = now() + DAY
    for juror in jurors:
        for prototype, given in zip(prototypes, points, strict=True):
            before = ballot_of(juror, prototype)
            if before:
                with transaction():
                    reopen_ballot(juror.person, prototype=prototype, revision=before.revision)
            submitted(juror, prototype, *given, comment=f"Kanarienvogel {given}", note=f"Notiz {given}")


@pytest.mark.parametrize("over", [False, True])
def test_before_publication_nobody_can_tell_the_scores(app, over):
    """The same city twice, with opposite points: every page of people who may not see them is the same."""
    hackathon = scored_hackathon()
    until = now() + (-DAY / 24 if over else 2 * DAY)
    with transaction():
        hackathon.publication_from = now() + 3 * DAY
    member = a_person()
    prototypes = [handed_in(hackathon, member, team="Alpha"), handed_in(hackathon, team="Beta")]
    jurors = [a_juror(hackathon) for _ in range(2)]
    readers = [None, a_person(), member, a_person("moderator"), a_juror(hackathon).person]
    place = f"/hackathon/{hackathon.slug}"
    paths = [
        "/", "/ergebnisse", "/hackathon", place, f"{place}/ergebnis", f"{place}/bewertung", f"{place}/teams",
        f"{place}/prototypen", f"{place}/ergebnis/protokoll.json", "/jury", *(address(p) for p in prototypes),
        *(f"/prototyp/{p.id}" for p in prototypes), *(f"/team/{p.team_id}" for p in prototypes),
        f"/organisation/hackathons/{hackathon.slug}/jury/fortschritt",
    ]  # fmt: skip
    seen = []
    for points in SCORES:
        score_anew(hackathon, jurors, prototypes, points)
        with transaction():
            hackathon.scoring_until = until
        time.sleep(1.01)  # no page that is kept for a second is seen twice
        pages = []
        for reader in readers:
            client = app.test_client()
            if reader:
                client.sign_in(reader)
            pages += [(path, masked(client.get(path))) for path in paths]
        assert not any("Kanarienvogel" in page[2] or "Notiz (" in page[2] for _path, page in pages)
        seen.append(pages)
    for (path, before), (_same, after) in zip(*seen, strict=True):
        assert before == after, path


def test_before_publication_the_page_names_the_date(client):
    hackathon = scored_hackathon()
    with transaction():
        hackathon.publication_from = now() + timedelta(days=3)
    answer = client.get(f"/hackathon/{hackathon.slug}/ergebnis")
    assert answer.status_code == 404
    assert "Das Ergebnis ist noch nicht veröffentlicht. Geplant ist die Veröffentlichung ab:" in answer.text
    assert client.get(f"/hackathon/{hackathon.slug}/ergebnis/protokoll.json").status_code == 404
    assert client.get("/hackathon/nirgends/ergebnis").status_code == 404


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_pages_need_a_fixed_number_of_queries(client, count_queries, rows):
    hackathon = scored_hackathon(*["1"] * (1 + rows // 3))
    juror = a_juror(hackathon)
    prototypes = [handed_in(hackathon) for _ in range(rows)]
    submitted(juror, prototypes[0], *[4] * (1 + rows // 3))
    save(a_juror(hackathon), prototypes[0], 4)
    untouched, begun = address(prototypes[-1]), address(prototypes[0])
    client.sign_in(juror.person)
    assert count_queries(lambda: client.get("/jury")) <= 11
    assert count_queries(lambda: client.get(untouched)) <= 8
    assert count_queries(lambda: client.get(begun)) <= 8
    published(hackathon)
    assert count_queries(lambda: client.get(f"/hackathon/{hackathon.slug}/ergebnis")) <= 10
    assert count_queries(lambda: client.get(f"/hackathon/{hackathon.slug}/bewertung")) <= 8
