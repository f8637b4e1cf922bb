from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, moderator
from ideenlab.core.errors import Conflict, Invalid, NotFound
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import ngettext
from ideenlab.ideas.models import Idea
from ideenlab.ideas.queries import get_idea, images_of, versions_of
from ideenlab.ideas.rules import may_see_idea
from ideenlab.moderation.actions import blacken_image, blacken_passage, blacken_version
from ideenlab.moderation.forms import BlackenForm
from ideenlab.moderation.views.door import blueprint


@blueprint.route("/moderation/idee/<int:idea_id>/schwaerzen", methods=["GET", "POST"])
@moderator
def blackening(idea_id: int) -> ResponseReturnValue:
    """Take out for good what must not stay anywhere."""
    idea = get_idea(idea_id)
    if not may_see_idea(me(), idea):
        raise NotFound
    versions = [version.revision for version in versions_of(idea)]
    form = BlackenForm.of(versions, [(image.id, image.alt) for image in images_of(idea)])
    if form.validate_on_submit():
        try:
            _blacken(idea, form)
            return redirect(url_for("moderation.thing", what="idee", number=idea_id), 303)
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
    return render_template("moderation/blackening.html", idea=idea, form=form), 422 if form.errors else 200


def _blacken(idea: Idea, form: BlackenForm) -> None:
    kind, _sign, number = form.what.data.partition("-")
    reason = form.reason.data or ""
    if kind == "passage":
        found = blacken_passage(me(), idea=idea, passage=form.passage.data or "", reason=reason)
        flash(ngettext("Blackened in %(num)s text.", "Blackened in %(num)s texts.", found), "success")
        return
    if kind == "version":
        version = next((old for old in versions_of(idea) if str(old.revision) == number), None)
        if version is None:
            raise Conflict(_("This version is not there, or blackened already."))
        blacken_version(me(), version=version, idea=idea, reason=reason)
    else:
        image = next((image for image in images_of(idea) if str(image.id) == number), None)
        if image is None:
            raise Conflict(_("This picture was removed before."))
        blacken_image(me(), image=image, reason=reason)
    flash(_("It is gone for good."), "success")
