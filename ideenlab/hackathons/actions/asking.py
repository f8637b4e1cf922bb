"""The questions that a hackathon asks of everybody who registers."""

from dataclasses import dataclass

from sqlalchemy import func, select, update

from ideenlab.accounts.models import Person
from ideenlab.core.db import db
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line, clean_text
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon, Question
from ideenlab.hackathons.queries import answered_question_ids, questions_of
from ideenlab.hackathons.rules import may_change_hackathon, may_remove_question
from ideenlab.history.actions import record

MOST_QUESTIONS, FEWEST_CHOICES, MOST_CHOICES = 20, 2, 30


@dataclass(frozen=True)
class Asked:
    text: str
    kind: str
    hint: str = ""
    choices: str = ""  # one a line
    is_required: bool = False


def add_question(organiser: Person, *, hackathon: Hackathon, asked: Asked) -> Question:
    require(may_change_hackathon(organiser, hackathon))
    if len(questions_of(hackathon)) >= MOST_QUESTIONS:
        raise Invalid(_("A hackathon asks at most %(most)s questions.", most=MOST_QUESTIONS), field="text")
    last = select(func.max(Question.position)).where(Question.hackathon_id == hackathon.id)
    question = Question(hackathon=hackathon, position=(db.session.scalar(last) or 0) + 1, **_columns(asked))
    db.session.add(question)
    record(organiser, "hackathons.question_added", hackathon, note=question.text)
    return question


def edit_question(organiser: Person, *, question: Question, asked: Asked) -> None:
    """What is asked for cannot become something else when somebody has answered; its words can."""
    require(may_change_hackathon(organiser, question.hackathon))
    columns = _columns(asked)
    if question.id in answered_question_ids(question.hackathon):
        if columns["kind"] != question.kind:
            raise Invalid(_("Somebody has answered this question already. Its kind stays."), field="kind")
        gone = set(question.choices.splitlines()) - set(str(columns["choices"]).splitlines())
        if gone:
            raise Invalid(_("Somebody has answered this question already. You can only add choices."), field="choices")
    for name, value in columns.items():
        setattr(question, name, value)
    record(organiser, "hackathons.question_edited", question.hackathon, note=question.text)
    db.session.flush()


def move_question(organiser: Person, *, question: Question, up: bool) -> None:
    """One place up or down. At the end of the list nothing happens."""
    require(may_change_hackathon(organiser, question.hackathon))
    order = list(questions_of(question.hackathon))
    here = order.index(question)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(order):
        return
    other, mine, theirs = order[there], question.position, order[there].position
    for row, position in ((question, 0), (other, mine), (question, theirs)):  # no two ever stand at one place
        moved = update(Question).where(Question.id == row.id).values(position=position)
        db.session.execute(moved.execution_options(synchronize_session="fetch"))


def remove_question(organiser: Person, *, question: Question) -> None:
    require(may_remove_question(organiser, question))
    record(organiser, "hackathons.question_removed", question.hackathon, note=question.text)
    db.session.delete(question)
    db.session.flush()


def _columns(asked: Asked) -> dict[str, object]:
    lines = list(dict.fromkeys(filter(None, map(clean_line, clean_text(asked.choices).splitlines()))))
    choices = lines if asked.kind == "choice" else []
    if asked.kind == "choice" and not FEWEST_CHOICES <= len(choices) <= MOST_CHOICES:
        text = _("Please give from %(least)s to %(most)s choices, one a line.", least=FEWEST_CHOICES, most=MOST_CHOICES)
        raise Invalid(text, field="choices")
    if any(len(line) > 200 for line in choices):
        raise Invalid(_("A choice has at most %(most)s characters.", most=200), field="choices")
    return {
        "text": clean_line(asked.text), "kind": asked.kind, "hint": clean_line(asked.hint),
        "choices": "\n".join(choices), "is_required": asked.is_required,
    }  # fmt: skip
