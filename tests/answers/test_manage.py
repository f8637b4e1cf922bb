import csv
import html
import io
import json
import re
import zipfile
from datetime import timedelta

import pytest

from ideenlab.answers.actions import withdraw_answer
from ideenlab.answers.models import Answer
from ideenlab.answers.queries import COLUMNS, offices, statuses
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from tests.answers.factories import a_draft, an_answer, fresh, the_statuses
from tests.factories import a_call, a_person, an_idea


@pytest.fixture
def organiser(app, client):
    person = a_person("organiser")
    client.sign_in(person)
    return person


def answers():
    db.session.rollback()
    return db.session.query(Answer).order_by(Answer.id).all()


def test_without_a_call_the_page_says_what_to_do(client, organiser):
    assert "il-empty" in client.get("/organisation/antworten").text


def test_what_is_overdue_comes_first_and_says_so(client, organiser):
    an_idea(a_call(title="Später"))
    late = an_idea(a_call(title="Vorbei", answer_until=now() - timedelta(days=2)), title="Bänke")
    page = client.get("/organisation/antworten").text
    assert "1 Antwort ist überfällig" in page
    assert f'value="{late.id}"' in page
    other = client.get(f"/organisation/antworten?aufruf={an_idea().call.slug}").text
    assert "1 Antwort ist überfällig" not in other


def test_several_ideas_get_one_text_and_a_row_each(client, organiser):
    known = the_statuses()
    ideas = [an_idea() for _number in range(3)]
    page = client.get("/organisation/antworten/neu", query_string={"idee": [idea.id for idea in ideas[:2]]})
    assert page.text.count('name="idee"') == 2
    given = {"idee": [idea.id for idea in ideas[:2]], "text": "Ja.", "status": known["angenommen"].id, "do": "publish"}
    answer = client.post("/organisation/antworten/neu", data=given)
    assert answer.status_code == 303
    assert [(one.idea_id, one.state, one.text) for one in answers()] == [
        (ideas[0].id, "published", "Ja."), (ideas[1].id, "published", "Ja."),
    ]  # fmt: skip
    assert fresh(ideas[0]).status.slug == "angenommen"


def test_a_refusal_keeps_words_and_choice(client, organiser):
    the_statuses()
    ideas = [an_idea(), an_idea()]
    given = {"idee": [idea.id for idea in ideas], "text": "x" * 10_001, "signed": "A. Weber", "do": "draft"}
    answer = client.post("/organisation/antworten/neu", data=given)
    assert answer.status_code == 422
    assert "Sie sind 1 Zeichen drüber" in answer.text or "Zeichen" in answer.text
    assert 'value="A. Weber"' in answer.text
    assert answer.text.count('name="idee"') == 2
    assert answers() == []


def test_publishing_without_a_text_is_refused_at_the_field_and_saves_nothing(client, organiser):
    idea = an_idea()
    answer = client.post("/organisation/antworten/neu", data={"idee": idea.id, "text": " ", "do": "publish"})
    assert answer.status_code == 422
    assert "text-error" in answer.text
    assert answers() == []


@pytest.mark.parametrize("chosen", [[], ["x"], ["-1", "9" * 30]])
def test_without_an_idea_nothing_is_saved(client, organiser, chosen):
    assert "Keine Idee ist gewählt" in client.get("/organisation/antworten/neu", query_string={"idee": chosen}).text
    answer = client.post("/organisation/antworten/neu", data={"idee": chosen, "text": "Ja."})
    assert (answer.status_code, answers()) == (422, [])


def test_a_preview_saves_nothing(client, organiser):
    answer = client.post("/organisation/antworten/neu", data={"idee": an_idea().id, "text": "**Ja**", "do": "preview"})
    assert "<strong>Ja</strong>" in answer.text
    assert answers() == []


def test_an_idea_of_a_draft_is_answered_by_its_draft(client, organiser):
    draft = a_draft(organiser=organiser)
    taken = client.post("/organisation/antworten/neu", data={"idee": draft.idea_id, "text": "Anders."})
    assert taken.status_code == 409
    assert "Anders." in taken.text
    given = {"text": "Ja, bald.", "revision": 1, "do": "publish"}
    assert client.post(f"/organisation/antworten/{draft.id}", data=given).status_code == 303
    assert (answers()[0].text, answers()[0].state) == ("Ja, bald.", "published")


