"""Pages of calls and ideas, as visitors, citizens, authors and the moderation get them."""

import re

import pytest
from sqlalchemy import select

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.ideas.models import Idea, IdeaVersion, Support
from tests.factories import DAY, a_call, a_comment, a_person, a_topic, an_edition, an_idea

TEXT = "Mehr **Bänke** an der Hase, damit alle sich ausruhen können."


def reload_of(idea):
    db.session.rollback()
    return db.session.get(Idea, idea.id)


def only_idea():
    db.session.rollback()
    return db.session.scalars(select(Idea)).one()


def test_the_calls_are_sorted_into_now_soon_and_finished(client):
    a_call(title="Läuft", open_phases=("collect",))
    later = {f"{phase}_{side}": now() + days * DAY for phase in ("collect", "discuss", "support")
             for side, days in (("from", 5), ("until", 9))}  # fmt: skip
    a_call(title="Kommt", open_phases=(), **later)
    a_call(title="Vorbei", open_phases=("results",))
    page = client.get("/ideen").text
    places = [
        page.index(word) for word in ("Läuft gerade", ">Läuft<", "Kommt bald", ">Kommt<", "Abgeschlossen", ">Vorbei<")
    ]
    assert places == sorted(places)
    assert page.count("Idee einreichen") == 1


def test_without_a_call_the_page_says_so(client):
    assert "Es gibt noch keinen Ideenaufruf" in client.get("/ideen").text


def test_the_list_of_a_call_shows_its_published_ideas(client):
    call = a_call(title="Bürgerlab")
    shown = an_idea(call, title="Bänke an der Hase", support_count=3, comment_count=1)
    for state in ("draft", "withdrawn", "hidden"):
        an_idea(call, title=f"Nicht zu sehen: {state}", state=state)
    page = client.get(f"/ideen/{call.slug}").text
    assert f'href="/idee/{shown.id}"' in page
    assert "Nicht zu sehen" not in page
    assert "3 Unterstützungen" in page
    assert "1 Kommentar<" in page
    assert "1 Idee</h2>" in page
    assert f'href="/ideen/{call.slug}/neu/ohne-konto"' in page


def test_a_finished_call_says_since_when(client):
    call = a_call(open_phases=("results",))
    page = client.get(f"/ideen/{call.slug}").text
    assert "Ideen konnten bis " in page
    assert f"/ideen/{call.slug}/neu" not in page


def test_topics_filter_and_keep_the_rest_of_the_address(client):
    edition = an_edition()
    call, topic = a_call(edition=edition), a_topic(edition, title="Umwelt", slug="umwelt")
    an_idea(call, title="Baumpaten", topic=topic)
    an_idea(call, title="Digitaler Stadtplan")
    page = client.get(f"/ideen/{call.slug}?thema=umwelt&sortierung=beliebt&suche=Baum").text
    assert 'aria-current="true">Umwelt' in page
    assert f'href="/ideen/{call.slug}?suche=Baum&amp;sortierung=beliebt"' in page
    assert "Digitaler Stadtplan" not in client.get(f"/ideen/{call.slug}?thema=umwelt").text


def test_the_next_page_is_a_link_and_with_javascript_a_part(client):
    call = a_call()
    for number in range(23):
        an_idea(call, title=f"Idee Nummer {number:02}", published_at=now() - number * DAY)
    first = client.get(f"/ideen/{call.slug}?sortierung=neueste").text
    assert re.findall(r"Idee Nummer (\d\d)", first) == [f"{number:02}" for number in range(20)]
    assert "23 Ideen</h2>" in first
    address = re.search(r'href="([^"]*weiter=[^"]*)"', first)[1].replace("&amp;", "&")
    assert re.findall(r"Idee Nummer (\d\d)", client.get(address).text) == ["20", "21", "22"]
    part = client.get(address, headers={"HX-Request": "true"})
    assert re.findall(r"Idee Nummer (\d\d)", part.text) == ["20", "21", "22"]
    assert part.text.startswith("<div")
    assert part.headers["HX-Trigger"] == '{"announce": "3 weitere Ideen"}'
    assert "HX-Request" in part.headers["Vary"]


