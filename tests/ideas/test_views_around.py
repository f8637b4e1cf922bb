"""Place, people, tags and history on the pages."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.ideas.actions import Whereabouts, answer_invitation, edit_idea, invite_co_author, tag_idea
from ideenlab.ideas.models import Idea
from tests.factories import DAY, a_call, a_district, a_person, an_idea

FIELDS = {"title": "Bänke am Fluss", "text": "Mehr Bänke am Fluss.", "topic": "", "do": "draft"}


def only_idea():
    db.session.rollback()
    return db.session.scalars(select(Idea)).one()


def asked(idea, person, *, accepts=None):
    with transaction():
        invite_co_author(idea.author, idea=idea, pseudonym=person.pseudonym)
    if accepts is not None:
        with transaction():
            answer_invitation(person, idea=idea, accepts=accepts)


def test_an_idea_is_given_with_its_place(client):
    call, district = a_call(), a_district(title="Hafenviertel")
    client.sign_in(a_person())
    page = client.get(f"/ideen/{call.slug}/neu").text
    assert ">Hafenviertel</option>" in page
    assert f'data-district="{district.id}"' in page
    place = {
        "district": str(district.id),
        "place": "vor der <Bücherei>",
        "latitude": "52220000",
        "longitude": "8020000",
    }
    assert client.post(f"/ideen/{call.slug}/neu", data={**FIELDS, **place}).status_code == 303
    idea = only_idea()
    page = client.get(f"/idee/{idea.id}").text
    assert "Stadtteil: Hafenviertel" in page
    assert "vor der &lt;Bücherei&gt;" in page
    assert 'aria-label="Karte der Stadt mit dem Ort dieser Idee in Hafenviertel"' in page
    form = client.get(f"/idee/{idea.id}/bearbeiten").text
    assert 'value="52220000"' in form
    assert f'<option selected value="{district.id}">' in form


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ({"district": "99999"}, "Bitte wählen Sie einen der Stadtteile."),
        ({"place": "x" * 201}, "200 Zeichen"),
        ({"latitude": "1", "longitude": "1"}, "Die Markierung liegt außerhalb der Stadt."),
    ],
)
def test_a_bad_place_is_refused_at_its_field(client, place, sentence):
    call = a_call()
    a_district()
    client.sign_in(a_person())
    answer = client.post(f"/ideen/{call.slug}/neu", data={**FIELDS, **place})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="Bänke am Fluss"' in answer.text
    assert db.session.scalar(select(Idea)) is None


@pytest.mark.parametrize("nonsense", ["x", "1e9", "٣", "9" * 30, "1.5", "--1"])
def test_a_mark_that_is_no_number_is_none(client, nonsense):
    call = a_call()
    a_district()
    client.sign_in(a_person())
    data = {**FIELDS, "latitude": nonsense, "longitude": "8020000"}
    assert client.post(f"/ideen/{call.slug}/neu", data=data).status_code == 303
    assert only_idea().latitude is None


def test_without_districts_the_place_is_words_only(client):
    call = a_call()
    client.sign_in(a_person())
    page = client.get(f"/ideen/{call.slug}/neu").text
    assert 'name="district"' not in page
    assert "data-map" not in page
    assert client.post(f"/ideen/{call.slug}/neu", data={**FIELDS, "place": "am Markt"}).status_code == 303
    assert only_idea().place == "am Markt"


def test_an_invitation_is_answered_on_the_page_and_shown_only_after_the_yes(client):
    idea, friend = an_idea(), a_person(pseudonym="Schreibfeder")
    client.sign_in(idea.author)
    page = client.post(f"/idee/{idea.id}/mitschreibende", data={"pseudonym": "Schreibfeder"})
    assert page.status_code == 303
    assert "eingeladen" in client.get(page.location).text
    client.sign_out()
    assert "Schreibfeder" not in client.get(f"/idee/{idea.id}").text
    client.sign_in(friend)
    assert f'href="/idee/{idea.id}"' in client.get("/mein-bereich").text
    assert "Sie sind zum Mitschreiben eingeladen" in client.get(f"/idee/{idea.id}").text
    answer = client.post(f"/idee/{idea.id}/einladung", data={"antwort": "ja"})
    assert answer.status_code == 303
    client.sign_out()
    assert f"{idea.author.pseudonym}, Schreibfeder" in client.get(f"/idee/{idea.id}").text
    client.sign_in(friend)
    edit = {"title": "Gemeinsam geschrieben", "text": idea.text, "topic": "", "revision": "1", "do": "draft"}
    assert client.post(f"/idee/{idea.id}/bearbeiten", data=edit).status_code == 303
    assert client.get(f"/idee/{idea.id}/zurueckziehen").status_code == 403
    assert client.post(f"/idee/{idea.id}/nicht-mehr-mitschreiben").status_code == 303
    client.sign_out()
    assert "Schreibfeder" not in client.get(f"/idee/{idea.id}").text


def test_a_refused_invitation_keeps_what_was_typed(client):
    idea = an_idea()
    client.sign_in(idea.author)
    answer = client.post(f"/idee/{idea.id}/mitschreibende", data={"pseudonym": "Wer <ist> das"})
    assert answer.status_code == 422
    assert "Niemand hier hat dieses Pseudonym" in answer.text
    assert 'value="Wer &lt;ist&gt; das"' in answer.text


def test_who_writes_along_is_the_authors_page(client):
    idea, friend = an_idea(), a_person()
    asked(idea, friend, accepts=True)
    client.sign_in(friend)
    assert client.get(f"/idee/{idea.id}/mitschreibende").status_code == 404
    client.sign_out()
    client.sign_in(idea.author)
    data = {"person": str(friend.id)}
    assert client.post(f"/idee/{idea.id}/mitschreibende/entfernen", data=data).status_code == 303
    assert client.post(f"/idee/{idea.id}/mitschreibende/entfernen", data=data).status_code == 409
    assert client.post(f"/idee/{idea.id}/mitschreibende/entfernen", data={"person": "x"}).status_code == 404


def test_a_draft_that_others_see_is_published_by_its_author_alone(client):
    draft, friend = an_idea(state="draft", published_at=None), a_person()
    asked(draft, friend, accepts=True)
    client.sign_in(friend)
    page = client.get(f"/idee/{draft.id}/bearbeiten").text
    assert 'value="publish"' not in page
    edit = {"title": "Von uns beiden", "text": draft.text, "topic": "", "revision": "1", "agrees": "y"}
    assert client.post(f"/idee/{draft.id}/bearbeiten", data={**edit, "do": "publish"}).status_code == 403
    assert client.post(f"/idee/{draft.id}/bearbeiten", data={**edit, "do": "draft"}).status_code == 303
    assert only_idea().title == "Von uns beiden"


def test_the_moderation_gives_tags_that_everybody_sees(client):
    idea = an_idea()
    client.sign_in(a_person("moderator"))
    assert f'href="/moderation/idee/{idea.id}/schlagworte"' in client.get(f"/idee/{idea.id}").text
    address = f"/moderation/idee/{idea.id}/schlagworte"
    assert client.post(address, data={"tags": "Licht, Schulweg ,, licht"}).status_code == 303
    assert "+Licht" in client.get(address).text.replace("+licht", "+Licht")
    answer = client.post(address, data={"tags": "Licht, ?"})
    assert answer.status_code == 422
    assert 'value="Licht, ?"' in answer.text
    client.sign_out()
    assert "Schlagworte: licht, Schulweg" in client.get(f"/idee/{idea.id}").text
    client.sign_in(a_person())
    assert client.get(address).status_code == 403
    assert "/schlagworte" not in client.get(f"/idee/{idea.id}").text


def test_tags_are_renamed_joined_and_removed(client):
    moderator, idea = a_person("moderator"), an_idea()
    with transaction():
        tag_idea(moderator, idea=idea, titles=["Lampen", "Licht"])
    client.sign_in(moderator)
    page = client.get("/moderation/schlagworte").text
    lamps, light = re.findall(r'href="(/moderation/schlagworte/\d+)"', page)
    answer = client.post(lamps, data={"title": "licht"})
    assert "Aus beiden Schlagworten ist eines geworden: „Licht“." in client.get(answer.location).text
    assert client.get(lamps).status_code == 404
    assert client.post(f"{light}/entfernen").status_code == 303
    assert "Es gibt noch keine Schlagworte" in client.get("/moderation/schlagworte").text
    assert "Schlagworte:" not in client.get(f"/idee/{idea.id}").text


def test_the_page_names_origin_and_licence(client):
    assert "online eingereicht" in client.get(f"/idee/{an_idea().id}").text
    page = client.get(f"/idee/{an_idea(origin='import').id}").text
    assert "aus einer anderen Quelle übernommen" in page
    assert "CC BY" not in page
    assert "Lizenz: CC BY 4.0" in client.get(f"/idee/{an_idea().id}").text


def test_a_draft_says_until_when_it_is_kept(client):
    draft = an_idea(state="draft", published_at=None, changed_at=now() - 10 * DAY)
    client.sign_in(draft.author)
    until = now() - 10 * DAY + timedelta(days=90)
    for address in (f"/idee/{draft.id}", "/entwuerfe", "/mein-bereich"):
        assert str(until.year) in client.get(address).text
        assert "ufbewahrt" in client.get(address).text


def test_the_history_shows_place_and_district(client):
    old, new = a_district(title="Altstadt"), a_district(title="Hafen", west=8.05)
    idea = an_idea(district_id=old.id, place="am Markt")
    with transaction():
        where = Whereabouts(new, "am Kai", 52_220_000, 8_070_000)
        edit_idea(idea.author, idea=idea, title=idea.title, text=idea.text, topic=None, revision=1, where=where)
    page = re.sub('<span class="kern-sr-only">[^<]*</span>', "", client.get(f"/idee/{idea.id}/verlauf").text)
    assert "Stadtteil: <del>Altstadt</del> <ins>Hafen</ins>" in page
    assert "Ort: <del>am Markt</del> <ins>am Kai</ins>" in page
    assert "<del>nicht angegeben</del> <ins>52.2200° N, 8.0700° O</ins>" in page


def test_a_long_history_comes_page_by_page_and_misses_no_change(client):
    idea = an_idea(title="Fassung 0")
    for number in range(1, 24):
        with transaction():
            title = f"Fassung {number}"
            edit_idea(idea.author, idea=idea, title=title, text=idea.text, topic=None, revision=number)
    address, seen = f"/idee/{idea.id}/verlauf", []
    while address:
        page = client.get(address).text
        seen += re.findall(r'id="change-(\d+)"', page)
        more = re.search(r'href="(/idee/[^"]*\?bis=\d+)"', page)
        address = more[1] if more else ""
    assert seen == [str(number) for number in range(23, 0, -1)]
    for nonsense in ("x", "-1", "0", "9" * 30, "٣"):
        assert client.get(f"/idee/{idea.id}/verlauf?bis={nonsense}").status_code == 200


def test_an_idea_with_everything_costs_few_queries(client, count_queries):
    idea = an_idea(district_id=a_district().id, latitude=52_220_000, longitude=8_020_000)
    for _number in range(3):
        asked(idea, a_person(), accepts=True)
    with transaction():
        tag_idea(a_person("moderator"), idea=idea, titles=["Licht"])
    assert count_queries(lambda: client.get(f"/idee/{idea.id}")) <= 8
