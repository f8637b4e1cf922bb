import json
import re

from flask import flash, get_template_attribute, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from ideenlab.accounts.access import me, signed_in
from ideenlab.comments.actions import UNNOTICED
from ideenlab.comments.models import Comment
from ideenlab.comments.queries import get_comment
from ideenlab.comments.rules import may_withdraw_comment
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid, NotFound
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.ideas.actions import (
    comment_on_idea,
    edit_comment_on_idea,
    vote_on_comment_on_idea,
    withdraw_comment_on_idea,
)
from ideenlab.ideas.forms import CommentForm, EditedCommentForm, OnlyButton
from ideenlab.ideas.models import Idea
from ideenlab.ideas.rules import may_edit_comment_on_idea
from ideenlab.ideas.views.discussion import place_of, seen_comment
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
        written = comment_on_idea(
            me(), idea=idea, text=form.text.data, parent=_parent(idea, form.parent.data), stance=form.stance.data
        )  # fmt: skip
    except Invalid as problem:
        refuse(form, problem.field, str(problem))
        return render_idea(idea, form), 422
    waits = written.state == "waiting"
    flash(_("Thank you! The moderation reads your comment before it is published.") if waits
          else _("Your comment is published."), "success")  # fmt: skip
    return redirect(place_of(written, idea), 303)


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
    comment, idea = seen_comment(comment_id)
    require(may_withdraw_comment(me(), comment))
    form = OnlyButton()
    if form.validate_on_submit():
        withdraw_comment_on_idea(me(), comment=comment)
        flash(_("Your comment is withdrawn."), "success")
        return redirect(place_of(comment, idea), 303)
    return render_template("ideas/withdraw_comment.html", comment=comment, idea=idea, form=form)


@blueprint.route("/kommentar/<int:comment_id>/bearbeiten", methods=["GET", "POST"])
@signed_in
def edit_comment(comment_id: int) -> ResponseReturnValue:
    comment, idea = seen_comment(comment_id)
    require(may_edit_comment_on_idea(me(), idea, comment, now()))
    form = EditedCommentForm(text=comment.text, stance=comment.stance, revision=str(comment.revision))
    if form.validate_on_submit():
        try:
            edit_comment_on_idea(
                me(), comment=comment, text=form.text.data, stance=form.stance.data, revision=form.known_revision()
            )  # fmt: skip
            waits = comment.state == "waiting"
            flash(_("Your change waits for its release.") if waits else _("Your change is published."), "success")
            return redirect(place_of(comment, idea), 303)
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
    noticed = now() >= comment.created_at + UNNOTICED
    page = render_template("ideas/edit_comment.html", comment=comment, idea=idea, form=form, noticed=noticed)
    return page, 422 if form.errors else 200


@blueprint.post("/kommentar/<int:comment_id>/stimme")
@signed_in
def vote_on_comment(comment_id: int) -> ResponseReturnValue:
    comment, idea = seen_comment(comment_id)
    value = {"1": 1, "-1": -1, "0": 0}.get(request.form.get("value", ""))
    if value is None:
        raise Invalid(_("This vote does not exist."))
    vote_on_comment_on_idea(me(), comment=comment, value=value)
    said = {1: _("You find this comment helpful."), -1: _("You do not find this comment helpful.")}.get(
        value, _("Your vote is taken back.")
    )
    if not request.headers.get("HX-Request"):
        flash(said, "success")
        return redirect(place_of(comment, idea), 303)
    part = make_response(get_template_attribute("comments/_own_vote.html", "own_vote")(comment, value, generate_csrf()))
    part.headers["HX-Trigger"] = json.dumps({"announce": said})
    return part