def test_the_random_order_keeps_its_seed_in_every_link(client):
    call = a_call()
    for _number in range(25):
        an_idea(call)
    first = client.get(f"/ideen/{call.slug}").text
    addresses = re.findall(r'href="([^"]*mischung=[^"]*)"', first)
    assert len({re.search(r"mischung=(\d+)", address)[1] for address in addresses}) == 1
    kept = next(address for address in addresses if "weiter" not in address).replace("&amp;", "&")
    more = next(address for address in addresses if "weiter" in address).replace("&amp;", "&")
    shown = [re.findall(r"/idee/(\d+)", client.get(address).text) for address in (kept, kept, more)]
    assert shown[0] == shown[1] == re.findall(r"/idee/(\d+)", first)
    assert len({*shown[0], *shown[2]}) == 25


def test_empty_lists_say_what_to_do(client):
    call = a_call()
    assert "Sagen Sie als Erste oder Erster" in client.get(f"/ideen/{call.slug}").text
    an_idea(call)
    page = client.get(f"/ideen/{call.slug}?suche=Unauffindbares").text
    assert "Nichts gefunden" in page
    assert "Alle Ideen zeigen" in page


@pytest.mark.parametrize(
    "query",
    [
        "weiter=0", "weiter=-1", "weiter=1.5", "weiter=1e3", "weiter=abc", "weiter=", "weiter=%207%20", "weiter=1_000",
        "weiter=%D9%A1%D9%A2", "weiter=9223372036854775808", "weiter=" + "9" * 5000, "weiter=%3Csvg%3E",
        "sortierung=score", "sortierung=email", "sortierung=id;drop", "sortierung[]=x", "sortierung=",
        "filter[author_email_start]=a", "thema=42", "thema=" + "x" * 5000, "thema=%00", "per_page=1000000",
        "suche=x&suche=y", "suche=%25", "suche=_", "suche='", "suche=%5C", "suche=*", "suche=(((((",
        "suche=%22+OR+1%3D1", "suche=" + "x" * 10000, "suche=%00", "suche=a", "mischung=-1&sortierung=neueste",
        "sortierung=zufall&mischung=" + "9" * 9, "sortierung=zufall&mischung=7&weiter=eyJ9",
    ],
)  # fmt: skip
def test_strange_addresses_show_a_list_and_no_error(client, query):
    call = a_call()
    an_idea(call)
    answer = client.get(f"/ideen/{call.slug}?{query}")
    if answer.status_code == 302:  # an empty field leaves the address
        answer = client.get(answer.location)
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/ideen/gibt-es-nicht", "/ideen/..", "/ideen/%00", "/idee/0", "/idee/-1", "/idee/4711", "/idee/abc",
        "/idee/1.5",
        "/idee/9223372036854775808", f"/idee/{'9' * 5000}", "/idee/2147483648", "/idee/%D9%A1", "/idee/4711/verlauf",
        "/kommentar/4711/zurueckziehen", "/kommentar/2147483648/zurueckziehen", "/ideen/gibt-es-nicht/neu",
        "/idee/4711/bearbeiten", "/idee/4711/zurueckziehen",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client, path):
    client.sign_in(a_person())
    assert client.get(path).status_code == 404


def test_a_citizen_gives_an_idea_and_sees_it_first_in_the_list(client):
    call = a_call(title="Bürgerlab")
    client.sign_in(a_person(pseudonym="Kiebitz"))
    assert "CC BY 4.0" in client.get(f"/ideen/{call.slug}/neu").text
    answer = client.post(
        f"/ideen/{call.slug}/neu", data={"title": "Bänke", "text": TEXT, "topic": "", "agrees": "y", "do": "publish"}
    )
    idea = only_idea()
    assert (answer.status_code, answer.location) == (303, f"/idee/{idea.id}")
    page = client.get(answer.location).text
    assert "Ihre Idee ist veröffentlicht." in page
    assert "von Kiebitz" in page
    assert "<strong>Bänke</strong>" in page
    assert "Bänke" in client.get(f"/ideen/{call.slug}").text


