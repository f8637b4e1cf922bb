"""Every route says who may open it, and one that says nothing is refused; what can be guessed is slowed."""

from datetime import timedelta
from typing import Any, cast

from flask import Flask, abort, current_app, g, has_request_context, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user

from ideenlab.accounts.actions import note_last_seen, start_sign_in, write_try
from ideenlab.accounts.models import Person, SignIn
from ideenlab.accounts.queries import find_sign_in
from ideenlab.accounts.rules import Slowed, may_stay_signed_in, may_try, must_have_second_factor, slow_down
from ideenlab.core.buffer import Buffer
from ideenlab.core.clock import now
from ideenlab.core.errors import error_page
from ideenlab.core.i18n import gettext as _
from ideenlab.core.security import city, network, wider_network
from ideenlab.core.verdict import Verdict
from ideenlab.core.web import keep_first, says_access

ALLOWED = {
    "public": (),
    "signed_in": (),
    "juror": ("juror",),
    "moderator": ("moderator", "organiser", "administrator"),
    "organiser": ("organiser", "administrator"),
    "administrator": ("administrator",),
}
WITHOUT_SECOND_FACTOR = ("accounts.second_factor", "accounts.set_up_second_factor", "accounts.sign_out")

HOUR = timedelta(hours=1)
MAILS_PER_HOUR = {"limit": 5, "wider_limit": 20, "overall_limit": 40}

login_manager = LoginManager()
login_manager.session_protection = None  # the row decides, and it can be ended
last_seen = Buffer(note_last_seen)


public = says_access("public")
signed_in = says_access("signed_in")
juror = says_access("juror")
moderator = says_access("moderator")
organiser = says_access("organiser")
administrator = says_access("administrator")


@login_manager.user_loader
def _person_behind(secret: str) -> Person | None:
    sign_in = find_sign_in(secret)
    if sign_in is None or not may_stay_signed_in(sign_in, now()):
        return None
    g.sign_in = sign_in
    if now() - sign_in.last_seen_at > timedelta(minutes=1):
        last_seen.note(sign_in.id, now())
    return sign_in.person


def sign_in_browser(person: Person, *, second_factor: bool = False) -> None:
    """Sign this person in, in the browser that sent the request; whatever its session held before is gone."""
    secret = start_sign_in(person, device=_device(), second_factor=second_factor)
    session.clear()
    session["_user_id"], session["_fresh"] = secret, True
    session.permanent = True


def _device() -> str:
    """`Firefox, Windows`: enough for people to know their own browsers again."""
    agent = request.user_agent.string
    browsers = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
    systems = {
        "Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac OS": "macOS",
        "CrOS": "ChromeOS", "Linux": "Linux",
    }  # fmt: skip
    found = [next((name for sign, name in names.items() if sign in agent), "") for names in (browsers, systems)]
    return ", ".join(name for name in found if name)


def me() -> Person:
    """The signed-in person. Only doors ask this; actions are told who acts."""
    return cast(Person, current_user._get_current_object())


def visitor() -> Person | None:
    """The signed-in person, or None: also as long as the second step of signing in is missing."""
    if not (has_request_context() and current_user.is_authenticated):
        return None
    return None if lacks_second_factor() and request.endpoint not in WITHOUT_SECOND_FACTOR else me()


def my_sign_in() -> SignIn:
    return cast(SignIn, g.sign_in)


def needs_second_factor(person: Person) -> bool:
    """Staff need one, anybody may have one; a demo city does without."""
    if city().demo and person.is_demo:
        return False
    return person.totp_confirmed_at is not None or must_have_second_factor(person)


def lacks_second_factor() -> bool:
    return my_sign_in().second_factor_at is None and needs_second_factor(me())


def guard_every_route() -> ResponseReturnValue | None:
    endpoint = request.endpoint
    if endpoint is None or endpoint == "static":
        return None
    access = getattr(current_app.view_functions[endpoint], "access", None)
    if access is None:
        abort(403)
    if access == "public" and endpoint not in ("accounts.sign_in",):
        return None
    return _refuse_strangers(access)


def _refuse_strangers(access: str) -> ResponseReturnValue | None:
    if not current_user.is_authenticated:
        if access == "public":
            return None
        if request.method == "GET":
            return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
        return error_page(401)
    if request.endpoint not in WITHOUT_SECOND_FACTOR and lacks_second_factor():
        target = "accounts.second_factor" if me().totp_confirmed_at else "accounts.set_up_second_factor"
        return redirect(url_for(target)) if request.method == "GET" else error_page(401)
    if ALLOWED[access] and not me().has_role(*ALLOWED[access]):
        return error_page(403, reason=_("This page is for other roles."))
    return None


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


def register_access(app: Flask) -> None:
    login_manager.init_app(app)
    app.before_request(guard_every_route)
    app.teardown_request(lambda _error: last_seen.write_if_due())
    app.context_processor(lambda: {"person": visitor()})
