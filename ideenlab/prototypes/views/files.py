import os
from contextlib import suppress

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from ideenlab.accounts.access import me, public, signed_in, visitor
from ideenlab.core.attachment import attachment
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid, NotFound, error_page
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import ngettext
from ideenlab.core.storage import NoRoom, storage
from ideenlab.core.verdict import Verdict, require
from ideenlab.core.web import accepts_body, begin_reading, begin_writing, slow_first
from ideenlab.files.actions import Content, store_content
from ideenlab.files.rules import kinds_in_words
from ideenlab.prototypes import actions
from ideenlab.prototypes.forms import FilesForm
from ideenlab.prototypes.queries import files_of, find_prototype_of, get_file, get_file_of_draft
from ideenlab.prototypes.rules import may_change_prototype, may_fetch_file, may_see_draft
from ideenlab.prototypes.views.blueprint import blueprint
from ideenlab.teams.queries import get_team


def _may_send(team_id: int) -> Verdict:
    return may_change_prototype(me(), get_team(team_id), now())


@blueprint.route("/team/<int:team_id>/prototyp/dateien", methods=["GET", "POST"])
@signed_in
@slow_first
@accepts_body(201, ask_first=_may_send)
def files(team_id: int) -> ResponseReturnValue:
    """The files of the draft. Without JavaScript they come as part of the form."""
    team = get_team(team_id)
    require(may_see_draft(me(), team))
    form = FilesForm()
    if request.method == "POST":
        require(may_change_prototype(me(), team, now()))
        if form.validate():
            try:
                return _added(team_id, [file for file in form.files.data or [] if isinstance(file, FileStorage)])
            except Invalid as error:
                refuse(form, "files", str(error))
            except NoRoom:
                return error_page(503)
        begin_reading()
    team = get_team(team_id)
    prototype = find_prototype_of(team)
    page = render_template(
        "prototypes/files.html", form=form, team=team, prototype=prototype, kinds=kinds_in_words(),
        files=files_of(prototype) if prototype else [], verdict=may_change_prototype(me(), team, now()),
        percent_here=_percent_here,
    )  # fmt: skip
    return page, 422 if form.errors or form.form_errors else 200


def _percent_here(file: object) -> int:
    """How much of an arriving file is here, in per cent."""
    size: int = file.size  # type: ignore[attr-defined]
    return 100 * storage().arrived(file.key, size) // size  # type: ignore[attr-defined]


def _added(team_id: int, given: list[FileStorage]) -> ResponseReturnValue:
    """Store everything first, then write the rows in one short transaction: all files or none."""
    begin_reading()
    contents: list[Content] = []
    try:
        for file in given:
            if file.filename:
                contents.append(_stored(file))
        if not contents:
            raise Invalid(_("Please choose a file first."), field="files")
        begin_writing()
        team = get_team(team_id)
        for content in contents:
            actions.add_file(me(), team=team, content=content)
    except BaseException:
        for content in contents:
            with suppress(OSError):
                storage().delete(content.key)
        raise
    flash(ngettext("%(num)s file was added.", "%(num)s files were added.", len(contents)), "success")
    return redirect(url_for("prototypes.files", team_id=team_id), 303)


def _stored(file: FileStorage) -> Content:
    size = file.stream.seek(0, os.SEEK_END)
    file.stream.seek(0)
    return store_content(file.stream, name=file.filename or "", size=size)  # type: ignore[arg-type]


@blueprint.route("/team/<int:team_id>/prototyp/dateien/<int:file_id>/entfernen", methods=["GET", "POST"])
@signed_in
def remove_file(team_id: int, file_id: int) -> ResponseReturnValue:
    """Ask once more, then take the file out of the draft."""
    team = get_team(team_id)
    require(may_change_prototype(me(), team, now()))
    prototype = find_prototype_of(team)
    if prototype is None:
        raise NotFound
    attached = get_file_of_draft(prototype, file_id)
    if request.method == "POST":
        name = attached.file.name
        actions.remove_file(me(), attached=attached)
        flash(_("“%(name)s” is removed from the draft.", name=name), "success")
        return redirect(url_for("prototypes.files", team_id=team.id), 303)
    return render_template("prototypes/remove_file.html", team=team, attached=attached)


@blueprint.get("/prototyp/<int:prototype_id>/datei/<int:file_id>")
@public
def file(prototype_id: int, file_id: int) -> ResponseReturnValue:
    """Asked at every fetch whether this person may have it; for all others it does not exist."""
    attached = get_file(prototype_id, file_id)
    if not may_fetch_file(visitor(), attached, now()):
        raise NotFound
    stored = attached.file
    return attachment(stored.key, name=stored.name, media_type=stored.media_type, size=stored.size)
