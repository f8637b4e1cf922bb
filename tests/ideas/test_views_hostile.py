"""What people type stays text, on every page that repeats it; and no text keeps a page waiting."""

from time import process_time

import html5lib
import pytest
from sqlalchemy import select

from ideenlab.core.db import db
from ideenlab.ideas.models import Idea
from tests.factories import a_call, a_comment, a_person, an_idea

PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg/onload=alert(1)>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<template><script>alert(1)</script></template>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "[x](javascript:alert(1)) und [y](JaVaScRiPt:alert(1)) und [z](java&#115;cript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>) [y](vbscript:x) [z](java\tscript:alert(1))",
    "![x](http://127.0.0.1/) <img src='http://127.0.0.1/pixel.gif'>",
    "{{7*7}} ${7*7} {0.__class__} %s%n {% raw %}",
    "'; DROP TABLE ideas; --",
    "=1+1 @SUM(A1) -2+3",
    "\u202egnp.exe und \u2066x\u2069",
    "a" + "\u0301" * 200,
    "👩‍👩‍👧‍👦 🇩🇪 ẞ ﬁ Ñ O'Brien Müller-Lüdenscheidt",
    "../../etc/passwd C:\\x %2e%2e%2f",
    "<a href='javascript:alert(1)'>x</a> <form action='//evil'><input name=q></form>",
    "W" * 110,
]
NAMESPACE = "{http://www.w3.org/1999/xhtml}"


def dangers(page):
    """Elements, handlers and addresses on a page that only a payload could have brought."""
    tree = html5lib.parse(page)
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        tag = element.tag.removeprefix(NAMESPACE)
        if tag in ("img", "svg", "math", "template", "noscript", "style", "iframe", "object", "mglyph"):
            yield tag
        if tag == "script" and not (element.get("src") or "").startswith("/static/"):
            yield "script"
        for name, value in element.attrib.items():
            target = value.strip().lower()
            if str(name).startswith("on") or target.startswith(("javascript:", "vbscript:", "data:", "//evil")):
                yield f"{tag} {name}={value}"