def test_without_the_licence_nothing_is_kept_and_everything_typed_is_shown(client):
    call = a_call()
    client.sign_in(a_person())
    answer = client.post(f"/ideen/{call.slug}/neu", data={"title": "Bänke", "text": TEXT, "topic": "", "do": "publish"})
    assert answer.status_code == 422
    assert "Bitte stimmen Sie zu" in answer.text
    assert TEXT in answer.text
    assert db.session.scalars(select(Idea)).all() == []


def test_the_preview_shows_the_page_and_keeps_what_was_typed(client):
    call = a_call()
    client.sign_in(a_person())
    answer = client.post(f"/ideen/{call.slug}/neu", data={"title": "Bänke", "text": TEXT, "topic": "", "do": "preview"})
    assert answer.status_code == 200
    assert "Mehr <strong>Bänke</strong> an der Hase" in answer.text
    assert f">\r\n{TEXT}</textarea>" in answer.text or f">{TEXT}</textarea>" in answer.text.replace("\n", "")
    assert db.session.scalars(select(Idea)).all() == []


def test_a_draft_is_seen_by_its_author_alone_until_it_is_published(client):
    author, call = a_person(), a_call()
    client.sign_in(author)
    client.post(f"/ideen/{call.slug}/neu", data={"title": "Kanarienvogel", "text": TEXT, "topic": "", "do": "draft"})
    idea = only_idea()
    assert idea.state == "draft"
    assert "Kanarienvogel" in client.get("/entwuerfe").text
    assert "Nur Sie können ihn sehen." in client.get(f"/idee/{idea.id}").text
    for role in ([], ["juror"], ["moderator"], ["organiser"], ["administrator"], None):
        client.sign_out()
        if role is not None:
            client.sign_in(a_person(*role))
        for path in (f"/idee/{idea.id}", f"/idee/{idea.id}/verlauf"):
            answer = client.get(path)
            assert (answer.status_code, "Kanarienvogel" in answer.text) == (404, False)
        assert "Kanarienvogel" not in client.get(f"/ideen/{call.slug}").text
        assert "Kanarienvogel" not in client.get(f"/ideen/{call.slug}?suche=Kanarienvogel").text.replace(
            "suche=Kanarienvogel", "").replace('value="Kanarienvogel"', "").replace("„Kanarienvogel“", "")  # fmt: skip
    client.sign_out()
    client.sign_in(author)
    fields = {"title": "Kanarienvogel", "text": TEXT, "topic": "", "revision": "1", "agrees": "y", "do": "publish"}
    assert client.post(f"/idee/{idea.id}/bearbeiten", data=fields).status_code == 303
    assert reload_of(idea).state == "published"


def test_a_draft_can_be_deleted(client):
    author = a_person()
    idea = an_idea(author=author, state="draft", published_at=None)
    client.sign_in(author)
    assert "Das können Sie nicht rückgängig machen." in client.get(f"/idee/{idea.id}/entwurf-loeschen").text
    assert client.post(f"/idee/{idea.id}/entwurf-loeschen").status_code == 303
    assert db.session.scalars(select(Idea)).all() == []


def test_a_change_is_published_with_its_history(client):
    author = a_person()
    idea = an_idea(author=author, title="Bänke am Fluss", text="Eine Bank.\n\nUnd noch eine Bank.")
    client.sign_in(author)
    fields = {"title": "Bänke an der Hase", "text": "Eine Bank.\r\n\r\nUnd ein Baum.", "topic": "", "revision": "1"}
    assert client.post(f"/idee/{idea.id}/bearbeiten", data={**fields, "do": "draft"}).status_code == 303
    client.sign_out()
    assert f'href="/idee/{idea.id}/verlauf"' in client.get(f"/idee/{idea.id}").text
    page = client.get(f"/idee/{idea.id}/verlauf").text
    title, text = re.findall('<p class="il-diff[^>]*>(.*?)</p>', page, re.DOTALL)
    plain = re.compile('<span class="kern-sr-only">[^<]*</span>')
    assert plain.sub("", title) == "Titel: Bänke <del>am Fluss</del><ins>an der Hase</ins>"
    assert plain.sub("", text) == "Eine Bank.\n\nUnd <del>noch eine Bank</del><ins>ein Baum</ins>."
    assert '<ins><span class="kern-sr-only">[neu: </span>an der Hase<span class="kern-sr-only">]</span></ins>' in title


