"""The discussion below an idea: both sides, votes, changes, paging; and nothing of it where the call does without."""

from datetime import timedelta

import pytest
from sqlalchemy import insert

from ideenlab.comments.models import Comment
from ideenlab.comments.queries import REPLIES, REPLIES_ALONE, ROOTS
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.ideas.actions import vote_on_comment_on_idea
from tests.factories import a_call, a_comment, a_person, an_idea

HX = {"HX-Request": "true"}


def vote(comment, value, person=None):
    with transaction():
        vote_on_comment_on_idea(person or a_person(), comment=comment, value=value)


def test_a_comment_speaks_for_or_against(client):
    idea = an_idea()
    client.sign_in(a_person())
    for stance, text in (("pro", "Ja, gern."), ("contra", "Nein, danke."), ("neutral", "Mal sehen.")):
        answer = client.post(f"/idee/{idea.id}/kommentare", data={"text": text, "stance": stance})
        assert answer.status_code == 303
    page = client.get(f"/idee/{idea.id}").text
    pro, contra = page.split('id="best-pro"')[1].split('id="best-contra"')
    assert ("Ja, gern." in pro, "Nein, danke." in pro) == (True, False)
    assert "Nein, danke." in contra.split("</section>")[0]
    assert "Mal sehen." not in pro + contra.split("</section>")[0]
    wrong = client.post(f"/idee/{idea.id}/kommentare", data={"text": "Bleibt stehen.", "stance": "vielleicht"})
    assert wrong.status_code == 422
    assert "Bitte wählen Sie eine dieser Möglichkeiten." in wrong.text
    assert "Bleibt stehen." in wrong.text


def test_voting_on_a_comment_with_and_without_javascript(client):
    idea = an_idea()
    comment = a_comment(idea)
    client.sign_in(a_person())
    path = f"/kommentar/{comment.id}/stimme"
    answer = client.post(path, data={"value": "1"})
    assert (answer.status_code, answer.location) == (
        303,
        f"/idee/{idea.id}?kommentar={comment.id}#comment-{comment.id}",
    )
    assert "Sie finden diesen Kommentar hilfreich." in client.get(answer.location).text
    part = client.post(path, data={"value": "-1"}, headers=HX)
    assert part.text.count('aria-pressed="true"') == 1
    assert 'value="0" aria-pressed="true">Nicht hilfreich <span class="il-vote__count">1</span>' in part.text
    part = client.post(path, data={"value": "0"}, headers=HX)
    assert 'aria-pressed="true"' not in part.text
    assert client.post(path, data={"value": "5"}).status_code == 422
    assert client.post(path).status_code == 422


def test_who_cannot_vote_sees_the_numbers_only(client):
    author = a_person()
    idea = an_idea()
    comment = a_comment(idea, author)
    vote(comment, 1)
    vote(comment, -1)
    for person in (None, author):
        if person:
            client.sign_in(person)
        page = client.get(f"/idee/{idea.id}").text
        assert "1 findet ihn hilfreich, 1 nicht" in page
        assert 'class="il-vote"' not in page
    answer = client.post(f"/kommentar/{comment.id}/stimme", data={"value": "1"})
    assert answer.status_code == 403
    assert "Diesen Kommentar haben Sie selbst geschrieben." in answer.text


def test_a_call_without_votes_on_comments_has_no_buttons_and_takes_none(client):
    idea = an_idea(a_call(takes_comment_votes=False))
    comment = a_comment(idea, stance="pro", for_count=3)
    a_comment(idea)
    client.sign_in(a_person())
    page = client.get(f"/idee/{idea.id}").text
    for control in ("il-vote", "findet ihn hilfreich", "Beste zuerst", "best-pro"):
        assert control not in page
    answer = client.post(f"/kommentar/{comment.id}/stimme", data={"value": "1"})
    assert answer.status_code == 403
    assert "In diesem Ideenaufruf gibt es keine Stimmen zu Kommentaren." in answer.text


@pytest.mark.parametrize("takes_mentions", [True, False])
def test_mentions_are_explained_where_they_work(client, takes_mentions):
    idea = an_idea(a_call(takes_mentions=takes_mentions))
    client.sign_in(a_person())
    page = client.get(f"/idee/{idea.id}").text
    assert ("Mit @ und einem Pseudonym" in page) == takes_mentions


