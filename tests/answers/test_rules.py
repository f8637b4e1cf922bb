from datetime import timedelta

import pytest

from ideenlab.answers.models import Answer
from ideenlab.answers.rules import (
    is_overdue,
    may_answer_idea,
    may_correct_answer,
    may_discard_answer,
    may_edit_answer,
    may_manage_answers,
    may_publish_answer,
    may_restore_answer,
    may_set_status,
    may_withdraw_answer,
)
from ideenlab.core.clock import now
from ideenlab.ideas.models import Call
from tests.factories import a_person, an_idea

ORGANISERS = {"organiser", "administrator"}
ROLES = ["citizen", "juror", "moderator", "organiser", "administrator"]
NO_ORGANISER = "Nur die Organisation kann für die Stadt antworten."
NO_DRAFT = "Diese Antwort ist kein Entwurf mehr."


def somebody(role):
    return a_person(*([] if role == "citizen" else [role]))


def verdict(found):
    return bool(found), found.reason


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("rule", [may_answer_idea, may_set_status])
@pytest.mark.parametrize("state", ["draft", "waiting", "published", "hidden", "withdrawn", "merged"])
def test_organisers_answer_ideas_that_are_published(app, role, rule, state):
    found = verdict(rule(somebody(role), an_idea(state=state)))
    if role not in ORGANISERS:
        assert found == (False, NO_ORGANISER)
    elif state in ("published", "merged"):
        assert found == (True, "")
    else:
        assert found == (False, "Diese Idee ist nicht veröffentlicht.")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("assigned", [True, False])
@pytest.mark.parametrize("state", ["draft", "published", "withdrawn"])
def test_drafts_are_written_by_organisers_and_those_asked(app, role, assigned, state):
    person = somebody(role)
    answer = Answer(idea=an_idea(), state=state, text="x", assigned_to_id=person.id if assigned else None)
    found = verdict(may_edit_answer(person, answer))
    if state != "draft":
        assert found == (False, NO_DRAFT)
    elif role in ORGANISERS or (role == "moderator" and assigned):
        assert found == (True, "")
    else:
        assert found == (False, "Diese Antwort ist Ihnen nicht zugewiesen.")


WANTED = {
    may_publish_answer: ("draft", NO_DRAFT), may_discard_answer: ("draft", NO_DRAFT),
    may_correct_answer: ("published", "Diese Antwort ist nicht veröffentlicht."),
    may_withdraw_answer: ("published", "Diese Antwort ist nicht veröffentlicht."),
    may_restore_answer: ("withdrawn", "Diese Antwort wurde nicht zurückgezogen."),
}  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("rule", list(WANTED), ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("state", ["draft", "published", "withdrawn"])
def test_what_organisers_do_depends_on_the_state_of_the_answer(app, role, rule, state):
    found = verdict(rule(somebody(role), Answer(idea=an_idea(), state=state, text="x")))
    wanted, otherwise = WANTED[rule]
    reasons = {otherwise} if state != wanted else set()
    reasons |= {NO_ORGANISER} if role not in ORGANISERS else set()
    assert found in ([(False, reason) for reason in reasons] or [(True, "")])


def test_an_answer_without_words_is_not_published(app):
    found = may_publish_answer(somebody("organiser"), Answer(idea=an_idea(), state="draft", text=""))
    assert verdict(found) == (False, "Eine Antwort braucht einen Text, bevor sie veröffentlicht wird.")


@pytest.mark.parametrize("role", ROLES)
def test_lists_and_figures_are_for_organisers(app, role):
    assert bool(may_manage_answers(somebody(role))) == (role in ORGANISERS)


@pytest.mark.parametrize(("days", "late"), [(None, False), (-1, True), (1, False)])
def test_what_is_late(app, days, late):
    until = None if days is None else now() + timedelta(days=days)
    assert is_overdue(Call(answer_until=until), now()) is late
