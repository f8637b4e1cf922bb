from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, signed_in
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import render_markdown, safe_html
from ideenlab.core.verdict import require
from ideenlab.prototypes import actions
from ideenlab.prototypes.forms import DraftForm, HandInForm
from ideenlab.prototypes.models import Prototype
from ideenlab.prototypes.queries import files_of, find_prototype_of, hand_ins_of, latest_hand_in
from ideenlab.prototypes.rules import may_change_prototype, may_see_draft
from ideenlab.prototypes.views.blueprint import blueprint
from ideenlab.teams.models import Team
from ideenlab.teams.queries import get_team


@blueprint.route("/team/<int:team_id>/prototyp", methods=["GET", "POST"])
@signed_in
def draft(team_id: int) -> ResponseReturnValue:
    """Text and links of the draft; read-only before and after the time for it."""
    team = get_team(team_id)
    require(may_see_draft(me(), team))
    prototype = find_prototype_of(team)
    form = DraftForm(obj=prototype)
    if request.method == "POST":
        require(may_change_prototype(me(), team, now()))
        if form.validate() and "preview" not in request.form:
            return _saved(team, form)
    status = 422 if form.errors else 200
    return render_template("prototypes/draft.html", form=form, **_around(team, prototype), **_preview(form)), status


def _saved(team: Team, form: DraftForm) -> ResponseReturnValue:
    actions.save_draft(me(), team=team, text=form.text(), revision=form.revision.data)
    flash(_("Your draft is saved."), "success")
    target = "prototypes.hand_in" if "hand_in" in request.form else "prototypes.draft"
    return redirect(url_for(target, team_id=team.id), 303)


def _around(team: Team, prototype: Prototype | None) -> dict[str, object]:
    """What stands around the form: whether it may be used, files and versions."""
    return {
        "team": team, "prototype": prototype, "verdict": may_change_prototype(me(), team, now()),
        "files": files_of(prototype) if prototype else [], "versions": hand_ins_of(prototype) if prototype else [],
        "now": now(), "description": safe_html(render_markdown(prototype.description if prototype else "")),
    }  # fmt: skip


def _preview(form: DraftForm) -> dict[str, object]:
    if "preview" not in request.form:
        return {}
    return {"preview": safe_html(render_markdown(form.description.data or ""))}


@blueprint.route("/team/<int:team_id>/prototyp/abgeben", methods=["GET", "POST"])
@signed_in
def hand_in(team_id: int) -> ResponseReturnValue:
    """Look once more at what will be handed in, then do it."""
    team = get_team(team_id)
    require(may_see_draft(me(), team))
    prototype = find_prototype_of(team)
    if prototype is None:
        return redirect(url_for("prototypes.draft", team_id=team.id), 303)
    form, known = HandInForm(), latest_hand_in(prototype)
    if form.validate_on_submit():
        try:
            version = actions.hand_in(me(), team=team, revision=form.revision.data)
        except Invalid as error:
            refuse(form, error.field, str(error))
        else:
            _say_handed_in(same=version == known)
            return redirect(url_for("prototypes.version", prototype_id=prototype.id, number=version.number), 303)
    form.revision.data = prototype.revision
    page = render_template(
        "prototypes/hand_in.html", form=form, latest=known, **_around(team, prototype),
    )  # fmt: skip
    return page, 422 if form.is_submitted() else 200


def _say_handed_in(*, same: bool) -> None:
    if same:
        flash(_("This is exactly what you handed in before. Nothing had to be handed in again."), "info")
    else:
        flash(_("Your prototype is handed in. This page is your receipt; everybody in your team gets it by mail."),
              "success")  # fmt: skip
