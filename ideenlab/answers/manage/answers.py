"""Answers to give: choose ideas, write one text for all of them, save or publish."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, moderator, organiser
from ideenlab.answers.actions import discard_answer as drop_answer
from ideenlab.answers.actions import draft_answers, publish_answer
from ideenlab.answers.actions import edit_answer as change_answer
from ideenlab.answers.forms import AnswerForm, OnlyButton
from ideenlab.answers.manage.door import blueprint
from ideenlab.answers.models import Answer
from ideenlab.answers.queries import assigned_to, count_assigned, get_answer, ideas_to_answer, pick_ideas
from ideenlab.answers.queries import waiting_numbers as numbers_of_calls
from ideenlab.answers.rules import is_overdue, may_answer_idea, may_discard_answer, may_edit_answer, may_publish_answer
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import ngettext
from ideenlab.core.paging import LONGEST_CURSOR
from ideenlab.core.text import render_markdown, safe_html
from ideenlab.core.verdict import require
from ideenlab.ideas.models import Call, Idea
from ideenlab.ideas.queries import calls

MOST_NUMBERS = 200


@blueprint.get("")
@organiser
def answers() -> ResponseReturnValue:
    """The ideas of a call without an answer; at first those of the call that is most overdue."""
    numbers, at = numbers_of_calls(), now()
    every = sorted(
        calls(), key=lambda call: (not (is_overdue(call, at) and call.id in numbers), call.id not in numbers)
    )
    wanted = request.args.get("aufruf", "")
    call = next((one for one in every if one.slug == wanted), every[0] if every else None)
    cursor = request.args.get("weiter", "")
    page = ideas_to_answer(call, cursor if len(cursor) <= LONGEST_CURSOR else None) if call else None
    late = {one.id for one in every if is_overdue(one, at) and numbers.get(one.id)}
    return render_template(
        "answers/manage/answers.html", calls=every, call=call, page=page, cursor=cursor, numbers=numbers, late=late,
        assigned=count_assigned(me()),
    )  # fmt: skip


@blueprint.get("/zugewiesen")
@moderator
def assigned() -> ResponseReturnValue:
    return render_template("answers/manage/assigned.html", answers=assigned_to(me()), at=now(), is_overdue=is_overdue)


def chosen_ideas() -> list[Idea]:
    """The ideas that were ticked, in the address or in the form."""
    typed = request.values.getlist("idee")[:MOST_NUMBERS]
    ideas = pick_ideas([int(one) for one in typed if one.isascii() and one.isdigit() and len(one) < 11])
    return [idea for idea in ideas if may_answer_idea(me(), idea)]


@blueprint.route("/neu", methods=["GET", "POST"])
@organiser
def new_answer() -> ResponseReturnValue:
    ideas = chosen_ideas()
    form = AnswerForm.of()
    if form.validate_on_submit() and not _only_preview():
        try:
            drafts = draft_answers(me(), ideas=ideas, wording=form.wording())
            return _saved(drafts, ideas[0].call)
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
    page = render_template("answers/manage/new_answer.html", form=form, ideas=ideas, preview=_preview(form))
    return page, 422 if form.errors else 200


def _saved(drafts: list[Answer], call: Call) -> ResponseReturnValue:
    if request.form.get("do") != "publish":
        said = ngettext("The draft of an answer is saved.", "%(num)s drafts of answers are saved.", len(drafts))
        flash(said, "success")
        return redirect(url_for("manage_answers.answers", aufruf=call.slug), 303)
    for answer in drafts:
        verdict = may_publish_answer(me(), answer)
        if not verdict:
            raise Invalid(verdict.reason, field="text")
        publish_answer(me(), answer=answer, revision=answer.revision)
    flash(ngettext("The answer is published.", "%(num)s answers are published.", len(drafts)), "success")
    return redirect(url_for("manage_answers.answers", aufruf=call.slug), 303)


@blueprint.route("/<int:answer_id>", methods=["GET", "POST"])
@moderator
def edit_answer(answer_id: int) -> ResponseReturnValue:
    answer = get_answer(answer_id)
    require(may_edit_answer(me(), answer))
    form = AnswerForm.of(answer)
    if form.validate_on_submit() and not _only_preview():
        try:
            change_answer(me(), answer=answer, wording=form.wording(), revision=form.known_revision())
            return _changed(answer)
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
    page = render_template(
        "answers/manage/edit_answer.html", answer=answer, form=form, preview=_preview(form),
        may_publish=may_answer_idea(me(), answer.idea), may_discard=may_discard_answer(me(), answer),
    )  # fmt: skip
    return page, 422 if form.errors else 200


def _changed(answer: Answer) -> ResponseReturnValue:
    if request.form.get("do") != "publish":
        flash(_("The draft is saved."), "success")
        return redirect(url_for("manage_answers.edit_answer", answer_id=answer.id), 303)
    verdict = may_publish_answer(me(), answer)
    if not verdict and may_answer_idea(me(), answer.idea):
        raise Invalid(verdict.reason, field="text")
    publish_answer(me(), answer=answer, revision=answer.revision)
    flash(_("The answer is published."), "success")
    return redirect(url_for("ideas.idea", idea_id=answer.idea_id, _anchor=f"answer-{answer.id}"), 303)


@blueprint.route("/<int:answer_id>/verwerfen", methods=["GET", "POST"])
@organiser
def discard_answer(answer_id: int) -> ResponseReturnValue:
    answer = get_answer(answer_id)
    require(may_discard_answer(me(), answer))
    form = OnlyButton()
    if form.validate_on_submit():
        call = answer.idea.call
        drop_answer(me(), answer=answer)
        flash(_("The draft is deleted."), "success")
        return redirect(url_for("manage_answers.answers", aufruf=call.slug), 303)
    return render_template("answers/manage/discard_answer.html", answer=answer, form=form)


def _only_preview() -> bool:
    return request.form.get("do") == "preview"


def _preview(form: AnswerForm) -> object:
    return safe_html(render_markdown(form.text.data or "")) if _only_preview() else None
