"""The pictures of an idea: one page to add, describe, order and remove them, and the pictures themselves."""

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
from ideenlab.ideas import actions
from ideenlab.ideas.actions.images import checked_alt
from ideenlab.ideas.forms import ImagesForm
from ideenlab.ideas.models import IdeaImage
from ideenlab.ideas.queries import get_idea, get_image_size, idea_of_image, images_of
from ideenlab.ideas.rules import may_add_image, may_edit_idea, may_see_image, waits_again
from ideenlab.ideas.views.door import blueprint
from ideenlab.ideas.views.idea import seen_idea


def _may_send(idea_id: int) -> Verdict:
    return may_edit_idea(me(), get_idea(idea_id), now())


@blueprint.route("/idee/<int:idea_id>/bilder", methods=["GET", "POST"])
@signed_in
@slow_first
@accepts_body(13, ask_first=_may_send)
def images(idea_id: int) -> ResponseReturnValue:
    """Every button keeps the descriptions of all pictures too: nothing typed is lost, whichever is pressed."""
    idea = seen_idea(idea_id)
    require(may_edit_idea(me(), idea, now()))
    form = ImagesForm.of(images_of(idea))
    if request.method == "POST":
        if form.validate():
            try:
                return _done(idea_id, form)
            except Invalid as problem:
                refuse(form, "file" if problem.field == "files" else problem.field, str(problem))
            except NoRoom:
                return error_page(503)
        begin_reading()
        idea = get_idea(idea_id)
    page = render_template(
        "ideas/images.html", idea=idea, images=images_of(idea), form=form, may_add=may_add_image(me(), idea, now()),
        waits=waits_again(me(), idea),
    )  # fmt: skip
    return page, 422 if form.errors or form.form_errors else 200


def _done(idea_id: int, form: ImagesForm) -> ResponseReturnValue:
    """First what is slow, then all rows in one short transaction."""
    wanted, _sign, number = request.form.get("do", "save").partition("-")
    drawn = _drawn(form) if wanted == "add" else []
    begin_reading()
    try:
        begin_writing()
        idea = get_idea(idea_id)
        row, waited = images_of(idea), waits_again(me(), idea)
        chosen = next((image for image in row if str(image.id) == number), None)
        if wanted in ("remove", "forward") and chosen is None:
            raise NotFound
        _describe(row, form, but=chosen if wanted == "remove" else None)
        if wanted == "add":
            alt, decorative = form.alt.data or "", form.decorative.data
            actions.add_image(me(), idea=idea, drawn=drawn, alt=alt, decorative=decorative)
        elif chosen is not None:
            change = actions.remove_image if wanted == "remove" else actions.move_image_forward
            change(me(), image=chosen)
    except BaseException:
        for each in drawn:
            with suppress(OSError):
                storage().delete(each.content.key)
        raise
    flash(_said(wanted), "success")
    if waited and idea.state == "waiting":
        flash(_("The moderation reads your idea again before everybody sees it."), "info")
    return redirect(url_for("ideas.images", idea_id=idea_id), 303)


def _said(wanted: str) -> str:
    return {
        "add": _("The picture is added."),
        "remove": _("The picture is removed."),
        "forward": _("The picture stands further to the front now."),
    }.get(wanted, _("The descriptions are saved."))  # fmt: skip


def _drawn(form: ImagesForm) -> list[Drawn]:
    file = form.file.data
    if not isinstance(file, FileStorage) or not file.filename:
        raise Invalid(_("Please choose a picture first."), field="file")
    checked_alt(form.alt.data or "", decorative=form.decorative.data)  # before the slow part
    return draw_picture(file.stream, name=file.filename)  # type: ignore[arg-type]


def _describe(row: list[IdeaImage], form: ImagesForm, *, but: IdeaImage | None) -> None:
    for image in row:
        name = f"alt_{image.id}"
        if image is but or name not in request.form:  # a picture that came meanwhile from another window
            continue
        try:
            alt, decorative = form[name].data or "", form[f"decorative_{image.id}"].data
            actions.describe_image(me(), image=image, alt=alt, decorative=decorative)
        except Invalid as problem:
            raise Invalid(str(problem), field=name) from problem


@blueprint.get("/bild/<key>/<int:width>")
@public
def image(key: str, width: int) -> ResponseReturnValue:
    """Asked at every fetch whether the idea may still be seen."""
    size = get_image_size(key, width)
    idea = idea_of_image(size)
    if not may_see_image(visitor(), idea):
        raise NotFound
    everybody = bool(may_see_image(None, idea))
    return shown_picture(size.file.key, sha256=size.file.sha256, size=size.file.size, everybody=everybody)