def test_the_search_for_dangers_finds_them():
    page = "<p onclick=x></p><img src=x><script>1</script><a href=' JavaScript:x'>x</a>"
    assert list(dangers(page)) == ["p onclick=x", "img", "script", "a href= JavaScript:x"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_is_typed_is_inert_on_every_page_that_repeats_it(client, payload):
    call = a_call()
    author, moderator = a_person(), a_person("moderator")
    slug = call.slug
    client.sign_in(author)
    fields = {"title": f"Idee {payload}"[:120], "text": f"Mein Text:\n\n{payload}", "topic": "", "agrees": "y"}
    preview = client.post(f"/ideen/{slug}/neu", data={**fields, "do": "preview"})
    assert (preview.status_code, list(dangers(preview.text))) == (200, [])
    published = client.post(f"/ideen/{slug}/neu", data={**fields, "do": "publish"})
    assert published.status_code == 303
    path = published.location
    change = {**fields, "text": f"Anders: {payload}", "revision": "1", "do": "draft"}
    assert client.post(f"{path}/bearbeiten", data=change).status_code == 303
    assert client.post(f"{path}/kommentare", data={"text": payload, "parent": ""}).status_code == 303
    conflict = client.post(f"{path}/bearbeiten", data={**change, "text": "Noch einmal anders."})
    assert (conflict.status_code, list(dangers(conflict.text))) == (409, [])
    for page in (path, f"{path}/verlauf", f"{path}/bearbeiten", f"{path}/zurueckziehen", f"/ideen/{slug}", "/ideen"):
        assert list(dangers(client.get(page).text)) == [], page
    client.sign_out()
    client.sign_in(moderator)
    client.post(f"/moderation{path}/ausblenden", data={"reason": f"Der Grund ist: {payload}"})
    for page in ("/moderation", path, f"/moderation{path}/wieder-zeigen"):
        assert list(dangers(client.get(page).text)) == [], page


@pytest.mark.parametrize("payload", PAYLOADS)
def test_the_search_repeats_the_word_inertly(client, payload):
    call = a_call()
    assert list(dangers(client.get(f"/ideen/{call.slug}", query_string={"suche": payload}).text)) == []


def test_what_is_typed_comes_back_as_it_was_typed(client):
    author = a_person()
    idea = an_idea(author=author)
    client.sign_in(author)
    text = 'Zeile <b>eins</b> & "zwei"\n{{7*7}} %s\n\n\tEnde'
    fields = {"title": "</title><b>Ein Titel", "text": text, "topic": "", "revision": "1", "do": "draft"}
    client.post(f"/idee/{idea.id}/bearbeiten", data=fields)
    tree = html5lib.parse(client.get(f"/idee/{idea.id}/bearbeiten").text)
    shown = next(element for element in tree.iter(f"{NAMESPACE}textarea"))
    assert "".join(shown.itertext()).strip() == text
    db.session.rollback()
    assert db.session.scalars(select(Idea)).one().title == "</title><b>Ein Titel"


@pytest.mark.parametrize(
    "text",
    [
        "[" * 4999 + "a" + "]" * 4999, "[" * 10_000, "[a](" * 2500, "".join("`" * n + " " for n in range(1, 139)),
        "\n".join(" " * n + "- a" for n in range(130)), ">" * 10_000, "| a " * 2500, "\n" * 9_000 + "Ende der Idee",
        "*a **a " * 1400, "&#106;" * 1600, "http://a.b " * 900, "W" * 10_000,
    ],
)  # fmt: skip
def test_no_text_keeps_the_page_waiting(client, text):
    call = a_call()
    client.sign_in(a_person())
    before = process_time()
    fields = {"title": "Eine Idee", "text": text, "topic": "", "agrees": "y", "do": "publish"}
    answer = client.post(f"/ideen/{call.slug}/neu", data=fields)
    assert answer.status_code == 303
    client.get(answer.location)
    assert process_time() - before < 2


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("title", "", "Bitte füllen Sie dieses Feld aus."),
        ("title", " \t\n", "Bitte füllen Sie dieses Feld aus."),
        ("title", "\u200b\ufeff\u00ad\u2800\u3164", "Bitte füllen Sie dieses Feld aus."),
        ("title", "x", "Bitte mindestens 5 Zeichen."),
        ("title", "x" * 121, "Bitte höchstens 120 Zeichen. Das ist 1 Zeichen zu viel."),
        ("title", "x" * 122, "Bitte höchstens 120 Zeichen. Das sind 2 Zeichen zu viel."),
        ("text", "", "Bitte füllen Sie dieses Feld aus."),
        ("text", "x" * 10_001, "Bitte höchstens 10000 Zeichen. Das ist 1 Zeichen zu viel."),
        ("topic", "4711", "Bitte wählen Sie eines der Themenfelder."),
        ("topic", "' OR 1=1", "Bitte wählen Sie eines der Themenfelder."),
    ],
)
def test_bad_input_is_said_at_its_field_and_the_rest_is_kept(client, field, value, says):
    call = a_call()
    client.sign_in(a_person())
    fields = {"title": "Bänke an der Hase", "text": "Mehr Bänke an der Hase.", "topic": "", "agrees": "y"}
    answer = client.post(f"/ideen/{call.slug}/neu", data={**fields, "do": "publish", field: value})
    assert (answer.status_code, says in answer.text) == (422, True)
    assert "Fehler: Idee einreichen" in answer.text
    kept = "title" if field != "title" else "text"
    assert fields[kept] in answer.text
    assert db.session.scalars(select(Idea)).all() == []


def test_a_million_characters_are_too_many(client):
    call = a_call()
    client.sign_in(a_person())
    fields = {"title": "Eine Idee", "text": "x" * 1_000_001, "topic": "", "do": "draft"}
    assert client.post(f"/ideen/{call.slug}/neu", data=fields).status_code == 413