def test_the_second_of_two_organisers_sees_both_texts(client, organiser):
    draft = a_draft(organiser=organiser)
    client.post(f"/organisation/antworten/{draft.id}", data={"text": "Die Erste.", "revision": 1, "do": "draft"})
    second = client.post(f"/organisation/antworten/{draft.id}", data={"text": "Der Zweite.", "revision": 1})
    assert second.status_code == 409
    assert "Die Erste." in second.text
    assert "Der Zweite." in second.text


def test_who_is_asked_writes_but_does_not_publish(app, client):
    writer = a_person("moderator")
    draft = a_draft(assigned_to=writer, text="")
    client.sign_in(writer)
    assert draft.idea.title in client.get("/organisation/antworten/zugewiesen").text
    page = client.get(f"/organisation/antworten/{draft.id}").text
    assert 'value="publish"' not in page
    given = {"text": "Ja.", "revision": 1, "assigned_to": "", "do": "publish"}
    assert client.post(f"/organisation/antworten/{draft.id}", data=given).status_code == 403
    assert client.post(f"/organisation/antworten/{draft.id}", data=given | {"do": "draft"}).status_code == 303
    assert (answers()[0].text, answers()[0].assigned_to_id) == ("Ja.", writer.id)
    client.sign_in(a_person("moderator"))
    assert client.get(f"/organisation/antworten/{draft.id}").status_code == 403
    assert "Ihnen ist nichts zugewiesen" in client.get("/organisation/antworten/zugewiesen").text


def test_a_draft_can_be_deleted(client, organiser):
    draft = a_draft(organiser=organiser)
    assert client.get(f"/organisation/antworten/{draft.id}/verwerfen").status_code == 200
    assert client.post(f"/organisation/antworten/{draft.id}/verwerfen").status_code == 303
    assert answers() == []


def test_answers_are_corrected_withdrawn_and_shown_again(client, organiser):
    answer = an_answer(organiser=organiser)
    here = f"/organisation/antworten/{answer.id}"
    assert "Wir bauen sie." in client.get(f"{here}/berichtigen").text
    assert client.post(f"{here}/berichtigen", data={"text": "Im Mai.", "revision": 2}).status_code == 303
    assert client.post(f"{here}/berichtigen", data={"text": "", "revision": 3}).status_code == 422
    assert client.post(f"{here}/zurueckziehen", data={"reason": "", "revision": 3}).status_code == 422
    assert client.post(f"{here}/zurueckziehen", data={"reason": "Falsch.", "revision": 2}).status_code == 409
    assert client.post(f"{here}/zurueckziehen", data={"reason": "Falsch.", "revision": 3}).status_code == 303
    page = client.get(f"{here}/wieder-zeigen").text
    assert "Falsch." in page
    revision = re.search(r'name="revision"[^>]*value="(\d+)"', page)[1]
    assert client.post(f"{here}/wieder-zeigen", data={"revision": revision}).status_code == 303
    assert (answers()[0].text, answers()[0].state) == ("Im Mai.", "published")


def test_a_withdrawn_answer_is_not_corrected(client, organiser):
    answer = an_answer(organiser=organiser)
    with transaction():
        withdraw_answer(organiser, answer=answer, reason="Falsch.", revision=2)
    assert client.get(f"/organisation/antworten/{answer.id}/berichtigen").status_code == 403


def test_many_ideas_get_a_status_unless_somebody_was_faster(client, organiser):
    known = the_statuses()
    ideas = [an_idea(), an_idea()]
    page = client.get("/organisation/antworten/stand", query_string={"idee": [idea.id for idea in ideas]}).text
    assert page.count("Eingegangen") >= 2
    seen = {f"seen-{idea.id}": known["eingegangen"].id for idea in ideas}
    given = {"idee": [idea.id for idea in ideas], "status": known["umgesetzt"].id, **seen}
    assert client.post("/organisation/antworten/stand", data=given).status_code == 303
    assert [fresh(idea).status.slug for idea in ideas] == ["umgesetzt", "umgesetzt"]
    assert (
        client.post("/organisation/antworten/stand", data=given | {"status": known["angenommen"].id}).status_code == 409
    )
    assert client.post("/organisation/antworten/stand", data={"idee": ideas[0].id, "status": "x"}).status_code == 422
    assert client.post("/organisation/antworten/stand", data={"status": known["umgesetzt"].id}).status_code == 422


