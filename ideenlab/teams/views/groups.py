"""A teacher takes a whole class out: teams first, then the places."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, signed_in
from ideenlab.core.clock import now
from ideenlab.core.errors import NotFound
from ideenlab.core.forms import Form
from ideenlab.core.i18n import gettext as _
from ideenlab.hackathons.queries import get_any_hackathon, get_group, pupils_of
from ideenlab.hackathons.rules import may_cancel_group, may_see_group
from ideenlab.teams import actions
from ideenlab.teams.views.door import blueprint


@blueprint.route("/hackathon/<slug>/gruppe/<int:number>/absagen", methods=["GET", "POST"])
@signed_in
def group_cancellation(slug: str, number: int) -> ResponseReturnValue:
    group, form = get_group(get_any_hackathon(slug), number), Form()
    if not may_see_group(me(), group):
        raise NotFound
    if form.validate_on_submit():
        stayed = actions.cancel_group(me(), group=group)
        if stayed:
            names = ", ".join(row.person.pseudonym for row in stayed)
            text = _("The group is cancelled. Still there, because their teams are fixed: %(names)s.", names=names)
            flash(text, "info")
        else:
            flash(
                _("The group is cancelled, and the places are free. Was that a mistake? Then undo it here."), "success"
            )
        return redirect(url_for("hackathons.pupils", slug=slug, number=number), 303)
    pupils = pupils_of(group)
    return render_template(
        "teams/group_cancellation.html", hackathon=group.hackathon, group=group,
        verdict=may_cancel_group(me(), group, now()), in_teams=[row for row in pupils if row.in_team],
    )  # fmt: skip
