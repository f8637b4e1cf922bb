"""How an idea comes about: write, look, publish, change, take back."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, signed_in
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import render_markdown, safe_html
from ideenlab.core.verdict import require
from ideenlab.ideas.actions import discard_draft, give_idea, publish_idea
from ideenlab.ideas.actions import edit_idea as change_idea
from ideenlab.ideas.actions import withdraw_idea as take_back
from ideenlab.ideas.forms import IdeaForm, OnlyButton
from ideenlab.ideas.models import Idea
from ideenlab.ideas.queries import get_call
from ideenlab.ideas.rules import (
    may_discard_draft,
    may_edit_idea,
    may_give_idea,
    may_publish_idea,
    may_withdraw_idea,
    waits_again,
)
from ideenlab.ideas.views.door import blueprint
from ideenlab.ideas.views.idea import seen_idea
from ideenlab.programme.models import Topic
from ideenlab.programme.queries import topics_of

PREVIEW, DRAFT, PICTURES, PUBLISH = "preview", "draft", "pictures", "publish"


def wanted() -> str:
    return request.form.get("do", "")


def topic_of(form: IdeaForm, topics: list[Topic]) -> Topic | None:
    return next((topic for topic in topics if str(topic.id) == form.topic.data), None)


def preview_of(form: IdeaForm) -> object:
    """The text as it would look, when that was asked for."""
    return safe_html(render_markdown(form.text.data or "")) if wanted() == PREVIEW else None


def autosave_key(idea: Idea | None = None, slug: str = "") -> str:
    """Under which the browser keeps what could not be sent yet."""
    return f"{me().id}:idea:{idea.id}" if idea else f"{me().id}:new:{slug}"


@blueprint.route("/ideen/<slug>/neu", methods=["GET", "POST"])
@signed_in
def new_idea(slug: str) -> ResponseReturnValue:
    call = get_call(slug)
    require(may_give_idea(me(), call, now()))
    topics = topics_of(call.edition)
    form = IdeaForm.of(topics, publishing=wanted() == PUBLISH)
    if form.validate_on_submit() and wanted() in (DRAFT, PICTURES, PUBLISH):
        try:
            idea = give_idea(
                me(), call=call, title=form.title.data, text=form.text.data, topic=topic_of(form, topics),
                where=form.whereabouts(),
            )  # fmt: skip
            return _kept(idea, form)
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
    status = 422 if form.errors else 200
    page = render_template(
        "ideas/new_idea.html", call=call, form=form, preview=preview_of(form), autosave_key=autosave_key
    )
    return page, status


def _kept(idea: Idea, form: IdeaForm) -> ResponseReturnValue:
    if wanted() == PUBLISH:
        publish_idea(me(), idea=idea, agrees_to_licence=form.agrees.data)
        waits = idea.state == "waiting"
        flash(_("Thank you! The moderation reads your idea before it is published.") if waits
              else _("Your idea is published. Thank you!"), "success")  # fmt: skip
    else:
        flash(_("Your draft is saved. Only you can see it."), "success")
    target = "ideas.images" if wanted() == PICTURES else "ideas.idea"
    return redirect(url_for(target, idea_id=idea.id), 303)


@blueprint.route("/idee/<int:idea_id>/bearbeiten", methods=["GET", "POST"])
@signed_in
def edit_idea(idea_id: int) -> ResponseReturnValue:
    idea = seen_idea(idea_id)
    require(may_edit_idea(me(), idea, now()))
    topics = topics_of(idea.call.edition)
    form = IdeaForm.of(topics, idea, publishing=wanted() == PUBLISH)
    if form.validate_on_submit() and wanted() != PREVIEW:
        try:
            change_idea(
                me(), idea=idea, title=form.title.data, text=form.text.data, topic=topic_of(form, topics),
                revision=form.known_revision(), where=form.whereabouts(),
            )  # fmt: skip
            return _kept(idea, form) if idea.state == "draft" else _changed(idea)
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
    status = 422 if form.errors else 200
    page = render_template(
        "ideas/edit_idea.html", idea=idea, form=form, preview=preview_of(form),
        may_publish=may_publish_idea(me(), idea, now()), autosave_key=autosave_key, waits=waits_again(me(), idea),
    )  # fmt: skip
    return page, status


def _changed(idea: Idea) -> ResponseReturnValue:
    waits = idea.state == "waiting"
    flash(_("Your change is saved. The moderation reads your idea before it is published.") if waits
          else _("Your change is published. How the idea read before stays visible."), "success")  # fmt: skip
    target = "ideas.images" if wanted() == PICTURES else "ideas.idea"
    return redirect(url_for(target, idea_id=idea.id), 303)


@blueprint.route("/idee/<int:idea_id>/zurueckziehen", methods=["GET", "POST"])
@signed_in
def withdraw_idea(idea_id: int) -> ResponseReturnValue:
    idea = seen_idea(idea_id)
    require(may_withdraw_idea(me(), idea))
    form = OnlyButton()
    if form.validate_on_submit():
        take_back(me(), idea=idea)
        flash(_("Your idea is withdrawn."), "success")
        return redirect(url_for("ideas.idea", idea_id=idea.id), 303)
    return render_template("ideas/withdraw_idea.html", idea=idea, form=form)


@blueprint.route("/idee/<int:idea_id>/entwurf-loeschen", methods=["GET", "POST"])
@signed_in
def delete_draft(idea_id: int) -> ResponseReturnValue:
    idea = seen_idea(idea_id)
    require(may_discard_draft(me(), idea))
    form = OnlyButton()
    if form.validate_on_submit():
        discard_draft(me(), idea=idea)
        flash(_("Your draft is deleted."), "success")
        return redirect(url_for("ideas.drafts"), 303)
    return render_template("ideas/delete_draft.html", idea=idea, form=form)
