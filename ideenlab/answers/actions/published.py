from sqlalchemy import func, select, update

from ideenlab.accounts.models import Person
from ideenlab.answers.actions.drafts import Wording, change
from ideenlab.answers.actions.statuses import change_status
from ideenlab.answers.actions.told import tell_about_answer
from ideenlab.answers.models import Answer, AnswerVersion
from ideenlab.answers.rules import may_correct_answer, may_publish_answer, may_restore_answer, may_withdraw_answer
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line, clean_text, render_markdown
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.ideas.models import Idea

LONGEST_REASON = 500


def publish_answer(organiser: Person, *, answer: Answer, revision: int) -> None:
    """Show an answer to everybody, give the idea its status, and tell author, co-authors and followers."""
    require(may_publish_answer(organiser, answer))
    at, idea = now(), answer.idea
    change(answer, revision, "draft", state="published", published_at=at, status_before_id=idea.status_id)
    record(organiser, "answers.published", idea, note=str(answer.id))
    if answer.status_id and answer.status_id != idea.status_id:
        change_status(organiser, idea, answer.status_id)
    _keep_answered_at(idea)
    tell_about_answer(answer, "answers/answered", once=f"answer-{answer.id}")


def correct_answer(organiser: Person, *, answer: Answer, text: str, signed: str, revision: int) -> None:
    """Replace the words of a published answer. How it read before stays readable for everybody."""
    require(may_correct_answer(organiser, answer))
    text, signed = clean_text(text), clean_line(signed)
    if not text:
        raise Invalid(_("An answer needs a text before it is published."), field="text")
    if (text, signed) == (answer.text, answer.signed):
        return
    before = AnswerVersion(
        answer_id=answer.id, revision=answer.revision, text=answer.text, text_html=answer.text_html,
        signed=answer.signed, written_at=answer.corrected_at or answer.published_at,
    )  # fmt: skip
    change(
        answer, revision, "published", mine=Wording(text, signed), text=text, text_html=render_markdown(text),
        signed=signed, corrected_at=now(),
    )  # fmt: skip
    db.session.add(before)
    record(organiser, "answers.corrected", answer.idea, note=str(answer.id))
    tell_about_answer(answer, "answers/corrected", once=f"answer-{answer.id}-{answer.revision}")
    db.session.flush()


def withdraw_answer(organiser: Person, *, answer: Answer, reason: str, revision: int) -> None:
    """Take an answer back, with a reason for everybody. The idea gets back the status it had before."""
    require(may_withdraw_answer(organiser, answer))
    reason = clean_line(reason)
    if not reason or len(reason) > LONGEST_REASON:
        raise Invalid(_("Please give a reason of at most %(most)s characters.", most=LONGEST_REASON), field="reason")
    change(answer, revision, "published", state="withdrawn", withdrawn_at=now(), withdrawn_reason=reason)
    idea = answer.idea
    record(organiser, "answers.withdrawn", idea, note=str(answer.id))
    if answer.status_id and idea.status_id == answer.status_id:
        change_status(organiser, idea, answer.status_before_id)
    _keep_answered_at(idea)
    tell_about_answer(answer, "answers/withdrawn", once=f"answer-{answer.id}-{answer.revision}", reason=reason)


def restore_answer(organiser: Person, *, answer: Answer, revision: int) -> None:
    """Show a withdrawn answer again. That it was withdrawn stays in the timeline."""
    require(may_restore_answer(organiser, answer))
    idea = answer.idea
    change(
        answer, revision, "withdrawn", state="published", withdrawn_at=None, withdrawn_reason="",
        status_before_id=idea.status_id,
    )  # fmt: skip
    record(organiser, "answers.restored", idea, note=str(answer.id))
    if answer.status_id and answer.status_id != idea.status_id:
        change_status(organiser, idea, answer.status_id)
    _keep_answered_at(idea)
    tell_about_answer(answer, "answers/answered", once=f"answer-{answer.id}-{answer.revision}")


def _keep_answered_at(idea: Idea) -> None:
    """When the city answered first, of the answers that stand."""
    first = select(func.min(Answer.published_at)).where(Answer.idea_id == idea.id, Answer.state == "published")
    db.session.execute(
        update(Idea).where(Idea.id == idea.id).values(answered_at=first.scalar_subquery()),
        execution_options={"synchronize_session": False},
    )
    db.session.refresh(idea, ["answered_at"])
