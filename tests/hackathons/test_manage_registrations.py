import csv
import io
import re
import zipfile

from ideenlab.core.db import db
from ideenlab.hackathons.models import Question, QuestionAnswer, Registration, RegistrationGroup
from tests.factories import a_hackathon, a_person, a_registration, saved

CARD = "[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}"


def base(hackathon):
    return f"/organisation/hackathons/{hackathon.slug}"


def fresh(row):
    db.session.expire_all()
    return db.session.get(Registration, row.id)


def test_the_list_is_filtered_and_searched_and_costs_the_same_for_many(client, count_queries):
    hackathon = a_hackathon()
    a_registration(hackathon, a_person(pseudonym="Löwe"), skills="Löten", legal_name="Ada Muster")
    a_registration(hackathon, a_person(pseudonym="Kind", age_band="under_16"), ticket_code="ABCDE23456")
    client.sign_in(a_person("organiser"))
    address = f"{base(hackathon)}/anmeldungen"
    few = count_queries(lambda: client.get(address))
    for number in range(8):
        a_registration(hackathon, a_person(pseudonym=f"Weiter {number}"), state="cancelled")
    assert count_queries(lambda: client.get(address)) == few
    table = [
        ("?suche=loewe", ("Löwe",)), ("?suche=abcde-23456", ("Kind",)), ("?suche=muster", ("Löwe",)),
        ("?suche=%25", ()), ("?stand=registered", ("Löwe", "Kind")), ("?stand=quatsch&suche=Kind", ("Kind",)),
        ("?stand=waiting", ()),
    ]  # fmt: skip
    for query, names in table:
        text = client.get(address + query).text
        assert {name for name in ("Löwe", "Kind", "Weiter 1") if f">{name}</a>" in text} == set(names), query
    assert "Zustimmung fehlt" in client.get(address).text


def test_one_person_with_needs_is_seen_by_organisers_only_and_decided_about(client):
    hackathon = a_hackathon(needs_approval=True)
    question = saved(Question(hackathon=hackathon, position=1, kind="yes_no", text="Laptop?"))
    row = a_registration(hackathon, diet="vegan", access_needs="Rampe")
    saved(QuestionAnswer(registration_id=row.id, question=question, text="yes"))
    asked = saved(Registration(hackathon=hackathon, person=a_person(), state="requested"))
    one, other = (f"{base(hackathon)}/anmeldungen/{r.id}" for r in (row, asked))
    client.sign_in(a_person("moderator"))
    assert client.get(one).status_code == 403
    client.sign_in(a_person("organiser"))
    text = client.get(one).text
    assert all(words in text for words in ("vegan", "Rampe", "Laptop?", "<dd>Ja"))
    assert client.get(f"{base(a_hackathon())}/anmeldungen/{row.id}").status_code == 404
    assert client.post(f"{other}/ablehnen", data={"reason": ""}).status_code == 422
    assert client.post(f"{other}/annehmen").status_code == 303
    assert client.post(f"{other}/annehmen").status_code == 403
    assert fresh(asked).state == "registered"
    assert client.post(f"{one}/gefehlt").status_code == 303
    assert "nicht gekommen" in client.get(one).text
    assert client.post(f"{one}/anwesend").status_code == 303
    assert client.post(f"{one}/papier", data={"photo_press": "y", "guardian": "y"}).status_code == 303
    assert "auf Papier" in client.get(one).text
    for _click in range(2):
        assert client.post(f"{one}/einlass").status_code == 303
    assert client.get(f"{one}/absagen").status_code == 200
    assert client.post(f"{one}/absagen").status_code == 303
    assert client.post(f"{other}/ablehnen", data={"reason": "Doppelt"}).status_code == 303
    assert (fresh(row).state, fresh(asked).state) == ("cancelled", "refused")


