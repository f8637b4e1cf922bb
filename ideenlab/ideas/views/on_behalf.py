"""Ideas from paper and telephone: a helper types them in, and a printed code leads to them."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, moderator, public, slowed, try_once, visitor
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.links import public_url
from ideenlab.core.security import limiter, network
from ideenlab.core.verdict import require
from ideenlab.core.web import begin_writing, slow_first
from ideenlab.ideas.actions import enter_idea
from ideenlab.ideas.forms import EnteredIdeaForm, IdeaCodeForm
from ideenlab.ideas.queries import find_idea_by_code, get_call
from ideenlab.ideas.rules import may_enter_idea, may_see_idea
from ideenlab.ideas.views.door import blueprint
from ideenlab.ideas.views.writing import PREVIEW, PUBLISH, preview_of, topic_of, wanted
from ideenlab.programme.queries import topics_of

CODES_TRIED = {"limit": 10, "wider_limit": 60}  # in a quarter of an hour from one network


@blueprint.route("/ideen/<slug>/fuer-andere", methods=["GET", "POST"])
@moderator
def new_idea_for(slug: str) -> ResponseReturnValue:
    call = get_call(slug)
    require(may_enter_idea(me(), call, now()))
    topics = topics_of(call.edition)
    form = EnteredIdeaForm.of(topics, publishing=wanted() == PUBLISH)
    if form.validate_on_submit() and wanted() != PREVIEW:
        try:
            idea, code = enter_idea(
                me(), call=call, origin=form.origin.data, title=form.title.data, text=form.text.data,
                topic=topic_of(form, topics), address=form.email.data or None, agrees_to_licence=form.agrees.data,
                where=form.whereabouts(),
            )  # fmt: skip
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
        else:
            if code:
                return render_template("ideas/_code.html", idea=idea, code=code, address=public_url("ideas.with_code"))
            flash(_("The idea is entered, and we wrote to the person."), "success")
            return redirect(url_for("ideas.new_idea_for", slug=slug), 303)
    status = 422 if form.errors else 200
    return render_template("ideas/new_idea_for.html", call=call, form=form, preview=preview_of(form)), status


@blueprint.route("/idee/mit-code", methods=["GET", "POST"])
@public
@slow_first
@limiter.limit("300 per minute", methods=["POST"])
def with_code() -> ResponseReturnValue:
    """What became of an idea that was given on paper. Nothing of the code stays in the address or in the browser."""
    form = IdeaCodeForm()
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("ideas/with_code.html", form=form, idea=None), status
    verdict = try_once(slowed("idea code", network(), **CODES_TRIED))
    if not verdict:
        refuse(form, "code", verdict.reason)
        return render_template("ideas/with_code.html", form=form, idea=None), 429
    begin_writing()
    idea = find_idea_by_code(form.code.data)
    if idea is None:
        refuse(form, "code", _("We do not know this code. Please compare it with your card."))
        return render_template("ideas/with_code.html", form=form, idea=None), 422
    form.code.data = ""
    may_open = may_see_idea(visitor(), idea)
    return render_template("ideas/with_code.html", form=form, idea=idea, may_open=may_open)
