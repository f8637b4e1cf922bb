from datetime import timedelta
from typing import Any

from flask import Blueprint, render_template, session
from flask.typing import ResponseReturnValue

from ideenlab.accounts.actions import write_try
from ideenlab.accounts.models import Token
from ideenlab.accounts.queries import find_token
from ideenlab.accounts.rules import Slowed, may_try, slow_down
from ideenlab.core.clock import now
from ideenlab.core.security import network, new_secret, wider_network
from ideenlab.core.verdict import Verdict
from ideenlab.core.web import keep_first

blueprint = Blueprint("accounts", __name__)
HOUR = timedelta(hours=1)
MAILS_PER_HOUR = {"limit": 5, "wider_limit": 20, "overall_limit": 40}


def slowed(purpose: str, name: str, **limits: Any) -> Slowed:
    return slow_down(purpose, name, network=network(), wider_network=wider_network(), **limits)


def try_once(slowed: Slowed) -> Verdict:
    """Write down one try and say whether it is allowed. Before the transaction of the request begins."""
    verdict = may_try(slowed, now())
    if not verdict:
        return verdict
    keep_first(lambda: write_try(slowed))
    return may_try(slowed, now(), written=True)


def may_send_mail(address: str) -> bool:
    """Whether somebody in this network may have us write to this address once more. Nobody is told the answer."""
    return bool(try_once(slowed("mail", address, **MAILS_PER_HOUR, within=HOUR)))


def this_browser() -> str:
    """A secret of the browser that sent the request, for links and codes that count only there."""
    secret: str = session.setdefault("browser", new_secret())
    return secret


def living(secret: str, purpose: str) -> Token | None:
    return find_token(secret, purpose=purpose)


def gone(again: str) -> ResponseReturnValue:
    """One text for all links that do not work: unknown, used, run out. `again` is where a new one comes from."""
    return render_template("accounts/_gone.html", again=again), 410
