"""Built files under /static: their hashed addresses, and how they are sent."""

from __future__ import annotations

import json
import mimetypes
import re
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, abort, request, send_from_directory

from ideenlab.config import ROOT

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
    known = manifest_of(STATIC)
    if name not in known:
        raise AssetsMissing(f"{MISSING} There is no {name!r} among them.")
    return f"/static/vendor/{known[name]}"


def send_static(filename: str) -> Response:
    """A file below static/, compressed where the browser takes it and there is a compressed copy."""
    if Path(filename).name.startswith(".") or filename.endswith((".gz", "/stamp")):
        abort(404)
    response = send_from_directory(STATIC, filename, conditional=True)
    twin = STATIC / f"{filename}.gz"
    if HASHED.match(filename) and twin.is_file():
        if request.accept_encodings.quality("gzip") and "Range" not in request.headers:
            kind = response.content_type
            response.close()
            response = send_from_directory(STATIC, f"{filename}.gz", conditional=True)
            response.headers["Content-Type"] = kind
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Vary"] = "Accept-Encoding"
    response.headers["X-Content-Type-Options"] = "nosniff"
    lasting = f"public, max-age={A_YEAR}, immutable"
    response.headers["Cache-Control"] = lasting if HASHED.match(filename) else "public, max-age=300"
    return response


def register_assets(app: Flask) -> None:
    """Give templates `asset(name)`, and send what is below /static."""
    app.jinja_env.globals["asset"] = asset
    app.add_url_rule("/static/<path:filename>", endpoint="static", view_func=send_static)
