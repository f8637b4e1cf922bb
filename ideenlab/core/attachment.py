"""A stored file as an answer: to be saved, never to be run by the browser. Only what we drew ourselves is shown."""

import unicodedata
from urllib.parse import quote

from flask import Response, current_app, request
from werkzeug.wsgi import wrap_file

from ideenlab.core.errors import NotFound
from ideenlab.core.security import SANDBOX
from ideenlab.core.storage import storage


def attachment(key: str, *, name: str, media_type: str, size: int) -> Response:
    """The content under `key`, sent as it is read. Whoever calls has asked whether the person may have it."""
    try:
        content = storage().open(key)
    except FileNotFoundError:
        current_app.logger.error("stored file is missing: %s", key)
        raise NotFound from None
    response = Response(wrap_file(request.environ, content), mimetype=media_type, direct_passthrough=True)
    response.content_length = size
    response.headers.set("Content-Disposition", "attachment", **_both_names(name))
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    response.call_on_close(content.close)
    return response


def made_just_now(content: bytes, *, name: str, media_type: str) -> Response:
    """What was written for this one answer and is stored nowhere: a PDF, an archive."""
    response = Response(content, mimetype=media_type)
    response.headers.set("Content-Disposition", "attachment", **_both_names(name))
    response.headers["Cache-Control"] = "private, no-store"
    return response


def shown_picture(key: str, *, sha256: str, size: int, everybody: bool) -> Response:
    """A picture of a page that we drew ourselves. What everybody may see is kept by caches for five minutes."""
    if request.if_none_match.contains(sha256):
        response = Response(status=304)
    else:
        response = attachment(key, name="bild.webp", media_type="image/webp", size=size)
        response.headers.set("Content-Disposition", "inline", filename="bild.webp")
    response.headers["Cache-Control"] = "public, max-age=300" if everybody else "private, no-store"
    response.set_etag(sha256)
    return response


def _both_names(name: str) -> dict[str, str]:
    """RFC 6266: the name for everybody, and a plain one for old programs where it has other letters."""
    if name.isascii():
        return {"filename": name}
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return {"filename": plain, "filename*": f"UTF-8''{quote(name, safe='!#$&+-.^_`|~')}"}
