import re

import pytest

from ideenlab.core.db import transaction
from ideenlab.ideas.actions.indexing import index_ideas
from tests.factories import a_call, a_person, an_idea


@pytest.fixture
def call(app):
    call = a_call()
    an_idea(call, title="Straßenbeleuchtung am Hasetor", support_count=3)
    with transaction():
        index_ideas()
    return call


def test_a_page_finds_similar_ideas_without_javascript(client, call):
    page = client.get(f"/ideen/{call.slug}/aehnliche?titel=Beleuchtung").text
    assert "Straßenbeleuchtung am Hasetor" in page
    assert "Unterstützen Sie lieber diese Idee" in page
    assert "Ihre scheint neu zu sein." in client.get(f"/ideen/{call.slug}/aehnliche?titel=Schwimmbad").text
    assert client.get("/ideen/gibt-es-nicht/aehnliche").status_code == 404


def test_the_form_gets_a_part_and_a_sentence_to_say(client, call):
    part = client.get(f"/ideen/{call.slug}/aehnliche?titel=Beleuchtung", headers={"X-Part": "1"})
    assert re.findall(r'href="(/idee/\d+)"', part.text)
    assert part.headers["X-Announce"] == '"1 \\u00e4hnliche Idee"'
    assert "<html" not in part.text
    nothing = client.get(f"/ideen/{call.slug}/aehnliche?titel=Schwimmbad", headers={"X-Part": "1"})
    assert nothing.text.strip() == ""


def test_the_preview_shows_similar_ideas(client, call):
    client.sign_in(a_person())
    fields = {"title": "Mehr Beleuchtung", "text": "Damit alle sicher nach Hause kommen.", "topic": ""}
    path = f"/ideen/{call.slug}/neu"
    assert "Straßenbeleuchtung am Hasetor" not in client.get(path).text
    assert 'data-similar-field="title"' in client.get(path).text
    assert "Straßenbeleuchtung am Hasetor" in client.post(path, data={**fields, "do": "preview"}).text


def test_a_draft_is_not_like_itself(client, call):
    person = a_person()
    draft = an_idea(call, person, title="Beleuchtung", state="draft", published_at=None)
    client.sign_in(person)
    page = client.get(f"/idee/{draft.id}/bearbeiten").text
    assert f"/ideen/{call.slug}/aehnliche?ausser={draft.id}" in page


@pytest.mark.parametrize("query", ["titel=%00", "titel=" + "x" * 9000, "titel=%25_&ausser=-1", "ausser=99999999999999"])
def test_strange_titles_find_nothing_and_break_nothing(client, call, query):
    assert client.get(f"/ideen/{call.slug}/aehnliche?{query}").status_code == 200
