"""Tags: given by the moderation."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, moderator
from ideenlab.core.errors import Invalid
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.history.queries import entries_of
from ideenlab.ideas import actions
from ideenlab.ideas.forms import OnlyButton, TagForm, TagsForm
from ideenlab.ideas.queries import get_tag, tags_of, tags_with_numbers
from ideenlab.ideas.queries import tags as every_tag
from ideenlab.ideas.rules import may_tag
from ideenlab.ideas.views.door import blueprint
from ideenlab.ideas.views.idea import seen_idea


@blueprint.get("/moderation/schlagworte")
@moderator
def tags() -> ResponseReturnValue:
    return render_template("ideas/tags.html", tags=tags_with_numbers())


@blueprint.route("/moderation/schlagworte/<int:tag_id>", methods=["GET", "POST"])
@moderator
def edit_tag(tag_id: int) -> ResponseReturnValue:
    """Another name; the name of another tag makes one of the two."""
    tag = get_tag(tag_id)
    form = TagForm(title=tag.title)
    if form.validate_on_submit():
        try:
            kept = actions.rename_tag(me(), tag=tag, title=form.title.data)
            said = _("The tag is called “%(title)s” now.", title=kept.title)
            merged = _("Both tags are one now: “%(title)s”.", title=kept.title)
            flash(said if kept is tag else merged, "success")
            return redirect(url_for("ideas.tags"), 303)
        except Invalid as problem:
            refuse(form, "title", str(problem))
    page = render_template("ideas/edit_tag.html", tag=tag, form=form, others=every_tag())
    return page, 422 if form.errors else 200


@blueprint.route("/moderation/schlagworte/<int:tag_id>/entfernen", methods=["GET", "POST"])
@moderator
def delete_tag(tag_id: int) -> ResponseReturnValue:
    tag = get_tag(tag_id)
    form = OnlyButton()
    if form.validate_on_submit():
        title = tag.title
        actions.delete_tag(me(), tag=tag)
        flash(_("The tag “%(title)s” is gone.", title=title), "success")
        return redirect(url_for("ideas.tags"), 303)
    return render_template("ideas/delete_tag.html", tag=tag, form=form)


@blueprint.route("/moderation/idee/<int:idea_id>/schlagworte", methods=["GET", "POST"])
@moderator
def tag_idea(idea_id: int) -> ResponseReturnValue:
    idea = seen_idea(idea_id)
    require(may_tag(me(), idea))
    form = TagsForm(tags=", ".join(tag.title for tag in tags_of(idea)))
    if form.validate_on_submit():
        try:
            actions.tag_idea(me(), idea=idea, titles=form.titles())
            flash(_("The tags are saved."), "success")
            return redirect(url_for("ideas.idea", idea_id=idea.id), 303)
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
    page = render_template(
        "ideas/tag_idea.html", idea=idea, form=form, others=every_tag(), entries=entries_of(idea, deed="ideas.tagged")
    )  # fmt: skip
    return page, 422 if form.errors else 200
