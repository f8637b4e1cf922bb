"""The pictures of an idea: one page to add, describe, order and remove them, and the pictures themselves."""

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, public, signed_in, visitor
from ideenlab.core.attachment import shown_picture
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid, NotFound, error_page
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.picture_rows import PictureDeeds, change_pictures
from ideenlab.core.storage import NoRoom
from ideenlab.core.verdict import Verdict, require
from ideenlab.core.web import accepts_body, begin_reading, slow_first
from ideenlab.files.actions import draw_picture
from ideenlab.ideas import actions
from ideenlab.ideas.actions.images import checked_alt
from ideenlab.ideas.forms import ImagesForm
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
    waited = waits_again(me(), get_idea(idea_id))
    said = change_pictures(form, draw=draw_picture, check_alt=checked_alt, deeds=lambda: _deeds(idea_id))
    flash(said, "success")
    if waited and get_idea(idea_id).state == "waiting":
        flash(_("The moderation reads your idea again before everybody sees it."), "info")
    return redirect(url_for("ideas.images", idea_id=idea_id), 303)


def _deeds(idea_id: int) -> PictureDeeds:
    idea = get_idea(idea_id)
    return PictureDeeds(
        row=images_of(idea),
        add=partial(actions.add_image, me(), idea=idea),
        describe=lambda picture, **words: actions.describe_image(me(), image=picture, **words),
        remove=lambda picture: actions.remove_image(me(), image=picture),
        forward=lambda picture: actions.move_image_forward(me(), image=picture),
    )


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
