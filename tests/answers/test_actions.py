import pytest

from ideenlab.answers.actions import (
    correct_answer,
    discard_answer,
    draft_answers,
    edit_answer,
    edit_office,
    edit_status,
    make_office,
    make_status,
    move_status,
    publish_answer,
    remove_office,
    remove_status,
    restore_answer,
    set_status,
    withdraw_answer,
)
from ideenlab.answers.actions.drafts import MOST_AT_ONCE, Wording
from ideenlab.answers.actions.statuses import MOST_STATUSES
from ideenlab.answers.models import DEFAULT_STATUSES, Answer
from ideenlab.answers.queries import answers_of, offices, older_wordings_of, statuses, timeline_of
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.ideas.models import CoAuthor, Idea
from ideenlab.mail.models import Mail
from ideenlab.notifications.actions import follow
from ideenlab.notifications.models import Notice
from tests.answers.factories import a_draft, an_answer, fresh, the_statuses
from tests.factories import a_person, an_idea


@pytest.fixture
def organiser(app):
    return a_person("organiser")


def mails():
    db.session.rollback()
    return [(mail.recipient, mail.subject) for mail in db.session.query(Mail).order_by(Mail.id)]


def deeds(idea):
    return [(step.deed, step.note) for step in timeline_of(fresh(idea))]


def test_an_answer_gives_the_idea_its_status_and_its_date(organiser):
    known = the_statuses()
    idea = an_idea(status_id=known["in-pruefung"].id)
    answer = an_answer(idea, organiser, status=known["angenommen"], signed="A. Weber")
    idea = fresh(idea)
    assert (idea.status.slug, idea.answered_at) == ("angenommen", fresh(answer).published_at)
    assert [one.text_html for one in answers_of(idea)] == ["<p>Wir bauen sie.</p>\n"]
    assert deeds(idea) == [("ideas.published", ""), ("answers.published", ""), ("answers.status", "Angenommen")]


def test_a_draft_is_seen_and_told_nowhere(organiser):
    idea = an_idea()
    a_draft(idea, organiser)
    assert answers_of(idea) == []
    assert deeds(idea) == [("ideas.published", "")]
    assert fresh(idea).answered_at is None
    assert mails() == []


def test_author_and_co_authors_are_told_at_once_and_followers_once(organiser):
    idea, helper, asked, follower, both = an_idea(title="Bänke"), a_person(), a_person(), a_person(), a_person()
    with transaction():
        for person, state in ((helper, "accepted"), (asked, "invited"), (both, "accepted")):
            db.session.add(CoAuthor(idea_id=idea.id, person_id=person.id, state=state))
        for person in (follower, both, idea.author):
            follow(person, idea)
    an_answer(idea, organiser)
    said = "Die Stadt hat geantwortet: Bänke"
    assert sorted(mails()) == sorted((person.email, said) for person in (idea.author, helper, both))
    told = db.session.query(Notice).filter_by(thing="ideas", thing_id=idea.id).all()
    heard = [(person.id, "own", True) for person in (idea.author, helper, both)]
    assert sorted((notice.person_id, notice.kind, notice.mail_at is None) for notice in told) == sorted(
        [*heard, (follower.id, "followed", False)]
    )


def test_one_text_for_several_ideas_becomes_an_answer_of_each(organiser):
    ideas = [an_idea() for _number in range(3)]
    with transaction():
        drafts = draft_answers(organiser, ideas=ideas, wording=Wording(text="Ja."))
    assert [(draft.idea_id, draft.text) for draft in drafts] == [(idea.id, "Ja.") for idea in ideas]
    with transaction():
        edit_answer(organiser, answer=drafts[0], wording=Wording(text="Nein."), revision=1)
    assert [fresh(draft).text for draft in drafts] == ["Nein.", "Ja.", "Ja."]


@pytest.mark.parametrize("number", [0, MOST_AT_ONCE + 1])
def test_none_and_too_many_ideas_are_refused(organiser, number):
    ideas = [an_idea()] * number
    with pytest.raises(Invalid) as refused, transaction():
        draft_answers(organiser, ideas=ideas, wording=Wording(text="Ja."))
    assert refused.value.field == "ideas"


def test_two_organisers_do_not_both_begin_an_answer_and_nothing_is_half_saved(organiser):
    first, second = an_idea(), an_idea()
    a_draft(second, organiser)
    with pytest.raises(Conflict, match="begonnen"), transaction():
        draft_answers(organiser, ideas=[first, second], wording=Wording(text="Ja."))
    db.session.rollback()
    assert db.session.query(Answer).count() == 1


def test_the_second_of_two_organisers_is_told_instead_of_overwriting(organiser):
    answer = a_draft(organiser=organiser)
    with transaction():
        edit_answer(organiser, answer=answer, wording=Wording(text="Ja, bald."), revision=1)
    with pytest.raises(Conflict) as refused, transaction():
        edit_answer(organiser, answer=fresh(answer), wording=Wording(text="Nein."), revision=1)
    assert (refused.value.mine, refused.value.stored) == ([("Text", "Nein.")], [("Text", "Ja, bald.")])
    with pytest.raises(Conflict), transaction():
        publish_answer(organiser, answer=fresh(answer), revision=1)
    assert (fresh(answer).text, fresh(answer).state) == ("Ja, bald.", "draft")


