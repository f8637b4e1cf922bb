"""Give ideas a status, one or many at once."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.answers.actions import set_status
from ideenlab.answers.actions.drafts import MOST_AT_ONCE
from ideenlab.answers.forms import ChosenStatusForm
from ideenlab.answers.manage.answers import chosen_ideas
from ideenlab.answers.manage.door import blueprint
from ideenlab.answers.queries import find_status, get_status
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import ngettext
from ideenlab.ideas.models import Idea, Status


@blueprint.route("/stand", methods=["GET", "POST"])
@organiser
def new_status() -> ResponseReturnValue:
    ideas = chosen_ideas()
    form = ChosenStatusForm.now()
    if form.validate_on_submit():
        if 1 <= len(ideas) <= MOST_AT_ONCE:
            status = get_status(int(form.status.data))
            for idea in ideas:
                set_status(me(), idea=idea, status=status, seen=_seen(idea))
            said = ngettext("The status of an idea is changed.", "The status of %(num)s ideas is changed.", len(ideas))
            flash(said, "success")
            return redirect(url_for("manage_answers.answers", aufruf=ideas[0].call.slug), 303)
        form.form_errors.append(_("Please choose 1 to %(most)s ideas.", most=MOST_AT_ONCE))
    page = render_template("answers/manage/new_status.html", form=form, ideas=ideas)
    return page, 422 if form.errors else 200


def _seen(idea: Idea) -> Status | None:
    """The status that the page showed beside the idea."""
    typed = request.form.get(f"seen-{idea.id}", "")
    return find_status(int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 11 else None
