"""The pages of people without an account."""

import io
import re

import pytest
from sqlalchemy import func, select

from ideenlab.accounts.models import Person, SignIn
from ideenlab.core.db import db
from ideenlab.ideas.models import Claim, Idea, Support
from ideenlab.mail.models import Mail
from tests.factories import a_call, a_person, an_idea
from tests.files.samples import picture

TEXT = "Mehr Bänke an der Hase, damit alle sich ausruhen können."
ADDRESS = "neu@example.org"


def count(model):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


def mail_to(address):
    db.session.rollback()
    return db.session.scalars(select(Mail.text).where(Mail.recipient == address).order_by(Mail.id.desc())).first()


def send(client, call, **values):
    given = {
        "title": "Bänke an der Hase", "text": TEXT, "email": ADDRESS, "topic": "", "agrees": "y", "do": "publish",
        **client.opened(), **values,
    }  # fmt: skip
    return client.post(f"/ideen/{call.slug}/neu/ohne-konto", data=given)


def link(address=ADDRESS):
    return re.search(r"https?://localhost(/idee/bestaetigen/\S+)", mail_to(address))[1]


def test_a_visitor_is_led_to_the_form_without_an_account(client):
    call, closed_to_guests = a_call(), a_call(takes_guests=False)
    assert f'href="/ideen/{call.slug}/neu/ohne-konto"' in client.get(f"/ideen/{call.slug}").text
    assert "ohne-konto" not in client.get(f"/ideen/{closed_to_guests.slug}").text
    assert client.get(f"/ideen/{closed_to_guests.slug}/neu/ohne-konto").status_code == 403
    client.sign_in(a_person())
    assert "ohne-konto" not in client.get(f"/ideen/{call.slug}").text


def test_from_the_form_to_the_list(client):
    call = a_call()
    assert client.get(f"/ideen/{call.slug}/neu/ohne-konto").status_code == 200
    answer = send(client, call)
    assert (answer.status_code, answer.location) == (303, f"/ideen/{call.slug}/neu/gesendet")
    page = client.get(answer.location).text
    assert "Wir haben Ihnen geschrieben" in page
    assert ADDRESS in page
    assert "Bänke an der Hase" not in client.get(f"/ideen/{call.slug}").text
    for _scanner in range(2):
        page = client.get(link()).text
        assert "Bänke an der Hase" in page
    assert db.session.scalars(select(Idea.state)).one() == "waiting"
    answer = client.post(link(), data={"age_band": "adult"})
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "Ihre Idee ist veröffentlicht" in page
    assert "Bänke an der Hase" in client.get(f"/ideen/{call.slug}").text
    assert client.get(link()).status_code == 410
    assert client.post(link(), data={"age_band": "adult"}).status_code == 410
    assert ADDRESS not in page
    assert count(SignIn) == 0


def test_after_the_click_the_author_can_change_the_idea_and_add_pictures(client):
    """With nothing but the address: the page after the click leads to the sign-in, and from there to the pictures."""
    call = a_call()
    assert "Bilder können Sie hinzufügen, sobald" in client.get(f"/ideen/{call.slug}/neu/ohne-konto").text
    send(client, call)
    page = client.get(client.post(link(), data={"age_band": "adult"}).location).text
    idea = db.session.scalars(select(Idea)).one()
    pictures = f"/idee/{idea.id}/bilder"
    assert f'href="/anmelden?next={pictures}"' in page.replace("%2F", "/")
    assert client.get(pictures).status_code in (302, 303)
    client.sign_in(idea.author)
    answer = client.post(
        pictures, data={"do": "add", "alt": "Eine Bank", "file": (io.BytesIO(picture(size=(60, 40))), "bank.png")}
    )
    assert answer.status_code == 303
    changed = {"title": "Bänke am Ufer", "text": idea.text, "topic": "", "revision": "1"}
    assert client.post(f"/idee/{idea.id}/bearbeiten", data=changed).status_code == 303
    page = client.get(f"/idee/{idea.id}").text
    assert 'alt="Eine Bank"' in page
    assert "Bänke am Ufer" in page
    client.sign_out()
    assert client.get("/idee/bestaetigt").location == "/ideen"


def test_nobody_can_tell_which_address_has_an_account(client):
    a_person(email="da@example.org")
    call = a_call()
    pages = []
    for address in ("da@example.org", "fremd@example.org"):
        answer = send(client, call, email=address)
        page = client.get(answer.location).text.replace(address, "X")
        pages.append((answer.status_code, answer.location, re.sub(r'value="[^"]*"', "", page)))
        client.sign_out()
    assert pages[0] == pages[1]
    assert (count(Idea), count(Claim), count(Mail)) == (2, 2, 2)


