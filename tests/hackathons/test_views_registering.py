import re

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.hackathons.actions import confirm_agreement, give_consents
from ideenlab.hackathons.models import Consent, Question, QuestionAnswer, Registration
from ideenlab.hackathons.queries import consents_of
from ideenlab.mail.models import Mail
from tests.factories import DAY, a_hackathon, a_person, a_registration, saved

GIVEN = {"code_of_conduct": "y"}


def the_row():
    db.session.expire_all()
    return db.session.query(Registration).order_by(Registration.id.desc()).first()


def test_a_hackathon_asks_its_own_questions_and_nothing_typed_is_lost(client):
    hackathon = a_hackathon()
    must = saved(Question(hackathon=hackathon, position=1, kind="text", text="Warum?", is_required=True))
    size = saved(Question(hackathon=hackathon, position=2, kind="choice", text="Größe?", choices="S\nM\nL"))
    laptop = saved(Question(hackathon=hackathon, position=3, kind="yes_no", text="Laptop?"))
    client.sign_in(a_person())
    page = f"/hackathon/{hackathon.slug}/anmelden"
    names = [f"question_{question.id}" for question in (must, size, laptop)]
    given = dict(zip(names, ("", "M", "yes"), strict=True)) | GIVEN | {"diet": "vegan <b>"}
    refused = client.post(page, data=given)
    assert refused.status_code == 422
    assert "vegan &lt;b&gt;" in refused.text
    assert re.search(r'<option selected[^>]*value="M"', refused.text)
    for wrong in ({names[1]: "XXL"}, {names[2]: "vielleicht"}):
        assert client.post(page, data=given | {names[0]: "Darum"} | wrong).status_code == 422
    assert client.post(page, data=given | {names[0]: "Darum"}).status_code == 303
    answers = {row.question_id: row.text for row in db.session.query(QuestionAnswer)}
    assert answers == {must.id: "Darum", size.id: "M", laptop.id: "yes"}
    own = client.get(f"/hackathon/{hackathon.slug}/anmeldung").text
    assert all(words in own for words in ("Darum", "vegan &lt;b&gt;", "<dd>M", "<dd>Ja"))
    change = f"/hackathon/{hackathon.slug}/anmeldung/aendern"
    assert "Darum" in client.get(change).text
    assert client.post(change, data={names[0]: ""}).status_code == 422
    assert client.post(change, data={names[0]: "Neu", names[1]: "", "skills": "Nähen"}).status_code == 303
    assert (the_row().skills, [row.text for row in db.session.query(QuestionAnswer)]) == ("Nähen", ["Neu", "yes"])


def test_who_waits_sees_the_place_in_the_queue_and_takes_the_offer(client):
    hackathon = a_hackathon(places=1)
    first = a_registration(hackathon).person
    for _number in range(2):
        last = a_person()
        client.sign_in(last)
        page = client.get(f"/hackathon/{hackathon.slug}/anmelden").text
        assert "Alle Plätze sind vergeben" in page
        response = client.post(f"/hackathon/{hackathon.slug}/anmelden", data=GIVEN)
    assert "Ihr Platz auf der Warteliste: 2" in client.get(response.location).text
    client.sign_in(first)
    client.post(f"/hackathon/{hackathon.slug}/abmelden")
    offered = db.session.query(Registration).filter_by(state="offered").one()
    client.sign_in(offered.person)
    assert "Ein Platz ist für Sie reserviert" in client.get(f"/hackathon/{hackathon.slug}").text
    assert "Bitte sagen Sie bis" in client.get(f"/hackathon/{hackathon.slug}/anmeldung").text
    assert client.get(f"/hackathon/{hackathon.slug}/ticket").status_code == 404
    assert client.post(f"/hackathon/{hackathon.slug}/anmeldung/platz").status_code == 303
    assert "Sie haben einen Platz" in client.get(f"/hackathon/{hackathon.slug}/anmeldung").text
    assert client.post(f"/hackathon/{hackathon.slug}/anmeldung/platz").status_code == 403


