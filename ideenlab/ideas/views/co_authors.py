"""Writing an idea together."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, signed_in
from ideenlab.accounts.queries import get_person
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid, NotFound
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.ideas import actions
from ideenlab.ideas.forms import CoAuthorForm
from ideenlab.ideas.queries import co_authors_of
from ideenlab.ideas.rules import may_invite
from ideenlab.ideas.views.door import blueprint
from ideenlab.ideas.views.idea import seen_idea


@blueprint.route("/idee/<int:idea_id>/mitschreibende", methods=["GET", "POST"])
@signed_in
def co_authors(idea_id: int) -> ResponseReturnValue:
    """For the author: who writes along, who is invited, and one more."""
    idea = seen_idea(idea_id)
    if idea.author_id != me().id:
        raise NotFound
    form = CoAuthorForm()
    if form.validate_on_submit():
        try:
            actions.invite_co_author(me(), idea=idea, pseudonym=form.pseudonym.data)
            flash(_("The invitation is on its way. You see here when it is answered."), "success")
            return redirect(url_for("ideas.co_authors", idea_id=idea.id), 303)
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
    page = render_template(
        "ideas/co_authors.html", idea=idea, form=form, people=co_authors_of(idea),
        may_invite=may_invite(me(), idea, now()),
    )  # fmt: skip
    return page, 422 if form.errors else 200


@blueprint.post("/idee/<int:idea_id>/mitschreibende/entfernen")
@signed_in
def remove_co_author(idea_id: int) -> ResponseReturnValue:
    idea = seen_idea(idea_id)
    number = request.form.get("person", "")
    person = get_person(int(number) if number.isascii() and number.isdigit() and len(number) < 11 else 0)
    actions.remove_co_author(me(), idea=idea, person=person)
    flash(_("%(name)s does not write along any more.", name=person.pseudonym), "success")
    return redirect(url_for("ideas.co_authors", idea_id=idea.id), 303)


@blueprint.post("/idee/<int:idea_id>/einladung")
@signed_in
def answer_invitation(idea_id: int) -> ResponseReturnValue:
    idea = seen_idea(idea_id)
    accepts = request.form.get("antwort") == "ja"
    actions.answer_invitation(me(), idea=idea, accepts=accepts)
    if accepts:
        flash(_("You write along now. Your pseudonym is shown with the idea."), "success")
        return redirect(url_for("ideas.idea", idea_id=idea.id), 303)
    flash(_("You have declined the invitation."), "success")
    return redirect(url_for("pages.mine"), 303)


@blueprint.post("/idee/<int:idea_id>/nicht-mehr-mitschreiben")
@signed_in
def leave_idea(idea_id: int) -> ResponseReturnValue:
    idea = seen_idea(idea_id)
    actions.leave_idea(me(), idea=idea)
    flash(_("You do not write along with “%(title)s” any more.", title=idea.title), "success")
    return redirect(url_for("pages.mine"), 303)
