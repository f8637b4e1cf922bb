from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.core.errors import Invalid
from ideenlab.core.forms import Form, refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.hackathons import actions, queries
from ideenlab.hackathons.forms import QuestionForm
from ideenlab.hackathons.manage.door import blueprint
from ideenlab.hackathons.rules import may_remove_question


@blueprint.route("/hackathons/<slug>/fragen", methods=["GET", "POST"])
@organiser
def questions(slug: str) -> ResponseReturnValue:
    """The questions in their order, and a form for one more."""
    found, form = queries.get_any_hackathon(slug), QuestionForm()
    if form.validate_on_submit():
        try:
            actions.add_question(me(), hackathon=found, asked=form.asked())
        except Invalid as error:
            refuse(form, error.field, str(error))
        else:
            flash(_("The question is asked from now on."), "success")
            return redirect(url_for("manage_hackathons.questions", slug=slug), 303)
    page = render_template(
        "hackathons/manage/questions.html", hackathon=found, form=form, questions=queries.questions_of(found),
        answered=queries.answered_question_ids(found),
    )  # fmt: skip
    return page, 422 if form.errors else 200


@blueprint.route("/hackathons/<slug>/fragen/<int:number>", methods=["GET", "POST"])
@organiser
def question(slug: str, number: int) -> ResponseReturnValue:
    hackathon = queries.get_any_hackathon(slug)
    found = queries.get_question(hackathon, number)
    form = QuestionForm() if request.method == "POST" else QuestionForm.about(found)
    if form.validate_on_submit():
        try:
            actions.edit_question(me(), question=found, asked=form.asked())
        except Invalid as error:
            refuse(form, error.field, str(error))
        else:
            flash(_("The changes are saved."), "success")
            return redirect(url_for("manage_hackathons.questions", slug=slug), 303)
    page = render_template(
        "hackathons/manage/question.html", hackathon=hackathon, question=found, form=form,
        may_remove=may_remove_question(me(), found),
    )  # fmt: skip
    return page, 422 if form.errors else 200


@blueprint.post("/hackathons/<slug>/fragen/<int:number>/<any(hoch, runter):way>")
@organiser
def move_question(slug: str, number: int, way: str) -> ResponseReturnValue:
    found = queries.get_question(queries.get_any_hackathon(slug), number)
    actions.move_question(me(), question=found, up=way == "hoch")
    return redirect(url_for("manage_hackathons.questions", slug=slug), 303)


@blueprint.route("/hackathons/<slug>/fragen/<int:number>/entfernen", methods=["GET", "POST"])
@organiser
def remove_question(slug: str, number: int) -> ResponseReturnValue:
    hackathon, form = queries.get_any_hackathon(slug), Form()
    found = queries.get_question(hackathon, number)
    if form.validate_on_submit():
        actions.remove_question(me(), question=found)
        flash(_("The question is not asked any more."), "success")
        return redirect(url_for("manage_hackathons.questions", slug=slug), 303)
    return render_template(
        "hackathons/manage/remove_question.html", hackathon=hackathon, question=found,
        verdict=may_remove_question(me(), found),
    )  # fmt: skip