def test_after_the_discussion_nothing_is_changed_or_voted(client):
    author = a_person()
    idea = an_idea(a_call(open_phases=("support",)))
    comment = a_comment(idea, author)
    client.sign_in(author)
    assert client.get(f"/kommentar/{comment.id}/bearbeiten").status_code == 403
    client.sign_in(a_person())
    answer = client.post(f"/kommentar/{comment.id}/stimme", data={"value": "1"})
    assert (answer.status_code, "Kommentare waren bis" in answer.text) == (403, True)
    assert 'class="il-vote"' not in client.get(f"/idee/{idea.id}").text


def test_a_comment_is_changed_and_later_says_so(client):
    author = a_person()
    idea = an_idea()
    comment = a_comment(idea, author, text="Erste Fassung")
    path = f"/kommentar/{comment.id}/bearbeiten"
    client.sign_in(author)
    page = client.get(path).text
    assert "Erste Fassung" in page
    assert "Bis eine Viertelstunde nach dem Schreiben wird eine Änderung nicht gekennzeichnet." in page
    client.post(path, data={"text": "Zweite Fassung", "stance": "pro", "revision": "1"})
    assert "bearbeitet" not in client.get(f"/idee/{idea.id}").text
    with transaction():
        comment.created_at = now() - timedelta(minutes=15)
    assert "Der Kommentar ist danach als bearbeitet gekennzeichnet." in client.get(path).text
    answer = client.post(path, data={"text": "Dritte Fassung", "stance": "contra", "revision": "2"})
    assert answer.status_code == 303
    client.sign_out()
    page = client.get(f"/idee/{idea.id}").text
    assert ("bearbeitet" in page, "Zweite Fassung" in page) == (True, False)
    older = client.get(f"/kommentar/{comment.id}/verlauf").text
    assert "Zweite Fassung" in older
    assert "Erste Fassung" not in older
    with transaction():
        comment.state = "withdrawn"
    assert client.get(f"/kommentar/{comment.id}/verlauf").status_code == 404


def test_of_two_windows_the_second_sees_both_texts(client):
    author = a_person()
    comment = a_comment(an_idea(), author)
    path = f"/kommentar/{comment.id}/bearbeiten"
    client.sign_in(author)
    client.post(path, data={"text": "Aus dem ersten Fenster", "stance": "neutral", "revision": "1"})
    clash = client.post(path, data={"text": "Aus dem zweiten Fenster", "stance": "neutral", "revision": "1"})
    assert clash.status_code == 409
    assert "Aus dem ersten Fenster" in clash.text
    assert "Aus dem zweiten Fenster" in clash.text


@pytest.mark.parametrize(("text", "stance"), [(" ", "pro"), ("x" * 3001, "pro"), ("Gut", "x")])
def test_a_refused_change_keeps_what_was_typed(client, text, stance):
    author = a_person()
    comment = a_comment(an_idea(), author)
    client.sign_in(author)
    answer = client.post(f"/kommentar/{comment.id}/bearbeiten", data={"text": text, "stance": stance, "revision": "1"})
    assert answer.status_code == 422
    assert text.strip() in answer.text


def test_only_the_author_opens_the_form_of_a_comment(client):
    comment = a_comment(an_idea())
    client.sign_in(a_person("moderator"))
    answer = client.get(f"/kommentar/{comment.id}/bearbeiten")
    assert answer.status_code == 403
    assert "Nur wer einen Kommentar geschrieben hat, kann ihn ändern." in answer.text


# A long discussion


def many(idea, number, root=None):
    """So many comments at once, or replies to one."""
    author, root_id = a_person().id, root.id if root else None
    rows = []
    for place in range(1, number + 1):
        text = f"{'Antwort' if root else 'Kommentar'} Nr. {place}."
        rows.append({
            "thread_id": idea.thread_id, "author_id": author, "text": text, "text_html": f"<p>{text}</p>",
            "parent_id": root_id, "root_id": root_id, "place": place if root else 0,
        })  # fmt: skip
    with transaction():
        db.session.execute(insert(Comment), rows)
        idea.comment_count += number


def test_ten_thousand_comments_come_page_by_page(client, count_queries):
    idea = an_idea()
    many(idea, 2_000)
    root = db.session.scalars(db.select(Comment).order_by(Comment.id)).first()
    many(idea, 8_000, root)
    path = f"/idee/{idea.id}"
    page = client.get(path).text
    assert "10000 Kommentare" in page.replace(".", "")
    assert page.count('class="il-comment"') == ROOTS + REPLIES
    assert len(page) < 200_000
    assert count_queries(lambda: client.get(path)) <= 8
    more = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = client.get(more).text
    assert "Kommentar Nr. 21." in second
    assert "Kommentar Nr. 20." not in second
    assert count_queries(lambda: client.get(more)) <= 8
    alone = f"/kommentar/{root.id}/antworten"
    assert client.get(alone).text.count('class="il-comment"') == REPLIES_ALONE + 1
    assert count_queries(lambda: client.get(alone)) <= 8


