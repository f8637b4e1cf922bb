from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, moderator
from ideenlab.comments.models import Comment
from ideenlab.comments.queries import get_comment, hidden_comments, latest_comments
from ideenlab.comments.rules import may_hide_comment, may_restore_comment
from ideenlab.core.errors import NotFound
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.ideas.actions import hide_comment_on_idea, restore_comment_on_idea
from ideenlab.ideas.actions import hide_idea as take_out_of_sight
from ideenlab.ideas.actions import restore_idea as show_again
from ideenlab.ideas.models import Idea
from ideenlab.ideas.queries import find_idea_of_thread, get_idea, hidden_ideas, ideas_of_threads, latest_ideas
from ideenlab.ideas.rules import may_hide_idea, may_restore_idea, may_see_idea
from ideenlab.moderation.forms import HideForm, OnlyButton

blueprint = Blueprint("moderation", __name__, url_prefix="/moderation")
SHOWN = 20


@blueprint.get("")
@moderator
def moderation() -> ResponseReturnValue:
    """What is hidden now, and what was written last."""
    comments = {"hidden": hidden_comments(SHOWN), "latest": latest_comments(SHOWN)}
    threads = {comment.thread_id for found in comments.values() for comment in found}
    return render_template(
        "moderation/moderation.html", ideas={"hidden": hidden_ideas(SHOWN), "latest": latest_ideas(SHOWN)},
        comments=comments, idea_of=ideas_of_threads(threads), shown=SHOWN,
    )  # fmt: skip


@blueprint.route("/idee/<int:idea_id>/ausblenden", methods=["GET", "POST"])
@moderator
def hide_idea(idea_id: int) -> ResponseReturnValue:
    idea = _idea(idea_id)
    require(may_hide_idea(me(), idea))
    form = HideForm()
    if form.validate_on_submit():
        take_out_of_sight(me(), idea=idea, reason=form.reason.data)
        flash(_("The idea is hidden. Its author was told the reason."), "success")
        return redirect(url_for("moderation.moderation"), 303)
    return render_template("moderation/hide_idea.html", idea=idea, form=form), 422 if form.errors else 200


@blueprint.route("/idee/<int:idea_id>/wieder-zeigen", methods=["GET", "POST"])
@moderator
def restore_idea(idea_id: int) -> ResponseReturnValue:
    idea = _idea(idea_id)
    require(may_restore_idea(me(), idea))
    form = OnlyButton()
    if form.validate_on_submit():
        show_again(me(), idea=idea)
        flash(_("The idea is visible again."), "success")
        return redirect(url_for("moderation.moderation"), 303)
    return render_template("moderation/restore_idea.html", idea=idea, form=form)


@blueprint.route("/kommentar/<int:comment_id>/ausblenden", methods=["GET", "POST"])
@moderator
def hide_comment(comment_id: int) -> ResponseReturnValue:
    comment, idea = _comment(comment_id)
    require(may_hide_comment(me(), comment))
    form = HideForm()
    if form.validate_on_submit():
        hide_comment_on_idea(me(), comment=comment, reason=form.reason.data)
        flash(_("The comment is hidden. Its author was told the reason."), "success")
        return redirect(url_for("moderation.moderation"), 303)
    page = render_template("moderation/hide_comment.html", comment=comment, idea=idea, form=form)
    return page, 422 if form.errors else 200


@blueprint.route("/kommentar/<int:comment_id>/wieder-zeigen", methods=["GET", "POST"])
@moderator
def restore_comment(comment_id: int) -> ResponseReturnValue:
    comment, idea = _comment(comment_id)
    require(may_restore_comment(me(), comment))
    form = OnlyButton()
    if form.validate_on_submit():
        restore_comment_on_idea(me(), comment=comment)
        flash(_("The comment is visible again."), "success")
        return redirect(url_for("moderation.moderation"), 303)
    return render_template("moderation/restore_comment.html", comment=comment, idea=idea, form=form)


def _idea(idea_id: int) -> Idea:
    """The idea; somebody's draft is not there for the moderation either."""
    idea = get_idea(idea_id)
    if not may_see_idea(me(), idea):
        raise NotFound
    return idea


def _comment(comment_id: int) -> tuple[Comment, Idea]:
    comment = get_comment(comment_id)
    idea = find_idea_of_thread(comment.thread_id)
    if idea is None:
        raise NotFound
    return comment, idea
