"""Built files under /static: their hashed addresses, and how they are sent."""

import json
import mimetypes
import re
import time
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join
from werkzeug.utils import send_file
from werkzeug.wrappers import Request, Response

from ideenlab.config import ROOT

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

STATIC = ROOT / "static"
MISSING = "The front-end files are not built: run `make setup`."
A_YEAR = 31_536_000
HASHED = re.compile(r"^vendor/[\w.-]+\.[0-9a-f]{12}\.\w+$")

mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("image/svg+xml", ".svg")


class AssetsMissing(RuntimeError):
    """static/vendor holds no manifest, or the manifest does not know the name."""


@lru_cache(maxsize=8)
def read_manifest(path: Path, _changed_ns: int) -> dict[str, str]:
    return {name: entry["file"] for name, entry in json.loads(path.read_text()).items()}


def manifest_of(folder: Path) -> dict[str, str]:
    path = folder / "vendor" / "manifest.json"
    try:
        return read_manifest(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise AssetsMissing(MISSING) from error


def asset(name: str) -> str:
    """The address of a built file; never with a language in front, so that caches keep one copy."""
    return _address(name, int(time.monotonic()))


@lru_cache(maxsize=64)
def _address(name: str, _second: int) -> str:
    """Looked up once a second: a page names six files."""
    known = manifest_of(STATIC)
    if name not in known:
        raise AssetsMissing(f"{MISSING} There is no {name!r} among them.")
    return f"/static/vendor/{known[name]}"


def asset_file(name: str) -> Path:
    """Where a built file lies, for what is made on the server: fonts in a PDF."""
    return STATIC / asset(name).removeprefix("/static/")


def sent_file(name: str, environ: "WSGIEnvironment") -> Response:
    """A file below static/, compressed where the browser takes it and there is a compressed copy."""
    if Path(name).name.startswith(".") or name.endswith((".gz", "/stamp")):
        raise NotFound
    lasting = HASHED.match(name)
    request = Request(environ)
    packed = bool(lasting and (STATIC / f"{name}.gz").is_file())
    zipped = packed and request.accept_encodings.quality("gzip") > 0 and "Range" not in request.headers
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    content, mark, changed = _content(f"{name}.gz" if zipped else name)
    response = send_file(content, environ, mimetype=kind, max_age=A_YEAR, etag=mark, last_modified=changed)
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    if packed:
        response.headers["Vary"] = "Accept-Encoding"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    caching = f"public, max-age={A_YEAR}, immutable" if lasting else "public, max-age=300"
    response.headers["Cache-Control"] = caching
    return response


def _content(name: str) -> tuple[BytesIO, str, float]:
    """What is in a file, its mark and when it was changed. The files are small: none stays open while it is sent."""
    path = safe_join(str(STATIC), name)
    try:
        if path is None:
            raise NotFound
        stat, content = Path(path).stat(), Path(path).read_bytes()
    except (OSError, ValueError):
        raise NotFound from None
    return BytesIO(content), f"{stat.st_mtime_ns:x}-{stat.st_size:x}", stat.st_mtime


class StaticFiles:
    """Answers for /static before the application does: without session, so no cookie makes a copy stale."""

    def __init__(self, app: "WSGIApplication") -> None:
        self.app = app

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path.startswith("/static/") and environ.get("REQUEST_METHOD") in ("GET", "HEAD"):
            with suppress(NotFound):
                return sent_file(path.removeprefix("/static/"), environ)(environ, start_response)
        return self.app(environ, start_response)


def register_assets(app: Flask) -> None:
    """Give templates `asset(name)`, and send what is below /static."""
    app.jinja_env.globals["asset"] = asset
    app.wsgi_app = StaticFiles(app.wsgi_app)  # type: ignore[method-assign]
