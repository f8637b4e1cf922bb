from datetime import timedelta

import pytest

from ideenlab.answers.actions import correct_answer, withdraw_answer
from ideenlab.answers.queries import statuses
from ideenlab.core.clock import now
from ideenlab.core.db import transaction
from ideenlab.ideas.actions import enter_idea
from tests.answers.factories import a_draft, an_answer, the_statuses
from tests.factories import a_call, a_person, an_idea


def test_an_idea_without_an_answer_says_until_when_the_city_answers(app, client):
    idea = an_idea(a_call(answer_until=now() + timedelta(days=9)))
    page = client.get(f"/idee/{idea.id}")
    assert "Die Stadt hat noch nicht geantwortet." in page.text
    assert "Antwort bis" in page.text


def test_everybody_reads_answer_office_status_and_course(app, client):
    known = the_statuses()
    answer = an_answer(status=known["angenommen"], signed="A. <b>Weber</b>", text="**Ja**, bald.")
    page = client.get(f"/idee/{answer.idea_id}")
    for text in ("<strong>Ja</strong>", "A. &lt;b&gt;Weber", "Status: Angenommen", "Was bisher geschah"):
        assert text in page.text
    assert "Berichtigen" not in page.text
    english = client.get(f"/en/idee/{answer.idea_id}")
    assert "Status: Accepted" in english.text


def test_statuses_of_the_city_are_english_on_english_pages(app, client):
    """In the filter, on the page of the idea, in its course, and for the organisers."""
    known, organiser = the_statuses(), a_person("organiser")
    client.sign_in(organiser)
    here = "/organisation/antworten/statusliste"
    client.post(here, data={"title": "Beim Rat", "title_en": "With the council"})
    client.post(f"{here}/{known['umgesetzt'].id}", data={"title": "Umgesetzt", "title_en": "Built", "is_final": "y"})
    assert '<span class="il-muted" lang="en">– With the council</span>' in client.get(here).text
    council = next(status for status in statuses() if status.title == "Beim Rat")
    idea = an_answer(status=council).idea
    client.sign_out()
    page, course = client.get(f"/en/idee/{idea.id}").text.split('id="timeline"')
    assert "Status: With the council" in page
    assert "Status: With the council" in course
    assert "Status: Beim Rat" in client.get(f"/idee/{idea.id}").text
    options = client.get(f"/en/ideen/{idea.call.slug}").text
    assert [name in options for name in ("Received", "Built", "With the council", "Beim Rat")] == [True] * 3 + [False]
    assert "Eingegangen" in client.get(f"/ideen/{idea.call.slug}").text


def test_the_page_of_a_code_shows_the_answer_too(app, client):
    helper, call = a_person("moderator"), a_call()
    with transaction():
        idea, code = enter_idea(
            helper, call=call, origin="postcard", title="Bänke am Ufer", text="Damit alle sich ausruhen können.",
            topic=None, address=None, agrees_to_licence=True,
        )  # fmt: skip
    answer = an_answer(idea, signed="A. Weber", text="**Ja**, bald.")
    page = client.post("/idee/mit-code", data={"code": code}).text
    assert "<strong>Ja</strong>, bald." in page
    assert "A. Weber" in page
    with transaction():
        withdraw_answer(a_person("organiser"), answer=answer, reason="Ein Irrtum.", revision=answer.revision)
    assert "bald." not in client.post("/idee/mit-code", data={"code": code}).text


def test_a_draft_is_on_no_page_of_others(app, client):
    answer = a_draft(text="Geheimer Entwurf")
    for person in (None, answer.idea.author, a_person("moderator")):
        if person:
            client.sign_in(person)
        assert "Geheimer Entwurf" not in client.get(f"/idee/{answer.idea_id}").text
        assert client.get(f"/antwort/{answer.id}/verlauf").status_code == 404


def test_a_withdrawn_answer_shows_its_reason_and_not_its_text(app, client):
    organiser = a_person("organiser")
    answer = an_answer(organiser=organiser, text="Ja, sofort.")
    with transaction():
        withdraw_answer(organiser, answer=answer, reason="Falsche Idee.", revision=2)
    page = client.get(f"/idee/{answer.idea_id}")
    assert "Falsche Idee." in page.text
    assert "Ja, sofort." not in page.text
    assert client.get(f"/antwort/{answer.id}/verlauf").status_code == 404


def test_the_old_words_of_a_corrected_answer_can_be_read(app, client):
    organiser = a_person("organiser")
    answer = an_answer(organiser=organiser, text="Ja, sofort.")
    with transaction():
        correct_answer(organiser, answer=answer, text="Ja, im Mai.", signed="", revision=2)
    assert "vorherigen Text ansehen" in client.get(f"/idee/{answer.idea_id}").text
    page = client.get(f"/antwort/{answer.id}/verlauf")
    assert "Ja, sofort." in page.text
    assert "Ja, im Mai." in page.text


def test_organisers_find_what_to_do_on_the_idea(app, client):
    organiser = a_person("organiser")
    client.sign_in(organiser)
    answer = an_answer(organiser=organiser)
    page = client.get(f"/idee/{answer.idea_id}").text
    for address in (f"{answer.id}/berichtigen", f"{answer.id}/zurueckziehen", f"neu?idee={answer.idea_id}"):
        assert f"/organisation/antworten/{address}" in page
    draft = a_draft(answer.idea, organiser)
    assert f"/organisation/antworten/{draft.id}" in client.get(f"/idee/{answer.idea_id}").text


@pytest.mark.parametrize("number", [0, 2**31, 10**30])
def test_an_answer_that_is_not_there_is_not_found(app, client, number):
    assert client.get(f"/antwort/{number}/verlauf").status_code == 404


def test_the_page_of_an_idea_costs_the_same_with_one_answer_and_with_many(app, client, count_queries):
    idea, organiser = an_idea(), a_person("organiser")
    an_answer(idea, organiser)
    one = count_queries(lambda: client.get(f"/idee/{idea.id}"))
    for _number in range(5):
        an_answer(idea, organiser)
    assert count_queries(lambda: client.get(f"/idee/{idea.id}")) == one
