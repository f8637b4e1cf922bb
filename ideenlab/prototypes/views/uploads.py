"""Files in pieces, as static/js/upload.js sends them.

POST {name, size, type} → 201 {id, url, offset}; PATCH url with the header Upload-Offset → {offset}, at the end also
{item}; GET url → {offset}; DELETE url gives up. What is refused is answered as {message}.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, signed_in
from ideenlab.core.clock import now
from ideenlab.core.errors import Conflict, Invalid, NotAllowed, NotFound
from ideenlab.core.i18n import gettext as _
from ideenlab.core.storage import NoRoom, WrongOffset, storage
from ideenlab.core.verdict import require
from ideenlab.core.web import accepts_body, begin_writing, slow_first
from ideenlab.prototypes import actions
from ideenlab.prototypes.models import PrototypeFile
from ideenlab.prototypes.queries import get_upload
from ideenlab.prototypes.rules import may_change_prototype, may_see_draft
from ideenlab.prototypes.views.blueprint import blueprint
from ideenlab.teams.queries import get_team

LARGEST_PIECE = 8 * 1024 * 1024
V = TypeVar("V", bound=Callable[..., Any])
UPLOAD = "/team/<int:team_id>/prototyp/uploads/<int:file_id>"


def _answers_json(view: V) -> V:
    """Refusals are read by a script here."""

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        try:
            return view(*args, **kwargs)  # type: ignore[no-any-return]
        except NotAllowed as error:
            return {"message": str(error)}, 403
        except NotFound:
            return {"message": _("This upload does not exist any more. Please choose the file again.")}, 404
        except WrongOffset as error:
            return {"offset": error.offset}, 409
        except Conflict as error:
            return {"message": str(error)}, 409
        except Invalid as error:
            return {"message": str(error)}, 422
        except NoRoom:
            return {"message": _("There is no room left on the server. Please try again later.")}, 507

    return answer  # type: ignore[return-value]


@blueprint.post("/team/<int:team_id>/prototyp/uploads")
@signed_in
@_answers_json
def begin_upload(team_id: int) -> ResponseReturnValue:
    name, size = _stated()
    if not isinstance(name, str) or type(size) is not int or len(name) > 1000 or abs(size) > 2**53:
        return {"message": _("This upload was not understood.")}, 400
    upload = actions.begin_upload(me(), team=get_team(team_id), name=name, size=size)
    url = url_for("prototypes.upload", team_id=team_id, file_id=upload.file_id)
    return {"id": upload.file_id, "url": url, "offset": 0}, 201


def _stated() -> tuple[object, object]:
    """Name and size, of whatever kind they are."""
    try:
        given = request.get_json(silent=True)
    except RecursionError:  # ten thousand brackets
        given = None
    return (given.get("name"), given.get("size")) if isinstance(given, dict) else (None, None)


@blueprint.get(UPLOAD)
@signed_in
@_answers_json
def upload(team_id: int, file_id: int) -> ResponseReturnValue:
    """Where the next piece begins."""
    upload = _mine(team_id, file_id)
    if upload.file.state == "whole":
        return _whole(upload)
    return {"offset": storage().arrived(upload.file.key, upload.file.size)}


@blueprint.patch(UPLOAD)
@signed_in
@slow_first
@accepts_body(9)
@_answers_json
def send_piece(team_id: int, file_id: int) -> ResponseReturnValue:
    """Take the next piece; the last one is answered when the whole file was looked at."""
    upload = _mine(team_id, file_id)
    if upload.file.state == "whole":
        return _whole(upload)
    stated, piece = request.headers.get("Upload-Offset", ""), request.get_data(cache=False)
    if not (stated.isascii() and stated.isdigit() and len(stated) < 16) or not 0 < len(piece) <= LARGEST_PIECE:
        return {"message": _("This upload was not understood.")}, 400
    offset = actions.add_piece(me(), upload=upload, piece=piece, offset=int(stated))
    if offset < upload.file.size:
        return {"offset": offset}
    content = actions.check_upload(upload)
    begin_writing()
    upload = _mine(team_id, file_id)
    actions.finish_upload(me(), upload=upload, content=content)
    return _whole(upload)


@blueprint.delete(UPLOAD)
@signed_in
@_answers_json
def cancel_upload(team_id: int, file_id: int) -> ResponseReturnValue:
    upload = _mine(team_id, file_id)
    require(may_change_prototype(me(), upload.prototype.team, now()))
    if upload.file.state == "arriving":
        actions.remove_file(me(), attached=upload)
    return {}


def _mine(team_id: int, file_id: int) -> PrototypeFile:
    """My own upload, as long as I belong to the team."""
    team = get_team(team_id)
    if not may_see_draft(me(), team):
        raise NotFound
    return get_upload(me(), team, file_id)


def _whole(upload: PrototypeFile) -> ResponseReturnValue:
    item = render_template("prototypes/_file.html", attached=upload, team=upload.prototype.team, changing=True)
    return {"offset": upload.file.size, "item": item}
