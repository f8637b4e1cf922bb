from flask import Blueprint, render_template, session
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import may_send_mail, slowed, try_once
from ideenlab.accounts.models import Token
from ideenlab.accounts.queries import find_token
from ideenlab.core.security import new_secret

__all__ = ["blueprint", "gone", "living", "may_send_mail", "slowed", "this_browser", "try_once"]

blueprint = Blueprint("accounts", __name__)


def this_browser() -> str:
    """A secret of the browser that sent the request, for links and codes that count only there."""
    secret: str = session.setdefault("browser", new_secret())
    return secret


def living(secret: str, purpose: str) -> Token | None:
    return find_token(secret, purpose=purpose)


def gone(again: str) -> ResponseReturnValue:
    """One text for all links that do not work: unknown, used, run out. `again` is where a new one comes from."""
    return render_template("accounts/_gone.html", again=again), 410
