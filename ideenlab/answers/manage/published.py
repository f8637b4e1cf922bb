"""What can be done with an answer that everybody can read."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.answers.actions import correct_answer as change_published
from ideenlab.answers.actions import restore_answer as show_again
from ideenlab.answers.actions import withdraw_answer as take_back
from ideenlab.answers.forms import CorrectionForm, WithdrawalForm
from ideenlab.answers.manage.door import blueprint
from ideenlab.answers.models import Answer
from ideenlab.answers.queries import get_answer
from ideenlab.answers.rules import may_correct_answer, may_restore_answer, may_withdraw_answer
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.core.web import accepted


def _to_answer(answer: Answer, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("ideas.idea", idea_id=answer.idea_id, _anchor=f"answer-{answer.id}"), 303)


@blueprint.route("/<int:answer_id>/berichtigen", methods=["GET", "POST"])
@organiser
def correct_answer(answer_id: int) -> ResponseReturnValue:
    answer = get_answer(answer_id)
    require(may_correct_answer(me(), answer))
    form = CorrectionForm(text=answer.text, signed=answer.signed, revision=str(answer.revision))

    def change() -> None:
        wording = {"text": form.text.data, "signed": form.signed.data or ""}
        change_published(me(), answer=answer, revision=form.known_revision(), **wording)

    if accepted(form, change):
        return _to_answer(answer, _("The answer is corrected. How it read before stays readable."))
    page = render_template("answers/manage/correct_answer.html", answer=answer, form=form)
    return page, 422 if form.errors else 200


@blueprint.route("/<int:answer_id>/zurueckziehen", methods=["GET", "POST"])
@organiser
def withdraw_answer(answer_id: int) -> ResponseReturnValue:
    answer = get_answer(answer_id)
    require(may_withdraw_answer(me(), answer))
    form = WithdrawalForm(revision=str(answer.revision))

    def withdraw() -> None:
        take_back(me(), answer=answer, reason=form.reason.data, revision=form.known_revision())

    if accepted(form, withdraw):
        return _to_answer(answer, _("The answer is withdrawn. Everybody can read why."))
    page = render_template("answers/manage/withdraw_answer.html", answer=answer, form=form)
    return page, 422 if form.errors else 200


@blueprint.route("/<int:answer_id>/wieder-zeigen", methods=["GET", "POST"])
@organiser
def restore_answer(answer_id: int) -> ResponseReturnValue:
    answer = get_answer(answer_id)
    require(may_restore_answer(me(), answer))
    form = WithdrawalForm(revision=str(answer.revision), reason=answer.withdrawn_reason)
    if form.is_submitted():
        show_again(me(), answer=answer, revision=form.known_revision())
        return _to_answer(answer, _("The answer is published again."))
    return render_template("answers/manage/restore_answer.html", answer=answer, form=form)