def test_an_answer_without_a_text_is_not_published(organiser):
    answer = a_draft(organiser=organiser, text="")
    with pytest.raises(NotAllowed, match="Text"), transaction():
        publish_answer(organiser, answer=answer, revision=1)


def test_a_corrected_answer_stays_readable_as_it_was(organiser):
    answer = an_answer(organiser=organiser, signed="A. Weber")
    with transaction():
        correct_answer(organiser, answer=answer, text="Wir bauen zwei.", signed="B. Kurz", revision=2)
    answer = fresh(answer)
    assert (answer.text, answer.signed, answer.revision) == ("Wir bauen zwei.", "B. Kurz", 3)
    assert [(old.text, old.signed, old.written_at) for old in older_wordings_of(answer)] == [
        ("Wir bauen sie.", "A. Weber", answer.published_at)
    ]
    with transaction():
        correct_answer(organiser, answer=answer, text="Wir bauen zwei.", signed="B. Kurz", revision=3)
    assert fresh(answer).revision == 3
    assert [subject.partition(":")[0] for _to, subject in mails()] == [
        "Die Stadt hat geantwortet", "Die Stadt hat ihre Antwort berichtigt",
    ]  # fmt: skip


def test_a_withdrawn_answer_leaves_its_reason_and_gives_back_status_and_date(organiser):
    known = the_statuses()
    idea = an_idea(status_id=known["in-pruefung"].id)
    answer = an_answer(idea, organiser, status=known["umgesetzt"])
    with transaction():
        withdraw_answer(organiser, answer=answer, reason="Falsche Idee.", revision=2)
    idea = fresh(idea)
    assert (idea.status.slug, idea.answered_at) == ("in-pruefung", None)
    assert (fresh(answer).state, fresh(answer).withdrawn_reason) == ("withdrawn", "Falsche Idee.")
    with transaction():
        restore_answer(organiser, answer=answer, revision=3)
    idea = fresh(idea)
    assert (idea.status.slug, idea.answered_at) == ("umgesetzt", fresh(answer).published_at)
    assert [deed for deed, _note in deeds(idea)][-4:] == [
        "answers.withdrawn", "answers.status", "answers.restored", "answers.status",
    ]  # fmt: skip


def test_a_status_that_was_changed_meanwhile_is_not_taken_back_with_an_answer(organiser):
    known = the_statuses()
    idea = an_idea(status_id=known["in-pruefung"].id)
    answer = an_answer(idea, organiser, status=known["angenommen"])
    with transaction():
        set_status(organiser, idea=idea, status=known["umgesetzt"], seen=known["angenommen"])
        withdraw_answer(organiser, answer=answer, reason="Falsch.", revision=2)
    assert fresh(idea).status.slug == "umgesetzt"


def test_of_two_answers_the_first_that_stands_counts(organiser):
    idea = an_idea()
    first, second = an_answer(idea, organiser), an_answer(idea, organiser)
    assert fresh(idea).answered_at == fresh(first).published_at
    with transaction():
        withdraw_answer(organiser, answer=fresh(first), reason="Falsch.", revision=2)
    assert fresh(idea).answered_at == fresh(second).published_at
    assert [answer.id for answer in answers_of(idea)] == [second.id, first.id]


@pytest.mark.parametrize("reason", ["", "  ", "x" * 501])
def test_a_withdrawal_needs_a_reason(organiser, reason):
    answer = an_answer(organiser=organiser)
    with pytest.raises(Invalid) as refused, transaction():
        withdraw_answer(organiser, answer=answer, reason=reason, revision=2)
    assert refused.value.field == "reason"


def test_a_discarded_draft_is_gone(organiser):
    answer = a_draft(organiser=organiser)
    with transaction():
        discard_answer(organiser, answer=answer)
    assert db.session.query(Answer).count() == 0


def test_who_is_asked_to_write_and_the_office_get_one_mail_each(organiser):
    writer = a_person("moderator")
    with transaction():
        office = make_office(organiser, name="Grünflächenamt", email="gruen@example.org")
    ideas = [an_idea(), an_idea()]
    with transaction():
        wording = Wording(office=office, assigned_to=writer)
        drafts = draft_answers(organiser, ideas=ideas, wording=wording)
    assert mails() == [
        (writer.email, "Bitte schreiben Sie Antworten auf 2 Ideen"),
        ("gruen@example.org", "2 Ideen für Ihr Amt: bitte antworten"),
    ]
    with transaction():
        edit_answer(writer, answer=drafts[0], wording=Wording(text="Ja."), revision=1)
    answer = fresh(drafts[0])
    assert (answer.text, answer.assigned_to_id, answer.office_id) == ("Ja.", writer.id, office.id)
    with pytest.raises(NotAllowed), transaction():
        publish_answer(writer, answer=answer, revision=2)


