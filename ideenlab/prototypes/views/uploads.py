"""Files in pieces, in the words of tus 1.0.0 (core, creation, termination): see docs/decisions and https://tus.io.

OPTIONS and POST on the collection, HEAD, PATCH and DELETE on one upload. Beside the protocol a GET on an upload gives
{offset, item}: where it stands, and the line of the list. What is refused is answered as {message}.
"""

import base64
import binascii
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import ClientDisconnected

from ideenlab.accounts.access import me, signed_in
from ideenlab.core.clock import now
from ideenlab.core.errors import Conflict, Invalid, NotAllowed, NotFound
from ideenlab.core.i18n import gettext as _
from ideenlab.core.storage import CHUNK, NoRoom, WrongOffset, storage
from ideenlab.core.verdict import require
from ideenlab.core.web import accepts_body, begin_writing, slow_first
from ideenlab.files.rules import LARGEST_FILE
from ideenlab.prototypes import actions
from ideenlab.prototypes.models import PrototypeFile
from ideenlab.prototypes.queries import get_upload
from ideenlab.prototypes.rules import may_change_prototype, may_see_draft
from ideenlab.prototypes.views.blueprint import blueprint
from ideenlab.teams.queries import get_team

LARGEST_PIECE = 8 * 1024 * 1024
VERSION = "1.0.0"
PIECE_KIND = "application/offset+octet-stream"
UPLOAD = "/team/<int:team_id>/prototyp/uploads/<int:file_id>"
V = TypeVar("V", bound=Callable[..., Any])


def _speaks_tus(view: V) -> V:
    """Every answer names the version; a client of another one is told which we speak. Refusals are read by a script."""

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> Response:
        spoken = request.method in ("OPTIONS", "GET") or request.headers.get("Tus-Resumable") == VERSION
        given = make_response(_answered(view, args, kwargs) if spoken else ("", 412, {"Tus-Version": VERSION}))
        given.headers["Tus-Resumable"] = VERSION
        given.headers["Cache-Control"] = "private, no-store"
        return given

    return answer  # type: ignore[return-value]


def _answered(view: Callable[..., Any], args: Any, kwargs: Any) -> ResponseReturnValue:
    try:
        return view(*args, **kwargs)  # type: ignore[no-any-return]
    except NotAllowed as error:
        return {"message": str(error)}, 403
    except NotFound:
        return {"message": _("This upload does not exist any more. Please choose the file again.")}, 404
    except WrongOffset as error:
        return {"offset": error.offset}, 409, {"Upload-Offset": str(error.offset)}
    except Conflict as error:
        return {"message": str(error)}, 409
    except Invalid as error:
        return {"message": str(error)}, 422
    except NoRoom:
        return {"message": _("There is no room left on the server. Please try again later.")}, 507


def _not_understood(status: int = 400) -> ResponseReturnValue:
    return {"message": _("This upload was not understood.")}, status


@blueprint.route("/team/<int:team_id>/prototyp/uploads", methods=["OPTIONS", "POST"], provide_automatic_options=False)
@signed_in
@_speaks_tus
def begin_upload(team_id: int) -> ResponseReturnValue:
    if request.method == "OPTIONS":
        known = {"Tus-Version": VERSION, "Tus-Extension": "creation,termination", "Tus-Max-Size": str(LARGEST_FILE)}
        return "", 204, known
    name, size = _name_in(request.headers.get("Upload-Metadata", "")), _number(request.headers.get("Upload-Length", ""))
    if name is None or size is None:
        return _not_understood()
    try:
        upload = actions.begin_upload(me(), team=get_team(team_id), name=name, size=size)
    except Invalid as error:
        return {"message": str(error)}, 413 if size > LARGEST_FILE else 422
    return "", 201, {"Location": url_for("prototypes.upload", team_id=team_id, file_id=upload.file_id)}


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _name_in(metadata: str) -> str | None:
    """The name of the file: `filename d2VsdC5wZGY=,filetype …`, each value in base 64."""
    pairs = dict(pair.strip().partition(" ")[::2] for pair in metadata[:8000].split(","))
    try:
        name = base64.b64decode(pairs.get("filename") or pairs.get("name", ""), validate=True).decode()
    except (binascii.Error, ValueError):
        return None
    return name if 0 < len(name) <= 1000 else None


@blueprint.get(UPLOAD)
@signed_in
@_speaks_tus
def upload(team_id: int, file_id: int) -> ResponseReturnValue:
    """Where the next piece begins, as headers for the protocol and as JSON for our page."""
    upload = _mine(team_id, file_id)
    whole = upload.file.state == "whole"
    offset = upload.file.size if whole else storage().arrived(upload.file.key, upload.file.size)
    told: dict[str, object] = {"offset": offset}
    if whole and request.method == "GET":
        told["item"] = render_template("prototypes/_file.html", attached=upload, team=upload.prototype.team)
    return told, 200, {"Upload-Offset": str(offset), "Upload-Length": str(upload.file.size)}


@blueprint.patch(UPLOAD)
@signed_in
@slow_first
@accepts_body(9)
@_speaks_tus
def send_piece(team_id: int, file_id: int) -> ResponseReturnValue:
    """Take the next piece, or what arrived of it; the last one is answered when the whole file was looked at."""
    upload = _mine(team_id, file_id)
    if upload.file.state == "whole":
        return "", 204, {"Upload-Offset": str(upload.file.size)}
    if request.mimetype != PIECE_KIND:
        return _not_understood(415)
    stated = _number(request.headers.get("Upload-Offset", ""))
    piece, is_cut = _received()
    if stated is None or len(piece) > LARGEST_PIECE:
        return _not_understood(400 if stated is None else 413)
    stands_at = storage().arrived(upload.file.key, upload.file.size)
    if stated != stands_at:
        raise WrongOffset(stands_at)
    offset = actions.add_piece(me(), upload=upload, piece=piece, offset=stated)
    if is_cut:
        return _not_understood()  # nobody hears it, but what came is kept
    if offset == upload.file.size:
        content = actions.check_upload(upload)
        begin_writing()
        upload = _mine(team_id, file_id)
        actions.finish_upload(me(), upload=upload, content=content)
    return "", 204, {"Upload-Offset": str(offset)}


def _received() -> tuple[bytes, bool]:
    """What came of the body, and whether the connection was lost before its end."""
    came = bytearray()
    try:
        while len(came) <= LARGEST_PIECE and (part := request.stream.read(CHUNK)):
            came += part
    except ClientDisconnected:
        return bytes(came), True
    return bytes(came), False


@blueprint.delete(UPLOAD)
@signed_in
@_speaks_tus
def cancel_upload(team_id: int, file_id: int) -> ResponseReturnValue:
    """Give it up, also when the last piece has just arrived: who gives up does not want the file."""
    upload = _mine(team_id, file_id)
    require(may_change_prototype(me(), upload.prototype.team, now()))
    actions.remove_file(me(), attached=upload)
    return "", 204


def _mine(team_id: int, file_id: int) -> PrototypeFile:
    """My own upload, as long as I belong to the team."""
    team = get_team(team_id)
    if not may_see_draft(me(), team):
        raise NotFound
    return get_upload(me(), team, file_id)