def test_tables_lists_and_badges_hold_what_they_say_and_no_formula(client):
    hackathon = a_hackathon()
    address = base(hackathon)
    client.sign_in(a_person("organiser"))
    assert client.get(f"{address}/anmeldungen.pdf").status_code == 404
    question = saved(Question(hackathon=hackathon, position=1, kind="text", text="=1+1"))
    row = a_registration(hackathon, a_person(pseudonym="Ada"), skills="=cmd()", legal_name="A. Muster")
    saved(QuestionAnswer(registration_id=row.id, question=question, text="@x"))
    a_registration(hackathon, a_person(pseudonym="Kind", age_band="16_17"))
    lines = list(csv.reader(io.StringIO(client.get(f"{address}/anmeldungen.csv").text)))
    assert [line[1] for line in lines] == ["pseudonym", "Ada", "Kind"]
    assert (lines[0][-1], lines[1][-1], lines[1][6]) == ("'=1+1", "'@x", "'=cmd()")
    with zipfile.ZipFile(io.BytesIO(client.get(f"{address}/anmeldungen.xlsx").data)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert all(f">{word}</t>" in sheet for word in ("pseudonym", "Ada", "Kind", "=cmd()"))
    assert "<f>" not in sheet
    for name in ("anmeldungen", "namensschilder"):
        answer = client.get(f"{address}/{name}.pdf")
        assert (answer.mimetype, answer.data[:5]) == ("application/pdf", b"%PDF-")


def test_questions_have_their_pages(client):
    hackathon = a_hackathon()
    client.sign_in(a_person("organiser"))
    address = f"{base(hackathon)}/fragen"
    assert "Noch keine eigenen Fragen" in client.get(address).text
    assert client.post(address, data={"text": "Größe?", "kind": "choice", "choices": "S"}).status_code == 422
    for text in ("Erste?", "Zweite?"):
        assert client.post(address, data={"text": text, "kind": "text"}).status_code == 303
    first, second = db.session.query(Question).order_by(Question.position)
    last = second.id
    client.post(f"{address}/{last}/hoch")
    page = client.get(address).text
    assert page.index("Zweite?") < page.index("Erste?")
    given = {"text": "Laptop?", "kind": "yes_no", "is_required": "y"}
    assert client.post(f"{address}/{first.id}", data=given).status_code == 303
    assert 'value="Laptop?"' in client.get(f"{address}/{first.id}").text
    assert client.get(f"{address}/{last}/entfernen").status_code == 200
    assert client.post(f"{address}/{last}/entfernen").status_code == 303
    assert client.get(f"{address}/{last}").status_code == 404


def test_more_lines_keep_what_was_typed(client):
    client.sign_in(a_person())
    address = f"/hackathon/{a_hackathon().slug}/gruppe"
    given = {"name": "8b", "pupils-0-pseudonym": "Dachs"}
    empty = {f"pupils-{number}-pseudonym": "" for number in range(1, 10)}
    longer = client.post(address, data=given | empty | {"more": "yes"})
    assert (longer.status_code, longer.text.count('-pseudonym"') // longer.text.count('"pupils-0-pseudonym"')) == (
        200,
        20,
    )
    assert [part in longer.text for part in ('value="Dachs"', 'value="8b"', 'name="more"')] == [True] * 3
    forty = client.post(
        address, data={f"pupils-{number}-pseudonym": f"P{number}" for number in range(35)} | {"more": "yes"}
    )
    assert [part in forty.text for part in ('name="pupils-39-pseudonym"', 'value="P34"', 'name="more"')] == [
        True,
        True,
        False,
    ]
    assert db.session.query(RegistrationGroup).count() == 0


def test_a_teacher_registers_a_class_and_pupils_sign_in_with_cards(client):
    hackathon, teacher = a_hackathon(), a_person()
    client.sign_in(teacher)
    address = f"/hackathon/{hackathon.slug}/gruppe"
    taken = a_person(pseudonym="Fuchs")
    given = {
        "name": "8b", "pupils-0-pseudonym": "Dachs", "pupils-0-age_band": "under_16", "pupils-0-guardian": "y",
        "pupils-1-pseudonym": taken.pseudonym, "pupils-1-age_band": "16_17",
    }  # fmt: skip
    refused = client.post(address, data=given)
    assert refused.status_code == 422
    assert 'value="Dachs"' in refused.text
    assert client.post(address, data={"name": "8b"}).status_code == 422
    answer = client.post(address, data=given | {"pupils-1-pseudonym": "Igel"})
    assert answer.status_code == 303
    assert "sobald das Organisationsteam" in client.get(answer.location).text
    assert client.post(f"{answer.location}/karten.pdf").status_code == 403
    group = db.session.query(RegistrationGroup).one()
    client.sign_in(a_person())
    assert client.get(answer.location).status_code == 404
    client.sign_in(a_person("organiser"))
    assert "8b" in client.get(f"{base(hackathon)}/anmeldungen").text
    decide = f"{base(hackathon)}/gruppen/{group.id}"
    assert client.get(decide).status_code == 200
    assert client.post(decide, data={}).status_code == 422
    assert client.post(decide, data={"deed": "approve"}).status_code == 303
    client.sign_in(teacher)
    cards = client.post(f"{answer.location}/karten.pdf")
    assert (cards.status_code, cards.data[:5]) == (200, b"%PDF-")
    assert "Für die ganze Gruppe absagen" in client.get(answer.location).text
    assert "Ja, für alle absagen" in client.get(f"{answer.location}/absagen").text
    assert client.post(f"{answer.location}/absagen").status_code == 303
    assert "Gruppe wieder anmelden" in client.get(answer.location).text
    assert "Niemand aus dieser Gruppe" in client.get(f"{answer.location}/absagen").text
    client.sign_in(a_person())
    assert [client.post(f"{answer.location}/{deed}").status_code for deed in ("absagen", "wieder-anmelden")] == [
        404,
        403,
    ]
    client.sign_in(teacher)
    assert client.post(f"{answer.location}/wieder-anmelden").status_code == 303
    assert "Gruppe wieder anmelden" not in client.get(answer.location).text


def test_somebody_at_the_entrance_gets_a_code_and_signs_in_with_it(client):
    hackathon = a_hackathon()
    client.sign_in(a_person("organiser"))
    address = f"{base(hackathon)}/einlass/spontan"
    assert client.get(address).status_code == 200
    kid = {"pseudonym": "Kid", "age_band": "under_16", "conduct": "y"}
    for given in ({"pseudonym": "Kid"}, kid):
        assert client.post(address, data=given).status_code == 422
    answer = client.post(address, data=kid | {"guardian": "y"})
    assert answer.status_code == 303
    old = re.search(CARD, client.get(answer.location).text)[0]
    row = db.session.query(Registration).one()
    card = client.post(f"{base(hackathon)}/anmeldungen/{row.id}/karte.pdf")
    assert (card.status_code, card.data[:5]) == (200, b"%PDF-")
    second = client.post(address, data={"pseudonym": "Ada", "age_band": "adult", "conduct": "y"})
    code = re.search(CARD, client.get(second.location).text)[0]
    client.sign_out()
    assert client.get("/karte").status_code == 200
    for wrong in ("", "ABCDEFGHJKLM", old):  # a newer card was printed
        assert client.post("/karte", data={"code": wrong}).status_code == 422
    assert client.post("/karte", data={"code": code.lower()}).status_code == 303
    assert "Sie haben einen Platz" in client.get(f"/hackathon/{hackathon.slug}/anmeldung").text
