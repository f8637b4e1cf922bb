"""The screenshots of a draft on one page, and the pictures themselves."""

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, public, signed_in, visitor
from ideenlab.core.attachment import shown_picture
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid, NotFound, error_page
from ideenlab.core.forms import refuse
from ideenlab.core.picture_rows import PictureDeeds, change_pictures
from ideenlab.core.storage import NoRoom
from ideenlab.core.verdict import Verdict, require
from ideenlab.core.web import accepts_body, begin_reading, slow_first
from ideenlab.files.actions import draw_picture
from ideenlab.ideas.actions.images import checked_alt
from ideenlab.prototypes import actions
from ideenlab.prototypes.forms import ScreenshotsForm
from ideenlab.prototypes.models import Screenshot
from ideenlab.prototypes.queries import find_prototype_of, get_screenshot, screenshots_of
from ideenlab.prototypes.rules import (
    MOST_SCREENSHOTS,
    may_add_screenshot,
    may_change_prototype,
    may_see_draft,
    may_see_screenshot,
)
from ideenlab.prototypes.views.blueprint import blueprint
from ideenlab.teams.models import Team
from ideenlab.teams.queries import get_team


def _may_send(team_id: int) -> Verdict:
    return may_change_prototype(me(), get_team(team_id), now())


def _row(team: Team) -> list[Screenshot]:
    prototype = find_prototype_of(team)
    return list(screenshots_of(prototype)) if prototype else []


@blueprint.route("/team/<int:team_id>/prototyp/bilder", methods=["GET", "POST"])
@signed_in
@slow_first
@accepts_body(13, ask_first=_may_send)
def screenshots(team_id: int) -> ResponseReturnValue:
    """Every button keeps the descriptions of all pictures too: nothing typed is lost, whichever is pressed."""
    team = get_team(team_id)
    require(may_see_draft(me(), team))
    form = ScreenshotsForm.of(_row(team))
    if request.method == "POST":
        require(may_change_prototype(me(), team, now()))
        if form.validate():
            try:
                return _done(team_id, form)
            except Invalid as problem:
                refuse(form, "file" if problem.field == "files" else problem.field, str(problem))
            except NoRoom:
                return error_page(503)
        begin_reading()
        team = get_team(team_id)
    prototype = find_prototype_of(team)
    page = render_template(
        "prototypes/screenshots.html", team=team, screenshots=_row(team), form=form, most=MOST_SCREENSHOTS,
        verdict=may_change_prototype(me(), team, now()), may_add=prototype is None or may_add_screenshot(prototype),
    )  # fmt: skip
    return page, 422 if form.errors or form.form_errors else 200


def _done(team_id: int, form: ScreenshotsForm) -> ResponseReturnValue:
    flash(change_pictures(form, draw=draw_picture, check_alt=checked_alt, deeds=lambda: _deeds(team_id)), "success")
    return redirect(url_for("prototypes.screenshots", team_id=team_id), 303)


def _deeds(team_id: int) -> PictureDeeds:
    team = get_team(team_id)
    return PictureDeeds(
        row=_row(team),
        add=partial(actions.add_screenshot, me(), team=team),
        describe=lambda picture, **words: actions.describe_screenshot(me(), screenshot=picture, **words),
        remove=lambda picture: actions.remove_screenshot(me(), screenshot=picture),
        forward=lambda picture: actions.move_screenshot_forward(me(), screenshot=picture),
    )


@blueprint.get("/prototyp/bild/<key>/<int:width>")
@public
def screenshot(key: str, width: int) -> ResponseReturnValue:
    """Asked at every fetch whether the picture may be seen; for all others it does not exist."""
    found, size = get_screenshot(key, width)
    if not may_see_screenshot(visitor(), found, now()):
        raise NotFound
    everybody = bool(may_see_screenshot(None, found, now()))
    return shown_picture(size.file.key, sha256=size.file.sha256, size=size.file.size, everybody=everybody)