def test_the_slower_of_two_windows_gets_both_texts(client):
    author = a_person()
    idea = an_idea(author=author)
    client.sign_in(author)
    first = {"title": "Erstes Fenster", "text": TEXT, "topic": "", "revision": "1", "do": "draft"}
    assert client.post(f"/idee/{idea.id}/bearbeiten", data=first).status_code == 303
    answer = client.post(f"/idee/{idea.id}/bearbeiten", data={**first, "title": "Zweites Fenster"})
    assert answer.status_code == 409
    assert "Erstes Fenster" in answer.text
    assert "Zweites Fenster" in answer.text
    assert reload_of(idea).title == "Erstes Fenster"
    assert len(db.session.scalars(select(IdeaVersion)).all()) == 1


def test_a_withdrawn_idea_keeps_its_discussion_but_not_its_text(client):
    author = a_person()
    idea = an_idea(author=author, text="Mein geheimer Satz.")
    a_comment(idea, text="Schade drum.")
    client.sign_in(author)
    assert "Kommentare bleiben lesbar." in client.get(f"/idee/{idea.id}/zurueckziehen").text
    assert client.post(f"/idee/{idea.id}/zurueckziehen").status_code == 303
    client.sign_out()
    page = client.get(f"/idee/{idea.id}").text
    assert "Diese Idee wurde zurückgezogen" in page
    assert "Mein geheimer Satz." not in page
    assert "Schade drum." in page
    assert client.get(f"/idee/{idea.id}/verlauf").status_code == 404


def test_support_and_undo_without_javascript(client):
    idea = an_idea()
    person = a_person()
    client.sign_in(person)
    assert "Idee unterstützen" in client.get(f"/idee/{idea.id}").text
    answer = client.post(f"/idee/{idea.id}/unterstuetzen")
    assert (answer.status_code, answer.location) == (303, f"/idee/{idea.id}")
    page = client.get(answer.location).text
    assert "Sie unterstützen diese Idee." in page
    assert "1 Unterstützung</strong> – Ihre ist dabei" in page
    assert client.post(f"/idee/{idea.id}/unterstuetzen").status_code == 303
    assert reload_of(idea).support_count == 1
    client.post(f"/idee/{idea.id}/nicht-mehr-unterstuetzen")
    assert reload_of(idea).support_count == 0
    assert db.session.scalars(select(Support)).all() == []


