from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from ideenlab.accounts.models import STAFF, Person
from ideenlab.answers.actions.told import tell_assigned
from ideenlab.answers.models import Answer, Office
from ideenlab.answers.queries import draft_of
from ideenlab.answers.rules import may_answer_idea, may_discard_answer, may_edit_answer
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line, clean_text, render_markdown
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.ideas.models import Idea, Status

LONGEST_ANSWER = 10_000
LONGEST_NAME = 80
MOST_AT_ONCE = 50


@dataclass(frozen=True)
class Wording:
    """What an organiser fills in. The same for several ideas at once."""

    text: str = ""
    signed: str = ""
    status: Status | None = None
    office: Office | None = None
    assigned_to: Person | None = None

    def values(self) -> dict[str, Any]:
        text, signed = clean_text(self.text), clean_line(self.signed)
        if len(text) > LONGEST_ANSWER:
            raise Invalid(_("A text has at most %(most)s characters.", most=LONGEST_ANSWER), field="text")
        if len(signed) > LONGEST_NAME:
            raise Invalid(_("A name has at most %(most)s characters.", most=LONGEST_NAME), field="signed")
        if self.assigned_to is not None and not self.assigned_to.has_role(*STAFF):
            raise Invalid(_("Only people who work here can be asked to write an answer."), field="assigned_to")
        return {
            "text": text, "text_html": render_markdown(text), "signed": signed,
            "status_id": self.status.id if self.status else None,
            "office_id": self.office.id if self.office else None,
            "assigned_to_id": self.assigned_to.id if self.assigned_to else None,
        }  # fmt: skip


def draft_answers(organiser: Person, *, ideas: Sequence[Idea], wording: Wording) -> list[Answer]:
    """One draft for each of these ideas, all with the same words. Each is published or changed on its own.

    Raises Conflict when one of the ideas has a draft already: nothing is written then.
    """
    if not 1 <= len(ideas) <= MOST_AT_ONCE:
        raise Invalid(_("Please choose 1 to %(most)s ideas.", most=MOST_AT_ONCE), field="ideas")
    for idea in ideas:
        require(may_answer_idea(organiser, idea))
    values = wording.values()
    drafts = []
    for idea in ideas:
        if draft_of(idea):
            raise _begun_already(idea)
        answer = Answer(idea=idea, written_by_id=organiser.id, **values)
        try:
            with db.session.begin_nested():
                db.session.add(answer)
        except IntegrityError as problem:
            raise _begun_already(idea) from problem
        record(organiser, "answers.drafted", idea)
        drafts.append(answer)
    db.session.flush()
    tell_assigned(drafts, but=organiser)
    return drafts


def _begun_already(idea: Idea) -> Conflict:
    sentence = _("Somebody has begun an answer to “%(title)s” already. Nothing was saved.", title=idea.title)
    return Conflict(sentence)


def edit_answer(person: Person, *, answer: Answer, wording: Wording, revision: int) -> None:
    """Replace a draft. Raises Conflict when `revision` is not the latest: somebody else was faster.

    The one it is assigned to changes the words; whom it is assigned to, organisers decide.
    """
    require(may_edit_answer(person, answer))
    values, before = wording.values(), answer.assigned_to_id
    if not may_answer_idea(person, answer.idea):
        values = {name: value for name, value in values.items() if name not in ("assigned_to_id", "office_id")}
    change(answer, revision, "draft", mine=wording, **values)
    record(person, "answers.edited", answer, note=str(answer.revision))
    db.session.flush()
    if answer.assigned_to_id != before:
        tell_assigned([answer], but=person)


def change(answer: Answer, revision: int, was: str, *, mine: Wording | None = None, **values: Any) -> None:
    """Change an answer as it was seen, or not at all."""
    changed = db.session.execute(
        update(Answer)
        .where(Answer.id == answer.id, Answer.revision == revision, Answer.state == was)
        .values(revision=revision + 1, changed_at=now(), **values),
        execution_options={"synchronize_session": False},
    )
    db.session.refresh(answer)
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict(
            _("Somebody else has changed this answer in the meantime. Nothing of it was overwritten."),
            mine=_shown(mine.text, mine.signed) if mine else None, stored=_shown(answer.text, answer.signed),
        )  # fmt: skip


def _shown(text: str, signed: str) -> list[tuple[str, str]]:
    return [(_("Text"), text), *([(_("Signed by"), signed)] if signed else [])]


def discard_answer(organiser: Person, *, answer: Answer) -> None:
    """Delete a draft, which nobody outside has seen."""
    require(may_discard_answer(organiser, answer))
    record(organiser, "answers.discarded", answer.idea)
    db.session.delete(answer)
    db.session.flush()