def test_organisers_keep_the_list_of_statuses(client, organiser):
    assert "Noch keine Status" in client.get("/organisation/antworten/statusliste").text
    client.post("/organisation/antworten/statusliste/beginnen")
    assert len(statuses()) == 7
    added = client.post("/organisation/antworten/statusliste", data={"title": "Beim Rat", "is_final": "y"})
    assert added.status_code == 303
    assert client.post("/organisation/antworten/statusliste", data={"title": "beim rat"}).status_code == 422
    last = statuses()[-1].id
    here = f"/organisation/antworten/statusliste/{last}"
    assert client.post(here, data={"title": "Im Rat"}).status_code == 303
    assert client.post(here, data={"title": "Umgesetzt"}).status_code == 422
    assert client.post(f"{here}/verschieben", data={"where": "up"}).status_code == 303
    assert [(one.title, one.is_final) for one in statuses()][-2] == ("Im Rat", False)
    an_idea(status_id=last)
    assert client.post(f"{here}/entfernen").status_code == 422
    assert client.post(here, data={"title": "Im Rat", "title_en": "x" * 61}).status_code == 422
    assert client.post(f"/organisation/antworten/statusliste/{statuses()[-1].id}/entfernen").status_code == 303
    assert len(statuses()) == 7


def test_organisers_keep_the_list_of_offices(client, organiser):
    here = "/organisation/antworten/aemter"
    assert "Noch keine Ämter" in client.get(here).text
    assert client.post(here, data={"name": "Tiefbauamt", "email": "tief@example.org"}).status_code == 303
    assert client.post(here, data={"name": "TIEFBAUAMT"}).status_code == 422
    assert client.post(here, data={"name": "Amt", "email": "keine Adresse"}).status_code == 422
    office = offices()[0]
    assert client.post(f"{here}/{office.id}", data={"name": "Straßenamt", "email": ""}).status_code == 303
    assert (fresh(office).name, fresh(office).email) == ("Straßenamt", None)
    assert client.post(f"{here}/{office.id}/entfernen").status_code == 303
    assert offices() == []


def test_the_figures_of_a_call_are_a_page_also_without_ideas(client, organiser):
    call = a_call(answer_until=now() - timedelta(days=1))
    assert "Noch nichts." in client.get(f"/organisation/antworten/aufrufe/{call.slug}/zahlen").text
    for _number in range(3):
        an_idea(call)
    page = client.get(f"/organisation/antworten/aufrufe/{call.slug}/zahlen").text
    assert "3 Antworten sind überfällig" in page
    assert "ohne Themenfeld" in page


HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "＝1", "'=1", '=HYPERLINK("http://evil")', "{=1}"]


def test_an_export_holds_every_published_idea_and_no_name(client, organiser):
    call = a_call()
    author = a_person(pseudonym="Geheime Eule")
    ideas = [an_idea(call, author, title=f"{text} Idee", text=f"{text} und mehr") for text in HOSTILE]
    an_idea(call, state="hidden", title="Versteckt")
    an_answer(ideas[0], organiser, text="=2+2")
    here = f"/organisation/antworten/aufrufe/{call.slug}/ideen"
    table, sheet, objects = (client.get(f"{here}.{kind}", buffered=True) for kind in ("csv", "xlsx", "json"))
    assert [one["title"] for one in json.loads(objects.text)] == [idea.title for idea in ideas]
    assert json.loads(objects.text)[0]["answer"] == "=2+2"
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert [row["title"].removeprefix("'") for row in rows] == [idea.title for idea in ideas]
    for answer in (table, objects):
        assert "attachment" in answer.headers["Content-Disposition"]
        assert "Geheime Eule" not in answer.text
        assert author.email not in answer.text
        assert "Versteckt" not in answer.text
    with zipfile.ZipFile(io.BytesIO(sheet.data)) as book:
        texts = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    assert "<f>" not in texts
    assert texts.count('t="inlineStr"') == 4 * len(ideas) + len(COLUMNS) + 2
    assert "Geheime Eule" not in texts
    for idea in ideas:
        assert html.escape(idea.title.strip(), quote=False) in texts


def test_an_export_of_nothing_is_empty_and_valid(client, organiser):
    here = f"/organisation/antworten/aufrufe/{a_call().slug}/ideen"
    assert json.loads(client.get(f"{here}.json", buffered=True).text) == []
    assert client.get(f"{here}.csv", buffered=True).text.count("\r\n") == 1
    assert client.get(f"{here}.xlsx").data[:2] == b"PK"
    assert client.get(f"{here}.pdf").status_code == 404


def test_an_export_is_for_organisers(app, client):
    client.sign_in(a_person("moderator"))
    assert client.get(f"/organisation/antworten/aufrufe/{a_call().slug}/ideen.csv").status_code == 403
