"""When a form was opened, signed, so that it cannot be made up: nobody types within three seconds."""

from datetime import UTC, datetime, timedelta

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from ideenlab.core.clock import now

SECONDS_TO_TYPE = 3
OPEN_AT_MOST = timedelta(days=1)  # a page left open longer asks for one more press


def write_opening(moment: datetime) -> str:
    return str(_signer().dumps(int(moment.timestamp())))


def read_opening(text: str | None) -> datetime | None:
    """None where it is missing, made up or too old."""
    try:
        seconds = _signer().loads((text or "")[:200])
    except BadSignature:
        return None
    opened = datetime.fromtimestamp(seconds, UTC)
    return opened if now() - opened < OPEN_AT_MOST else None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="opened")