def test_the_address_of_a_comment_leads_to_the_page_on_which_it_stands(client):
    idea = an_idea()
    many(idea, 3 * ROOTS)
    comments = db.session.scalars(db.select(Comment).order_by(Comment.id)).all()
    many(idea, 2 * REPLIES_ALONE, comments[0])
    replies = db.session.scalars(db.select(Comment).where(Comment.place > 0).order_by(Comment.id)).all()
    for comment in (comments[0], comments[-1], comments[ROOTS], replies[0], replies[REPLIES - 1], replies[REPLIES],
                    replies[REPLIES_ALONE - 1], replies[REPLIES_ALONE], replies[-1]):  # fmt: skip
        answer = client.get(f"/kommentar/{comment.id}")
        assert answer.status_code == 302
        anchor = answer.location.split("#")[1]
        assert f'id="{anchor}"' in client.get(answer.location).text


@pytest.mark.parametrize("query", ["kommentar=0", "kommentar=x", "kommentar=99999999999", "kommentar=4711", "ab=zzz",
                                   "kommentare=beste&ab=WyJiZXN0Il0", "kommentare=nix", "antwort=-1"])  # fmt: skip
def test_an_address_that_was_made_up_shows_the_discussion_all_the_same(client, query):
    idea = an_idea()
    a_comment(idea, text="Ich stehe hier.")
    answer = client.get(f"/idee/{idea.id}?{query}")
    assert (answer.status_code, "Ich stehe hier." in answer.text) == (200, True)


def test_what_waits_for_its_release_has_no_address_for_others(client):
    author = a_person()
    comment = a_comment(an_idea(), author, state="waiting", text="Noch nicht für alle.")
    paths = [f"/kommentar/{comment.id}{more}" for more in ("", "/antworten", "/verlauf")]
    assert [client.get(path).status_code for path in paths] == [404, 404, 404]
    assert "Noch nicht für alle." not in client.get(f"/idee/{comment.thread_id}").text
    client.sign_in(author)
    assert [client.get(path).status_code for path in paths] == [302, 200, 200]
    for path in ("bearbeiten", "zurueckziehen"):
        client.sign_in(a_person())
        assert client.get(f"/kommentar/{comment.id}/{path}").status_code == 404


def test_comments_of_an_idea_that_cannot_be_seen_cannot_be_seen_either(client):
    idea = an_idea(state="hidden")
    comment = a_comment(idea)
    for more in ("", "/antworten", "/verlauf"):
        assert client.get(f"/kommentar/{comment.id}{more}").status_code == 404
    client.sign_in(a_person())
    assert client.post(f"/kommentar/{comment.id}/stimme", data={"value": "1"}).status_code == 404


def test_in_a_call_moderated_beforehand_a_changed_comment_waits_again(client):
    author = a_person()
    idea = an_idea(a_call(is_premoderated=True))
    comment = a_comment(idea, author, text="Freigegeben.")
    client.sign_in(author)
    path = f"/kommentar/{comment.id}/bearbeiten"
    answer = client.post(path, data={"text": "Etwas ganz anderes.", "stance": "neutral", "revision": "1"})
    assert "Ihre Änderung wartet auf die Freigabe." in client.get(answer.location).text
    db.session.refresh(comment)
    db.session.refresh(idea)
    assert (comment.state, idea.comment_count) == ("waiting", 0)
    client.sign_out()
    page = client.get(f"/idee/{idea.id}").text
    assert ("Etwas ganz anderes." in page, "0 Kommentare" in page) == (False, True)


def test_in_a_locked_discussion_nothing_is_written_changed_or_voted(client):
    author = a_person()
    idea = an_idea()
    comment = a_comment(idea, author)
    with transaction():
        idea.thread.locked_at, idea.thread.locked_reason = now(), "Es wurde persönlich."
    said = "Es wurde persönlich."
    client.sign_in(author)
    change = client.post(f"/kommentar/{comment.id}/bearbeiten", data={"text": "Neu.", "stance": "pro", "revision": "1"})
    more = client.post(f"/idee/{idea.id}/kommentare", data={"text": "Noch etwas."})
    client.sign_in(a_person())
    vote_too = client.post(f"/kommentar/{comment.id}/stimme", data={"value": "1"})
    for answer in (change, more, vote_too):
        assert (answer.status_code, said in answer.text) == (403, True)
    for path in (f"/idee/{idea.id}", f"/kommentar/{comment.id}/antworten"):
        assert 'class="il-vote"' not in client.get(path).text
