"""The screenshots of a draft on one page, and the pictures themselves."""

from contextlib import suppress

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from ideenlab.accounts.access import me, public, signed_in, visitor
from ideenlab.core.attachment import shown_picture
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid, NotFound, error_page
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.storage import NoRoom, storage
from ideenlab.core.verdict import Verdict, require
from ideenlab.core.web import accepts_body, begin_reading, begin_writing, slow_first
from ideenlab.files.actions import Drawn, draw_picture
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
    """First what is slow, then all rows in one short transaction."""
    wanted, _sign, number = request.form.get("do", "save").partition("-")
    drawn = _drawn(form) if wanted == "add" else []
    begin_reading()
    try:
        begin_writing()
        team = get_team(team_id)
        row = _row(team)
        chosen = next((screenshot for screenshot in row if str(screenshot.id) == number), None)
        if wanted in ("remove", "forward") and chosen is None:
            raise NotFound
        _describe(row, form, but=chosen if wanted == "remove" else None)
        if wanted == "add":
            alt, decorative = form.alt.data or "", form.decorative.data
            actions.add_screenshot(me(), team=team, drawn=drawn, alt=alt, decorative=decorative)
        elif chosen is not None:
            change = actions.remove_screenshot if wanted == "remove" else actions.move_screenshot_forward
            change(me(), screenshot=chosen)
    except BaseException:
        for each in drawn:
            with suppress(OSError):
                storage().delete(each.content.key)
        raise
    flash(_said(wanted), "success")
    return redirect(url_for("prototypes.screenshots", team_id=team_id), 303)


def _said(wanted: str) -> str:
    return {
        "add": _("The picture is added."),
        "remove": _("The picture is removed."),
        "forward": _("The picture stands further to the front now."),
    }.get(wanted, _("The descriptions are saved."))  # fmt: skip


def _drawn(form: ScreenshotsForm) -> list[Drawn]:
    file = form.file.data
    if not isinstance(file, FileStorage) or not file.filename:
        raise Invalid(_("Please choose a picture first."), field="file")
    checked_alt(form.alt.data or "", decorative=form.decorative.data)  # before the slow part
    return draw_picture(file.stream, name=file.filename)  # type: ignore[arg-type]


def _describe(row: list[Screenshot], form: ScreenshotsForm, *, but: Screenshot | None) -> None:
    for screenshot in row:
        name = f"alt_{screenshot.id}"
        if screenshot is but or name not in request.form:
            continue
        alt, decorative = form[name].data or "", form[f"decorative_{screenshot.id}"].data
        if (alt, decorative) == (screenshot.alt, not screenshot.alt):
            continue
        try:
            actions.describe_screenshot(me(), screenshot=screenshot, alt=alt, decorative=decorative)
        except Invalid as problem:
            raise Invalid(str(problem), field=name) from problem


@blueprint.get("/prototyp/bild/<key>/<int:width>")
@public
def screenshot(key: str, width: int) -> ResponseReturnValue:
    """Asked at every fetch whether the picture may be seen; for all others it does not exist."""
    found, size = get_screenshot(key, width)
    if not may_see_screenshot(visitor(), found, now()):
        raise NotFound
    everybody = bool(may_see_screenshot(None, found, now()))
    return shown_picture(size.file.key, sha256=size.file.sha256, size=size.file.size, everybody=everybody)
