from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public, visitor
from ideenlab.accounts.models import Person
from ideenlab.answers.models import Answer
from ideenlab.answers.queries import answers_of, draft_of, get_answer, older_wordings_of, statuses, timeline_of
from ideenlab.answers.queries.answers import Step
from ideenlab.answers.rules import (
    is_overdue,
    may_answer_idea,
    may_correct_answer,
    may_restore_answer,
    may_withdraw_answer,
)
from ideenlab.core.clock import now
from ideenlab.core.errors import NotFound
from ideenlab.core.i18n import language
from ideenlab.core.page_cache import same_for_visitors
from ideenlab.core.text import safe_html
from ideenlab.ideas.models import Idea, Status
from ideenlab.ideas.queries import status_name
from ideenlab.ideas.rules import may_read_text

blueprint = Blueprint("answers", __name__)


@blueprint.get("/antwort/<int:answer_id>/verlauf")
@public
@same_for_visitors
def versions(answer_id: int) -> ResponseReturnValue:
    """How a corrected answer read before."""
    answer = get_answer(answer_id)
    if answer.state != "published" or not may_read_text(visitor(), answer.idea):
        raise NotFound
    return render_template("answers/versions.html", answer=answer, older=older_wordings_of(answer), safe_html=safe_html)


def of_idea(idea: Idea) -> dict[str, object]:
    """What the page of an idea shows of the city's answers."""
    person = visitor()
    timeline = timeline_of(idea)
    found = answers_of(idea) if any(step.deed == "answers.published" for step in timeline) else []
    return {
        "answers": found, "timeline": timeline, "tools": {one.id: _tools(person, one) for one in found},
        "may_answer": person is not None and may_answer_idea(person, idea),
        "draft": draft_of(idea) if person and may_answer_idea(person, idea) else None,
        "safe_html": safe_html, "status_names": _names_now(timeline),
        "late": is_overdue(idea.call, now()) and idea.answered_at is None,
    }  # fmt: skip


def _tools(person: Person | None, answer: Answer) -> set[str]:
    if person is None:
        return set()
    verdicts = {
        "correct": may_correct_answer(person, answer), "withdraw": may_withdraw_answer(person, answer),
        "restore": may_restore_answer(person, answer),
    }  # fmt: skip
    return {name for name, verdict in verdicts.items() if verdict}


@blueprint.app_context_processor
def give_answers() -> dict[str, object]:
    return {"answers_of": of_idea}


@blueprint.app_template_filter("status_name")
def _status_name(status: Status | str) -> str:
    """Of a status, or of the name it had when something happened."""
    return status_name(status) if isinstance(status, str) else status_name(status.title, status.title_en)


def _names_now(timeline: list[Step]) -> dict[str, str]:
    """English words of the city for what the timeline kept in German."""
    if language() == "de" or not any(step.deed == "answers.status" for step in timeline):
        return {}
    return {status.title: status_name(status.title, status.title_en) for status in statuses()}
