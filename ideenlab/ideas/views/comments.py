import re

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, signed_in
from ideenlab.comments.models import Comment
from ideenlab.comments.queries import get_comment
from ideenlab.comments.rules import may_withdraw_comment
from ideenlab.core.errors import Invalid, NotFound
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.ideas.actions import comment_on_idea, withdraw_comment_on_idea
from ideenlab.ideas.forms import CommentForm, OnlyButton
from ideenlab.ideas.models import Idea
from ideenlab.ideas.queries import find_idea_of_thread
from ideenlab.ideas.views.door import blueprint
from ideenlab.ideas.views.idea import render_idea, seen_idea


@blueprint.post("/idee/<int:idea_id>/kommentare")
@signed_in
def comment(idea_id: int) -> ResponseReturnValue:
    idea = seen_idea(idea_id)
    form = CommentForm()
    if not form.validate_on_submit():
        return render_idea(idea, form), 422
    try:
        written = comment_on_idea(me(), idea=idea, text=form.text.data, parent=_parent(idea, form.parent.data))
    except Invalid as problem:
        refuse(form, problem.field, str(problem))
        return render_idea(idea, form), 422
    flash(_("Your comment is published."), "success")
    return redirect(url_for("ideas.idea", idea_id=idea.id, _anchor=f"comment-{written.id}"), 303)


def _parent(idea: Idea, typed: str | None) -> Comment | None:
    """The comment that is answered: one of this idea, or there is none such."""
    if not typed:
        return None
    parent = get_comment(int(typed)) if re.fullmatch("[0-9]{1,10}", typed) else None
    if parent is None or parent.thread_id != idea.thread_id:
        raise NotFound
    return parent


@blueprint.route("/kommentar/<int:comment_id>/zurueckziehen", methods=["GET", "POST"])
@signed_in
def withdraw_comment(comment_id: int) -> ResponseReturnValue:
    comment = get_comment(comment_id)
    idea = find_idea_of_thread(comment.thread_id)
    if idea is None:
        raise NotFound
    require(may_withdraw_comment(me(), comment))
    form = OnlyButton()
    if form.validate_on_submit():
        withdraw_comment_on_idea(me(), comment=comment)
        flash(_("Your comment is withdrawn."), "success")
        return redirect(url_for("ideas.idea", idea_id=idea.id, _anchor=f"comment-{comment.id}"), 303)
    return render_template("ideas/withdraw_comment.html", comment=comment, idea=idea, form=form)