def test_support_with_javascript_is_a_part_that_is_announced(client):
    idea = an_idea()
    client.sign_in(a_person())
    answer = client.post(f"/idee/{idea.id}/unterstuetzen", headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert answer.headers["HX-Trigger"] == '{"announce": "Sie unterst\\u00fctzen diese Idee."}'
    assert "Unterstützung zurücknehmen" in answer.text
    assert "<html" not in answer.text


def test_a_visitor_of_an_idea_gets_no_cookie(client):
    page = client.get(f"/idee/{an_idea().id}")
    assert page.status_code == 200
    assert "Set-Cookie" not in page.headers


def test_visitors_are_led_to_the_sign_in(client):
    idea = an_idea(a_call(takes_guests=False))
    page = client.get(f"/idee/{idea.id}").text
    assert "Anmelden und unterstützen" in page
    assert f"next=/idee/{idea.id}" in page
    assert client.post(f"/idee/{idea.id}/unterstuetzen").status_code == 401
    assert client.post(f"/idee/{idea.id}/kommentare", data={"text": "x"}).status_code == 401
    assert reload_of(idea).support_count == 0


def test_nobody_sees_who_supported(client):
    idea = an_idea()
    supporter = a_person(pseudonym="Geheimer Kiebitz")
    with transaction():
        db.session.add(Support(idea_id=idea.id, person_id=supporter.id))
        idea.support_count = 1
    for role in ("moderator", "organiser", "administrator"):
        client.sign_out()
        client.sign_in(a_person(role))
        for path in (f"/idee/{idea.id}", f"/ideen/{idea.call.slug}", "/moderation", f"/idee/{idea.id}/verlauf"):
            assert "Geheimer Kiebitz" not in client.get(path).text


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch"])
def test_support_is_only_posted(client, method):
    idea = an_idea()
    client.sign_in(a_person())
    assert getattr(client, method)(f"/idee/{idea.id}/unterstuetzen").status_code == 405
    assert reload_of(idea).support_count == 0


@pytest.mark.parametrize(
    "path", ["unterstuetzen", "nicht-mehr-unterstuetzen", "kommentare", "bearbeiten", "zurueckziehen"]
)  # fmt: skip
def test_without_the_token_nothing_happens(client, path):
    author = a_person()
    idea = an_idea(author=author)
    client.sign_in(author)
    data = {"text": "Ein Kommentar", "title": "Ein Titel"}
    assert client.post(f"/idee/{idea.id}/{path}", data=data, csrf=False).status_code == 400
    idea = reload_of(idea)
    assert (idea.support_count, idea.comment_count, idea.state, idea.revision) == (0, 0, "published", 1)


@pytest.mark.parametrize(
    ("path", "phase", "says"),
    [
        ("unterstuetzen", "support", "Ideen konnten bis "),
        ("nicht-mehr-unterstuetzen", "support", "Ideen konnten bis "),
        ("kommentare", "discuss", "Kommentare waren bis "),
    ],
)
def test_what_a_phase_forbids_is_refused_with_its_dates(client, path, phase, says):
    idea = an_idea(a_call(open_phases=tuple({"collect", "discuss", "support"} - {phase})))
    client.sign_in(a_person())
    answer = client.post(f"/idee/{idea.id}/{path}", data={"text": "Mein langer Gedanke dazu"})
    assert answer.status_code == 403
    assert says in answer.text
    assert says in client.get(f"/idee/{idea.id}").text
    if path == "kommentare":
        assert "Mein langer Gedanke dazu" in answer.text


def test_after_the_collecting_the_form_is_closed_with_its_reason(client):
    call = a_call(open_phases=("discuss",))
    client.sign_in(a_person())
    answer = client.get(f"/ideen/{call.slug}/neu")
    assert answer.status_code == 403
    assert "Ideen konnten bis " in answer.text


def test_fields_that_nobody_sees_cannot_be_set(client):
    call = a_call()
    person = a_person()
    client.sign_in(person)
    hostile = {
        "state": "hidden", "support_count": "999", "author_id": "1", "is_indexed": "1", "call_id": "99", "lot": "1",
        "published_at": "2000-01-01", "external_id": "x", "origin": "import", "id": "77", "comment_count": "5",
    }  # fmt: skip
    fields = {"title": "Bänke", "text": TEXT, "topic": "", "agrees": "y", "do": "publish", **hostile}
    client.post(f"/ideen/{call.slug}/neu", data=fields)
    idea = only_idea()
    assert (idea.state, idea.support_count, idea.author_id, idea.origin) == ("published", 0, person.id, "online")
    assert (idea.call_id, idea.external_id, idea.comment_count) == (call.id, None, 0)


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_the_list_costs_the_same_for_few_and_many_ideas(client, count_queries, rows):
    edition = an_edition()
    call, topic = a_call(edition=edition), a_topic(edition)
    for _number in range(rows):
        an_idea(call, topic=topic)
    path = f"/ideen/{call.slug}"
    assert count_queries(lambda: client.get(path)) <= 4
    client.sign_in(a_person())
    assert count_queries(lambda: client.get(path)) <= 7


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_an_idea_costs_the_same_for_few_and_many_comments(client, count_queries, rows):
    idea = an_idea(topic=a_topic())
    path = f"/idee/{idea.id}"
    for _number in range(rows):
        a_comment(idea)
    assert count_queries(lambda: client.get(path)) <= 7
    client.sign_in(a_person())
    assert count_queries(lambda: client.get(path)) <= 12