def test_a_ticket_has_a_code_a_picture_and_a_sheet_and_belongs_to_one_person(client):
    hackathon = a_hackathon()
    registration = a_registration(hackathon, ticket_code="ABCDE23456")
    client.sign_in(registration.person)
    page = client.get(f"/hackathon/{hackathon.slug}/ticket").text
    assert "ABCDE 23456" in page
    assert "data:image/svg+xml" in page
    sheet = client.get(f"/hackathon/{hackathon.slug}/ticket.pdf")
    assert (sheet.mimetype, sheet.data[:5]) == ("application/pdf", b"%PDF-")
    client.sign_in(a_person())
    assert client.get(f"/hackathon/{hackathon.slug}/ticket").status_code == 404


def test_photos_are_agreed_to_and_withdrawn_one_by_one(client):
    hackathon = a_hackathon()
    client.sign_in(a_person())
    client.post(f"/hackathon/{hackathon.slug}/anmelden", data=GIVEN | {"photo_press": "y"})
    page = f"/hackathon/{hackathon.slug}/anmeldung"
    assert client.get(page).text.count("Zugestimmt am") == 1
    for kind, agree in (("photo_press", "no"), ("photo_press", "no"), ("photo_website", "yes")):
        assert client.post(f"{page}/einwilligung/{kind}", data={"agree": agree}).status_code == 303
    kept = {row.kind for row in db.session.query(Consent).filter(Consent.withdrawn_at.is_(None))}
    assert kept == {"conduct", "photo_website"}
    assert client.post(f"{page}/einwilligung/conduct").status_code == 404


def test_who_is_under_18_names_a_guardian_who_agrees_without_an_account(client):
    hackathon = a_hackathon(code_of_conduct_html="<p>Seid nett.</p>")
    child = a_person(age_band="16_17", pseudonym="Fuchs")
    client.sign_in(child)
    page = client.get(f"/hackathon/{hackathon.slug}/anmelden").text
    assert "schriftliche Erlaubnis" in page
    assert 'name="legal_name"' not in page
    assert 'name="photo_press"' not in page
    address = f"/hackathon/{hackathon.slug}/anmelden"
    assert client.post(address, data=GIVEN).status_code == 422
    given = GIVEN | {"guardian_name": "Eva", "guardian_email": "mutter@example.org", "legal_name": "Nie"}
    assert client.post(address, data=given).status_code == 303
    assert the_row().legal_name == ""
    own = f"/hackathon/{hackathon.slug}/anmeldung"
    assert "Sie fehlt noch." in client.get(own).text
    assert client.post(f"{own}/erziehungsberechtigte").status_code == 303
    letters = db.session.query(Mail).filter_by(recipient="mutter@example.org").order_by(Mail.id).all()
    links = [re.search(r"http://localhost(/zustimmung/\S+)", letter.text)[1] for letter in letters]
    client.sign_out()
    assert client.get(links[0]).status_code == 410
    assert "Seid nett." in client.get(links[1]).text
    assert client.post(links[1], data={}).status_code == 422
    agreed = client.post(links[1], data={"guardian": "y", "photo_press": "y"})
    assert (agreed.status_code, client.get(links[1]).location) == (303, agreed.location)
    assert client.post(links[1], data={"guardian": "y"}).status_code == 410
    assert client.get(links[1].replace("/zustimmung/", "/zustimmung/9")).status_code == 410
    client.sign_in(child)
    assert "Sie haben am" in client.get(own).text
    assert client.post(f"{own}/einwilligung/photo_press", data={"agree": "no"}).status_code == 303
    assert client.post(f"{own}/einwilligung/photo_press", data={"agree": "yes"}).status_code == 403