def test_nul_and_control_characters_do_no_harm(client):
    call = a_call()
    client.sign_in(a_person())
    text = "Eins\x00zwei\x01\x0b\x7f\u2028drei\r\nvier\rfünf"
    client.post(
        f"/ideen/{call.slug}/neu", data={"title": "Ein\x00 Ti\ttel\n", "text": text, "topic": "", "do": "draft"}
    )
    db.session.rollback()
    idea = db.session.scalars(select(Idea)).one()
    assert (idea.title, idea.text) == ("Ein Ti tel", "Einszwei\n\ndrei\nvier\nfünf")


@pytest.mark.parametrize("parent", ["4711", "abc", "-1", "2147483648", "9" * 5000, "1 OR 1=1", "١"])
def test_a_comment_cannot_answer_what_is_not_there(client, parent):
    idea = an_idea()
    client.sign_in(a_person())
    answer = client.post(f"/idee/{idea.id}/kommentare", data={"text": "Ja, gern.", "parent": parent})
    assert answer.status_code == 404


def test_a_comment_cannot_answer_on_another_idea_or_what_is_gone(client):
    idea, elsewhere = an_idea(), a_comment(an_idea())
    gone = a_comment(idea, state="withdrawn")
    path, numbers = f"/idee/{idea.id}/kommentare", (elsewhere.id, gone.id)
    client.sign_in(a_person())
    statuses = [client.post(path, data={"text": "Ja, gern.", "parent": str(number)}).status_code for number in numbers]
    assert statuses == [404, 403]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Bitte füllen Sie dieses Feld aus."),
        ("\u200b \n", "Bitte füllen Sie dieses Feld aus."),
        ("x" * 3001, "Bitte höchstens 3000 Zeichen."),
    ],
)
def test_a_refused_comment_is_kept_with_whom_it_answers(client, text, says):
    idea = an_idea()
    parent = a_comment(idea, a_person(pseudonym="Kiebitz"))
    path, number = f"/idee/{idea.id}/kommentare", str(parent.id)
    client.sign_in(a_person())
    answer = client.post(path, data={"text": text, "parent": number})
    assert (answer.status_code, says in answer.text) == (422, True)
    assert "Auf Kiebitz antworten" in answer.text


def test_a_double_click_on_a_comment_leads_to_the_one_that_is_there(client):
    idea = an_idea()
    path = f"/idee/{idea.id}"
    client.sign_in(a_person())
    first, second = (client.post(f"{path}/kommentare", data={"text": "Ja, gern."}) for _number in range(2))
    assert first.location == second.location
    assert "1 Kommentar<" in client.get(path).text


def test_own_comments_are_withdrawn_after_a_question_and_foreign_ones_never(client):
    author = a_person()
    idea = an_idea()
    mine, foreign = a_comment(idea, author, text="Mein Satz."), a_comment(idea, text="Fremder Satz.")
    path, mine_id, foreign_id = f"/idee/{idea.id}", mine.id, foreign.id
    client.sign_in(author)
    assert client.post(f"/kommentar/{foreign_id}/zurueckziehen").status_code == 403
    assert "Mein Satz." in client.get(f"/kommentar/{mine_id}/zurueckziehen").text
    assert (
        client.post(f"/kommentar/{mine_id}/zurueckziehen").location == f"{path}?kommentar={mine_id}#comment-{mine_id}"
    )
    page = client.get(path).text
    assert ("Mein Satz." in page, "Fremder Satz." in page) == (False, True)
    assert "Dieser Kommentar wurde zurückgezogen." in page


def test_the_pages_speak_english_under_en(client):
    call = a_call(title="Call")
    idea = an_idea(call)
    a_comment(idea)
    page = client.get(f"/en/idee/{idea.id}").text
    assert "1 comment<" in page
    assert "Support this idea" in page
    assert f'href="/en/ideen/{call.slug}"' in page
    assert "1 idea</h2>" in client.get(f"/en/ideen/{call.slug}").text
