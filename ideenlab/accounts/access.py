"""Every route says who may open it. One that says nothing is refused."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user

from ideenlab.accounts.models import STAFF, Person, SignIn
from ideenlab.accounts.queries import find_sign_in
from ideenlab.core.errors import error_page
from ideenlab.core.i18n import gettext as _
from ideenlab.core.security import city

V = TypeVar("V", bound=Callable[..., Any])
ALLOWED = {
    "public": (),
    "signed_in": (),
    "juror": ("juror",),
    "moderator": ("moderator", "organiser", "administrator"),
    "organiser": ("organiser", "administrator"),
    "administrator": ("administrator",),
}
WITHOUT_SECOND_FACTOR = ("accounts.second_factor", "accounts.set_up_second_factor", "accounts.sign_out")

login_manager = LoginManager()


def _says(access: str) -> Callable[[V], V]:
    def mark(view: V) -> V:
        view.access = access  # type: ignore[attr-defined]
        return view

    return mark


public = _says("public")
signed_in = _says("signed_in")
juror = _says("juror")
moderator = _says("moderator")
organiser = _says("organiser")
administrator = _says("administrator")


@login_manager.user_loader
def _person_behind(secret: str) -> Person | None:
    sign_in = find_sign_in(secret)
    g.sign_in = sign_in
    return sign_in.person if sign_in else None


def me() -> Person:
    """The signed-in person. Only doors ask this; actions are told who acts."""
    return cast(Person, current_user._get_current_object())


def visitor() -> Person | None:
    """The signed-in person, or None."""
    return me() if current_user.is_authenticated else None


def my_sign_in() -> SignIn:
    return cast(SignIn, g.sign_in)


def needs_second_factor(person: Person) -> bool:
    """Staff need one, anybody may have one; a demo city does without."""
    if city().demo and person.is_demo:
        return False
    return person.totp_confirmed_at is not None or person.has_role(*STAFF)


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
    if request.endpoint not in WITHOUT_SECOND_FACTOR and needs_second_factor(me()) and not g.sign_in.second_factor_at:
        target = "accounts.second_factor" if me().totp_confirmed_at else "accounts.set_up_second_factor"
        return redirect(url_for(target)) if request.method == "GET" else error_page(401)
    if ALLOWED[access] and not me().has_role(*ALLOWED[access]):
        return error_page(403, reason=_("This page is for other roles."))
    return None


def register_access(app: Flask) -> None:
    login_manager.init_app(app)
    app.before_request(guard_every_route)
    app.context_processor(lambda: {"person": visitor()})