def test_a_request_is_shown_as_one_and_a_refusal_with_its_reason(client):
    hackathon, person = a_hackathon(needs_approval=True), a_person()
    client.sign_in(person)
    response = client.post(f"/hackathon/{hackathon.slug}/anmelden", data=GIVEN)
    assert "Das Organisationsteam entscheidet" in client.get(response.location).text
    other = a_hackathon(ends_at=now() + DAY)
    a_registration(other, person, state="refused", decision_reason="Zu jung")
    assert "Zu jung" in client.get(f"/hackathon/{other.slug}/anmeldung").text
    assert "Zu jung" in client.get(f"/hackathon/{other.slug}/anmelden").text


def test_only_organisers_let_in_and_every_answer_says_what_to_do(client):
    hackathon = a_hackathon()
    a_registration(hackathon, a_person(pseudonym="Ada"), ticket_code="ABCDE23456")
    child = a_registration(hackathon, a_person(pseudonym="Kid", age_band="under_16"), ticket_code="KKKKK22222")
    address = f"/organisation/hackathons/{hackathon.slug}/einlass"
    client.sign_in(a_person("moderator"))
    assert client.get(address).status_code == 403
    client.sign_in(a_person("organiser"))
    assert 'value="ABCDE23456"' in client.get(f"{address}?code=ABCDE23456").text
    said = []
    for code in ("abcde 23456", "ABCDE23456"):
        assert client.post(address, data={"code": code}).status_code == 303
        said.append(client.get(address).text)
    assert "Willkommen, Ada!" in said[0]
    assert "1 von 2 sind da" in said[0]
    assert "Ada ist schon da" in said[1]
    assert "Kein Ticket dieses Hackathons" in client.post(address, data={"code": "XXXXX22222"}).text
    refused = client.post(address, data={"code": "KKKKK22222"})
    assert refused.status_code == 422
    assert "Papier liegt vor" in refused.text
    assert client.post(address, data={"code": "KKKKK22222", "on_paper": "y"}).status_code == 303
    db.session.expire_all()
    assert child.checked_in_at is not None
    part = client.post(address, data={"code": "ABCDE23456", "at": "1"}, headers={"X-Check-In": "1"})
    assert part.status_code == 200
    assert "<html" not in part.text


def test_a_guardian_reads_withdraws_and_agrees_again_by_the_link_of_the_mail(client):
    hackathon, child, organiser = a_hackathon(), a_person(age_band="16_17"), a_person("organiser")
    row = a_registration(hackathon, child, guardian_email="mutter@example.org")
    with transaction():
        give_consents(row, ["guardian", "photo_press"], way="guardian")
        confirm_agreement(row)
    letters = db.session.query(Mail).filter_by(recipient="mutter@example.org").order_by(Mail.id)
    address = re.search(r"http://localhost(/zustimmung/stand/\S+)", letters.one().text)[1]
    page = client.get(address).text
    assert (page.count(">zugestimmt<"), page.count(">nicht zugestimmt<")) == (2, 2)
    for given in ({}, {"kind": "conduct", "agree": "no"}, {"kind": "guardian", "agree": "maybe"}):
        assert client.post(address, data=given).status_code == 422
    assert client.post(address, data={"kind": "photo_press", "agree": "no"}).location == address
    assert client.post(address, data={"kind": "guardian", "agree": "no"}).status_code == 303
    assert consents_of(row) == {}
    told = {mail.recipient for mail in db.session.query(Mail).filter(Mail.recipient != "mutter@example.org")}
    assert told == {child.email, organiser.email}
    assert client.post(address, data={"kind": "photo_press", "agree": "yes"}).status_code == 403
    again = client.post(address, data={"kind": "guardian", "agree": "yes"}).location
    assert (set(consents_of(row)), client.get(address).status_code, letters.count()) == ({"guardian"}, 410, 2)
    assert client.post(again, data={"kind": "photo_press", "agree": "yes"}).status_code == 303
    assert client.get(f"{again}x").status_code == 410
    with transaction():
        hackathon.ends_at = now()
    assert client.post(again, data={"kind": "guardian", "agree": "no"}).status_code == 403
    assert client.post(again, data={"kind": "photo_press", "agree": "no"}).status_code == 303
    assert set(consents_of(row)) == {"guardian"}