def test_only_people_who_work_here_are_asked(organiser):
    with pytest.raises(Invalid) as refused, transaction():
        draft_answers(organiser, ideas=[an_idea()], wording=Wording(assigned_to=a_person("juror")))
    assert refused.value.field == "assigned_to"


def test_a_status_is_set_with_a_trace_and_authors_hear_of_it(organiser):
    known = the_statuses()
    idea = an_idea(title="Bänke")
    with transaction():
        set_status(organiser, idea=idea, status=known["in-pruefung"], seen=known["eingegangen"])
        set_status(organiser, idea=idea, status=known["in-pruefung"], seen=known["in-pruefung"])
    assert deeds(idea)[-1] == ("answers.status", "In Prüfung")
    assert mails() == [(idea.author.email, "Neuer Status „In Prüfung“: Bänke")]
    with pytest.raises(Conflict), transaction():
        set_status(organiser, idea=fresh(idea), status=known["angenommen"], seen=known["eingegangen"])


def test_the_same_status_twice_in_the_course_of_time_is_told_twice(organiser):
    known = the_statuses()
    idea = an_idea()
    before = known["eingegangen"]
    for slug in ("in-pruefung", "angenommen", "in-pruefung"):
        with transaction():
            set_status(organiser, idea=idea, status=known[slug], seen=before)
        before = known[slug]
    assert len(mails()) == 3


def test_an_idea_begins_with_the_first_status(organiser):
    the_statuses()
    assert an_idea().status.slug == "eingegangen"


def test_a_city_begins_with_seven_statuses_once(app):
    the_statuses()
    assert [(one.slug, one.title, one.is_final) for one in the_statuses().values()] == list(DEFAULT_STATUSES)


def test_the_list_of_statuses_is_the_citys_own(organiser):
    known = the_statuses()
    with transaction():
        made = make_status(organiser, title="Beim Rat", is_final=False)
        edit_status(organiser, status=known["umgesetzt"], title="Fertig", is_final=True)
        move_status(organiser, status=made, up=True)
        move_status(organiser, status=known["eingegangen"], up=True)
        remove_status(organiser, status=known["zurueckgestellt"])
    assert [one.title for one in statuses()] == [
        "Eingegangen", "In Prüfung", "Angenommen", "In Umsetzung", "Fertig", "Nicht umsetzbar", "Beim Rat",
    ]  # fmt: skip


@pytest.mark.parametrize("title", ["", " ", "x" * 61, "EINGEGANGEN", "in pruefung"])
def test_a_status_needs_a_name_of_its_own(organiser, title):
    the_statuses()
    with pytest.raises(Invalid) as refused, transaction():
        make_status(organiser, title=title, is_final=False)
    assert refused.value.field == "title"


def test_there_is_an_end_to_statuses(organiser):
    the_statuses()
    with transaction():
        for number in range(MOST_STATUSES - 7):
            make_status(organiser, title=f"Stand {number}", is_final=False)
    with pytest.raises(Invalid), transaction():
        make_status(organiser, title="Noch einer", is_final=False)


def test_a_status_that_an_idea_or_an_answer_has_is_not_removed(organiser):
    known = the_statuses()
    an_idea(status_id=known["umgesetzt"].id)
    a_draft(organiser=organiser, status=known["angenommen"])
    for slug in ("umgesetzt", "angenommen"):
        with pytest.raises(Invalid), transaction():
            remove_status(organiser, status=known[slug])
    assert len(statuses()) == 7


def test_offices_have_names_of_their_own_and_stay_while_they_sign(organiser):
    with transaction():
        green = make_office(organiser, name="Grünflächenamt", email="")
        roads = make_office(organiser, name="Tiefbauamt", email="tief@example.org")
        edit_office(organiser, office=roads, name="Amt für Straßen", email=None)
    for name in ("gruenflaechenamt", ""):
        with pytest.raises(Invalid) as refused, transaction():
            make_office(organiser, name=name, email=None)
        assert refused.value.field == "name"
    a_draft(organiser=organiser, office=green)
    with pytest.raises(Invalid, match="unterschrieben"), transaction():
        remove_office(organiser, office=green)
    with transaction():
        remove_office(organiser, office=roads)
    assert [(office.name, office.email) for office in offices()] == [("Grünflächenamt", None)]


def test_answers_are_for_organisers(app):
    the_statuses()
    answer = an_answer()
    idea, citizen = answer.idea, a_person("moderator")
    refused = [
        lambda: draft_answers(citizen, ideas=[idea], wording=Wording(text="x")),
        lambda: correct_answer(citizen, answer=answer, text="x", signed="", revision=2),
        lambda: withdraw_answer(citizen, answer=answer, reason="x", revision=2),
        lambda: set_status(citizen, idea=idea, status=statuses()[0], seen=None),
        lambda: make_status(citizen, title="x", is_final=False),
        lambda: make_office(citizen, name="x", email=None),
    ]
    for deed in refused:
        with pytest.raises(NotAllowed), transaction():
            deed()
    assert db.session.get_one(Idea, idea.id).status.slug == "eingegangen"