def test_only_somebody_new_is_asked_for_their_age(client):
    a_person(email="da@example.org")
    call = a_call()
    send(client, call)
    send(client, call, email="da@example.org")
    assert "Wie alt sind Sie?" in client.get(link()).text
    assert "Wie alt sind Sie?" not in client.get(link("da@example.org")).text
    page = client.post(link(), data={})
    assert (page.status_code, "Bitte wählen Sie Ihr Alter" in page.text) == (422, True)
    page = client.post(link(), data={"age_band": "under_16"})
    assert (page.status_code, count(Person)) == (422, 1)
    page = client.post(link(), data={"age_band": "under_16", "guardian_email": "mama@example.org"})
    assert page.location == "/idee/bestaetigen/eltern"
    assert "zustimmen" in client.get(page.location).text
    assert "Stimmen Sie zu?" in client.get(link("mama@example.org")).text
    assert client.post(link("mama@example.org")).status_code == 303
    assert "veröffentlicht" in client.get(f"/ideen/{call.slug}").text or count(Claim) == 1


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"title": ""}, "Bitte füllen Sie dieses Feld aus"), ({"email": ""}, "Bitte geben Sie Ihre E-Mail-Adresse ein"),
        ({"email": "a@b@c"}, "E-Mail-Adresse ein, zum Beispiel"), ({"agrees": ""}, "Bitte stimmen Sie zu"),
        ({"website": "http://spam"}, "leer bleiben"), ({"text": "x" * 10_001}, "Höchstens"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_lost(client, changed, message):
    page = send(client, a_call(), **changed)
    assert page.status_code == 422
    assert message in page.text
    assert (changed.get("title", "Bänke an der Hase") in page.text, count(Idea), count(Mail)) == (True, 0, 0)


def test_a_robot_is_too_fast(client):
    call = a_call()
    page = send(client, call, **client.opened(seconds=1))
    assert (page.status_code, TEXT in page.text, count(Idea)) == (422, True, 0)


def test_one_address_cannot_be_flooded(client):
    call = a_call()
    statuses = [send(client, call, title=f"Idee Nummer {number}").status_code for number in range(7)]
    assert statuses == [303] * 5 + [429] * 2
    assert count(Mail) == 5
    page = send(client, call, title="Und noch eine Idee")
    assert "Und noch eine Idee" in page.text
    assert "Bitte warten Sie" in page.text


def test_the_preview_keeps_nothing(client):
    page = send(client, a_call(), do="preview")
    assert (page.status_code, "Es ist noch nichts gespeichert" in page.text or "Vorschau" in page.text) == (200, True)
    assert count(Idea) == 0


def code_in(address):
    return re.search(r"^\d{8}$", mail_to(address), re.MULTILINE)[0]


def take_part(client, address, path, **values):
    given = {"email": address, "age_band": "adult", "next": path, **client.opened(), **values}
    return client.post("/mitmachen", data=given)


def test_a_code_is_enough_to_support(client):
    idea = an_idea()
    page = client.get(f"/idee/{idea.id}").text
    path = re.search(r'href="(/mitmachen\?[^"]+)"', page)[1].replace("&amp;", "&")
    form = client.get(path).text
    wanted = re.search(r'name="next"[^>]*value="([^"]+)"', form)[1].replace("&amp;", "&")
    assert wanted == f"/idee/{idea.id}?weiter=abstimmen#support"
    assert take_part(client, ADDRESS, wanted).location == "/anmelden/code"
    answer = client.post("/anmelden/code", data={"code": code_in(ADDRESS)})
    assert (answer.status_code, answer.location) == (303, wanted)
    page = client.get(answer.location).text
    assert "Nur noch ein Klick" in page
    assert count(Support) == 0
    assert client.post(f"/idee/{idea.id}/unterstuetzen").status_code == 303
    assert count(Support) == 1
    guest = db.session.scalars(select(Person).where(Person.email == ADDRESS)).one()
    assert (guest.is_guest, guest.state, guest.password_hash) == (True, "active", None)


def test_a_guest_chooses_a_name_and_keeps_everything(client):
    idea = an_idea()
    take_part(client, ADDRESS, "/")
    client.post("/anmelden/code", data={"code": code_in(ADDRESS)})
    client.post(f"/idee/{idea.id}/unterstuetzen")
    assert "Wählen Sie einen Namen" in client.get("/konto").text
    assert client.post("/konto", data={"pseudonym": "Hasenfreundin", "language": "de"}).status_code == 303
    page = client.get("/konto").text
    assert "Wählen Sie einen Namen" not in page
    guest = db.session.scalars(select(Person).where(Person.email == ADDRESS)).one()
    assert (guest.is_guest, guest.pseudonym) == (False, "Hasenfreundin")
    assert db.session.scalars(select(Support.person_id)).all() == [guest.id]


def test_known_and_unknown_addresses_get_the_same_answer(client):
    known = a_person().email
    answers = []
    for address in (known, ADDRESS):
        answer = take_part(client, address, "/ideen")
        answers.append((answer.status_code, answer.location))
        page = client.get("/anmelden/code").text
        assert address in page
        assert client.post("/anmelden/code", data={"code": code_in(address)}).location == "/ideen"
        client.sign_out()
    assert answers[0] == answers[1]


def test_a_code_of_another_browser_does_not_work(app, client):
    take_part(client, ADDRESS, "/")
    other = app.test_client()
    take_part(other, ADDRESS, "/")
    assert client.post("/anmelden/code", data={"code": code_in(ADDRESS)}).status_code == 422


@pytest.mark.parametrize(("given", "message"), [
    ({"age_band": "under_16"}, "müssen zuerst die Eltern"), ({"age_band": ""}, "Bitte wählen Sie Ihr Alter"),
    ({"email": "nix"}, "E-Mail-Adresse"), ({"website": "x"}, "leer bleiben"),
])  # fmt: skip
def test_taking_part_says_what_is_missing(client, given, message):
    page = take_part(client, ADDRESS, "/", **given)
    assert (page.status_code, message in page.text, count(Mail)) == (422, True, 0)


@pytest.mark.parametrize("path", ["https://boese.example", "//boese.example", "/\\boese"])
def test_nobody_is_led_elsewhere(client, path):
    take_part(client, ADDRESS, path)
    assert client.post("/anmelden/code", data={"code": code_in(ADDRESS)}).location == "/mein-bereich"


def enter(client, call, **values):
    given = {
        "origin": "postcard",
        "title": "Bänke an der Hase",
        "text": TEXT,
        "topic": "",
        "agrees": "y",
        "do": "publish",
        **values,
    }
    return client.post(f"/ideen/{call.slug}/fuer-andere", data=given)


def test_a_helper_enters_a_postcard_and_the_code_leads_to_it(app, client):
    call = a_call()
    client.sign_in(a_person("moderator"))
    assert client.get(f"/ideen/{call.slug}/fuer-andere").status_code == 200
    page = enter(client, call)
    assert page.status_code == 200
    code = re.search(r">([2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4})<", page.text)[1]
    visitor = app.test_client()
    idea = db.session.scalars(select(Idea)).one()
    assert "ohne Namen (Postkarte)" in visitor.get(f"/idee/{idea.id}").text
    assert visitor.get("/idee/mit-code").status_code == 200
    page = visitor.post("/idee/mit-code", data={"code": code.lower()})
    assert (page.status_code, "Noch keine Stellungnahme" in page.text) == (200, True)
    assert code.replace("-", "") not in page.text.replace("-", "").upper()


def test_with_an_address_no_code_is_needed(client):
    call = a_call()
    client.sign_in(a_person("moderator"))
    assert enter(client, call, email=ADDRESS, origin="telephone").status_code == 303
    client.sign_out()
    assert "Idee übernehmen" in client.get(link()).text
    answer = client.post(link(), data={"age_band": "adult"})
    assert "Die Idee gehört jetzt Ihnen" in client.get(answer.location).text


def test_what_is_missing_is_said_to_the_helper(client):
    client.sign_in(a_person("moderator"))
    page = enter(client, a_call(), origin="", agrees="")
    assert (page.status_code, TEXT in page.text, count(Idea)) == (422, True, 0)
    assert "Bitte wählen Sie, wie die Idee kam" in page.text


def test_guessing_codes_is_slowed(client):
    statuses = [client.post("/idee/mit-code", data={"code": f"ABCDEFGH2{n:03}"}).status_code for n in range(222, 233)]
    assert statuses == [422] * 10 + [429]


def test_a_code_of_a_hidden_idea_says_why(app, client):
    call = a_call()
    client.sign_in(a_person("moderator"))
    code = re.search(r">([2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4})<", enter(client, call).text)[1]
    idea = db.session.scalars(select(Idea)).one()
    client.post(f"/moderation/idee/{idea.id}/ausblenden", data={"reason": "Nennt eine Person beim Namen."})
    page = app.test_client().post("/idee/mit-code", data={"code": code}).text
    assert "Nennt eine Person beim Namen." in page
    assert f'href="/idee/{idea.id}"' not in page
