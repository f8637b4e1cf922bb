import pytest
from sqlalchemy import select

from ideenlab.comments.models import Comment
from ideenlab.core.db import db
from ideenlab.ideas.models import Idea
from ideenlab.mail.models import Mail
from tests.factories import a_comment, a_person, an_idea

REASON = "Nennt den vollen Namen eines Nachbarn."


@pytest.mark.parametrize(
    ("role", "status"), [(None, 403), ("juror", 403), ("moderator", 200), ("organiser", 200), ("administrator", 200)]
)
def test_who_opens_the_moderation(client, role, status):
    idea = an_idea()
    comment = a_comment(idea)
    client.sign_in(a_person(*([role] if role else [])))
    for path in ("", f"/idee/{idea.id}/ausblenden", f"/kommentar/{comment.id}/ausblenden"):
        assert client.get(f"/moderation{path}").status_code == status


def test_an_idea_is_hidden_with_a_reason_and_shown_again(client):
    author = a_person()
    idea = an_idea(author=author, title="Bänke an der Hase")
    number, slug = idea.id, idea.call.slug
    client.sign_in(a_person("moderator"))
    assert client.post(f"/moderation/idee/{number}/ausblenden", data={"reason": REASON}).status_code == 303
    page = client.get("/moderation/zuletzt").text
    assert REASON in page
    assert f"/moderation/idee/{number}/wieder-zeigen" in page
    client.sign_out()
    assert client.get(f"/idee/{number}").status_code == 404
    assert "Bänke an der Hase" not in client.get(f"/ideen/{slug}").text
    client.sign_in(a_person())
    assert client.get(f"/idee/{number}").status_code == 404
    client.sign_out()
    client.sign_in(author)
    assert REASON in client.get(f"/idee/{number}").text
    client.sign_out()
    client.sign_in(a_person("moderator"))
    assert REASON in client.get(f"/moderation/idee/{number}/wieder-zeigen").text
    assert client.post(f"/moderation/idee/{number}/wieder-zeigen").status_code == 303
    assert "Bänke an der Hase" in client.get(f"/ideen/{slug}").text
    db.session.rollback()
    assert [mail.recipient for mail in db.session.scalars(select(Mail))] == [author.email, author.email]


def test_a_comment_is_hidden_with_a_reason_and_shown_again(client):
    writer = a_person(pseudonym="Kiebitz")
    idea = an_idea()
    comment = a_comment(idea, writer, text="So ein Unfug!")
    number, path = comment.id, f"/idee/{idea.id}"
    client.sign_in(a_person("moderator"))
    assert "So ein Unfug!" in client.get("/moderation/zuletzt").text
    client.post(f"/moderation/kommentar/{number}/ausblenden", data={"reason": REASON})
    page = client.get(path).text
    assert "So ein Unfug!" not in page
    assert "Die Moderation hat diesen Kommentar ausgeblendet." in page
    assert "0 Kommentare" in page
    client.post(f"/moderation/kommentar/{number}/wieder-zeigen")
    page = client.get(path).text
    assert "So ein Unfug!" in page
    assert "1 Kommentar<" in page


@pytest.mark.parametrize("reason", ["", " \u200b\n", "kurz", "x" * 501])
def test_without_a_sensible_reason_nothing_is_hidden(client, reason):
    idea = an_idea()
    comment = a_comment(idea)
    client.sign_in(a_person("moderator"))
    for path in (f"idee/{idea.id}", f"kommentar/{comment.id}"):
        answer = client.post(f"/moderation/{path}/ausblenden", data={"reason": reason})
        assert answer.status_code == 422
    db.session.rollback()
    assert db.session.scalars(select(Idea)).one().state == "published"
    assert db.session.scalars(select(Comment)).one().state == "visible"


def test_somebodys_draft_is_not_there_for_the_moderation(client):
    idea = an_idea(state="draft", published_at=None, title="Kanarienvogel")
    client.sign_in(a_person("moderator"))
    assert "Kanarienvogel" not in client.get("/moderation/zuletzt").text
    assert client.get(f"/moderation/idee/{idea.id}/ausblenden").status_code == 404


def test_what_is_already_hidden_is_refused_with_a_sentence(client):
    idea = an_idea(state="hidden", hidden_reason=REASON)
    client.sign_in(a_person("moderator"))
    answer = client.post(f"/moderation/idee/{idea.id}/ausblenden", data={"reason": REASON})
    assert (answer.status_code, "ist von der Moderation ausgeblendet" in answer.text) == (403, True)


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_the_moderation_costs_the_same_for_few_and_many(client, count_queries, rows):
    for _number in range(rows):
        a_comment(an_idea())
    client.sign_in(a_person("moderator"))
    assert count_queries(lambda: client.get("/moderation/zuletzt")) <= 12
