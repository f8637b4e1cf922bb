from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, signed_in
from ideenlab.challenges.queries import challenges_of
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import render_markdown, safe_html
from ideenlab.core.verdict import require
from ideenlab.core.web import request_began
from ideenlab.prototypes import actions
from ideenlab.prototypes.forms import DraftForm, HandInForm
from ideenlab.prototypes.models import Prototype
from ideenlab.prototypes.queries import (
    challenges_of_prototype,
    files_of,
    find_prototype_of,
    hand_ins_of,
    latest_hand_in,
    screenshots_of,
)
from ideenlab.prototypes.rules import (
    deadline_of,
    label_of,
    may_change_prototype,
    may_see_draft,
    missing_from,
    required_of,
    used_permit,
)
from ideenlab.prototypes.views.blueprint import blueprint
from ideenlab.teams.models import Team
from ideenlab.teams.queries import get_team


def draft_form(team: Team, prototype: Prototype | None) -> DraftForm:
    offered = list(challenges_of(team.hackathon))
    if prototype:
        chosen = challenges_of_prototype(prototype)
        offered += [challenge for challenge in chosen if challenge not in offered]  # withdrawn since
    return DraftForm.of(prototype, offered, required_of(team.hackathon))


@blueprint.route("/team/<int:team_id>/prototyp", methods=["GET", "POST"])
@signed_in
def draft(team_id: int) -> ResponseReturnValue:
    """Text and links of the draft; read-only before and after the time for it."""
    team = get_team(team_id)
    require(may_see_draft(me(), team))
    prototype = find_prototype_of(team)
    form = draft_form(team, prototype)
    if request.method == "POST":
        require(may_change_prototype(me(), team, now()))
        if form.validate() and "preview" not in request.form:
            return _saved(team, form)
    status = 422 if form.errors else 200
    return render_template("prototypes/draft.html", form=form, **_around(team, prototype), **_preview(form)), status


def _saved(team: Team, form: DraftForm) -> ResponseReturnValue:
    actions.save_draft(
        me(), team=team, text=form.text(), revision=form.revision.data, seen=form.fingerprints_seen(),
        leave=form.left_out(),
    )  # fmt: skip
    flash(_("Your draft is saved."), "success")
    target = "prototypes.hand_in" if "hand_in" in request.form else "prototypes.draft"
    return redirect(url_for(target, team_id=team.id), 303)


def _around(team: Team, prototype: Prototype | None) -> dict[str, object]:
    """What stands around the form: whether it may be used, files and versions, and what is missing still."""
    missing = missing_from(prototype) if prototype else []
    return {
        "team": team, "prototype": prototype, "verdict": may_change_prototype(me(), team, now()),
        "files": files_of(prototype) if prototype else [], "versions": hand_ins_of(prototype) if prototype else [],
        "now": now(), "until": deadline_of(team, now()), "permit": used_permit(team, now()),
        "description": safe_html(render_markdown(prototype.description if prototype else "")),
        "screenshots": screenshots_of(prototype) if prototype else [],
        "challenges": [each.title for each in challenges_of_prototype(prototype)] if prototype else [],
        "missing": [(label_of(name), _place_of(name, team)) for name in missing], "missing_names": missing,
    }  # fmt: skip


def _place_of(name: str, team: Team) -> str:
    """Where a field is filled in."""
    if name in ("screenshots", "files"):
        return url_for(f"prototypes.{name}", team_id=team.id)
    return url_for("prototypes.draft", team_id=team.id, _anchor=name)


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
            version = actions.hand_in(me(), team=team, revision=form.revision.data, begun_at=request_began())
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
