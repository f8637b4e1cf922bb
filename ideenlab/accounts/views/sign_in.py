from flask import abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from ideenlab.accounts.access import (
    my_sign_in,
    needs_second_factor,
    public,
    sign_in_browser,
    visitor,
)  # fmt: skip
from ideenlab.accounts.actions import (
    end_sign_in,
    forget_tries,
    redeem_card,
    redeem_code,
    redeem_guest_code,
    send_password_link,
    send_sign_in_code,
    set_forgotten_password,
)  # fmt: skip
from ideenlab.accounts.forms import CardForm, CodeForm, EmailForm, NewPasswordForm, SignInForm
from ideenlab.accounts.models import Person
from ideenlab.accounts.queries import demo_people, find_person, find_person_by_email, get_person
from ideenlab.accounts.rules import may_sign_in
from ideenlab.accounts.views.common import blueprint, gone, living, may_send_mail, slowed, this_browser, try_once
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.passwords import hash_password, is_password
from ideenlab.core.security import city, limiter, safe_path
from ideenlab.core.web import begin_writing, slow_first

CODE_DIGITS = 8


@blueprint.route("/anmelden", methods=["GET", "POST"])
@public
@slow_first
@limiter.limit("300 per minute", methods=["POST"])
def sign_in() -> ResponseReturnValue:
    form = SignInForm(next=safe_path(request.args.get("next"), default=""))
    if request.method == "GET" and visitor() is not None:
        return redirect(_after_sign_in(form.next.data))
    status = 200
    if form.validate_on_submit():
        answer = _with_password(form) if form.password.data else _with_code(form)
        if isinstance(answer, Response):
            return answer
        status = answer
    elif form.is_submitted():
        status = 422
    people = demo_people() if city().demo else []
    return render_template("accounts/sign_in.html", form=form, people=people, password=city().demo_password), status


def _with_code(form: SignInForm) -> Response:
    email, browser = form.email.data or "", this_browser()
    if may_send_mail(email):
        begin_writing()
        send_sign_in_code(email, browser=browser)
    session["asked_for"], session["next"] = email, safe_path(form.next.data, default="")
    return redirect(url_for("accounts.enter_code"), 303)


def _with_password(form: SignInForm) -> Response | int:
    """Signed in, or the status of the refusal. Wrong, unconfirmed and unknown are one and take one time."""
    trying = slowed("password", form.email.data or "")
    verdict = try_once(trying)
    if not verdict:
        refuse(form, "password", verdict.reason)
        return 429
    found = find_person_by_email(form.email.data or "")
    number, kept = (found.id, found.password_hash) if found else (0, None)
    right = is_password(form.password.data, kept)
    begin_writing()
    person = find_person(number)
    if not right or person is None or person.password_hash != kept or not may_sign_in(person):
        text = _("Address and password do not fit together, or the address is not confirmed yet.")
        refuse(form, "password", text)
        return 422
    forget_tries(trying)
    return _enter(person, next_path=form.next.data)


def _enter(person: Person, *, next_path: str | None) -> Response:
    sign_in_browser(person)
    if needs_second_factor(person):
        session["next"] = safe_path(next_path, default="")
        return redirect(url_for("accounts.second_factor"), 303)
    return redirect(_after_sign_in(next_path), 303)


def _after_sign_in(next_path: str | None) -> str:
    return safe_path(next_path, default=url_for("pages.mine"))


@blueprint.route("/anmelden/code", methods=["GET", "POST"])
@public
@slow_first
@limiter.limit("300 per minute", methods=["POST"])
def enter_code() -> ResponseReturnValue:
    if not session.get("asked_for"):
        return redirect(url_for("accounts.sign_in"), 303)
    form, status = CodeForm(), 200
    if form.validate_on_submit():
        answer = _try_code(form)
        if isinstance(answer, Response):
            return answer
        status = answer
    elif form.is_submitted():
        status = 422
    return render_template("accounts/enter_code.html", form=form, address=session["asked_for"]), status


def _try_code(form: CodeForm) -> Response | int:
    browser, code = this_browser(), form.code.data
    wrong = _("This code is not right, or it is older than 10 minutes.")
    if len(code) != CODE_DIGITS or not code.isascii() or not code.isdigit():
        refuse(form, "code", wrong)
        return 422
    by_address = slowed("code", session["asked_for"])
    by_browser = slowed("code of browser", browser, wider_limit=10**6)
    for trying in (by_browser, by_address):
        verdict = try_once(trying)
        if not verdict:
            refuse(form, "code", verdict.reason)
            return 429
    begin_writing()
    person = redeem_code(browser=browser, code=code) or redeem_guest_code(browser=browser, code=code)
    if person is None:
        refuse(form, "code", wrong)
        return 422
    forget_tries(by_address)
    forget_tries(by_browser)
    return _enter(person, next_path=session.get("next"))


@blueprint.route("/karte", methods=["GET", "POST"])
@public
@slow_first
@limiter.limit("120 per 10 minutes", methods=["POST"])
def card() -> ResponseReturnValue:
    """The way in for who has no address: the code on a card that was handed over."""
    form = CardForm()
    status = 200
    if form.validate_on_submit():
        verdict = try_once(slowed("card", "any card", limit=60, wider_limit=200))
        begin_writing()
        person = redeem_card(form.code.data) if verdict else None
        if person is not None:
            return _enter(person, next_path=None)
        refuse(form, "code", verdict.reason or _("No card with this code works at the moment."))
        status = 422 if verdict else 429
    elif form.is_submitted():
        status = 422
    return render_template("accounts/card.html", form=form), status


@blueprint.post("/anmelden/demo")
@public
def sign_in_as() -> ResponseReturnValue:
    """One click for visitors of a demo city."""
    if not city().demo:
        abort(404)
    person = get_person(request.form.get("person", 0, int))
    if person not in demo_people():
        abort(404)
    return _enter(person, next_path=request.form.get("next"))


@blueprint.post("/abmelden")
@public
def sign_out() -> ResponseReturnValue:
    if (person := visitor()) is not None:
        end_sign_in(person, sign_in_id=my_sign_in().id)
    session.clear()
    flash(_("You are signed out."), "success")
    answer = redirect(url_for("pages.start"), 303)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'  # "cookies" would sign out of the city's other sites too
    return answer


@blueprint.route("/passwort-vergessen", methods=["GET", "POST"])
@public
@slow_first
@limiter.limit("60 per minute", methods=["POST"])
def forgotten_password() -> ResponseReturnValue:
    form = EmailForm()
    if not form.validate_on_submit():
        return render_template("accounts/forgotten_password.html", form=form), 422 if form.is_submitted() else 200
    email = form.email.data or ""
    if may_send_mail(email):
        begin_writing()
        send_password_link(email)
    return redirect(url_for("accounts.password_link_sent"), 303)


@blueprint.get("/passwort-vergessen/gesendet")
@public
def password_link_sent() -> ResponseReturnValue:
    return render_template("accounts/password_link_sent.html")


@blueprint.route("/passwort-neu/<secret>", methods=["GET", "POST"])
@public
@slow_first
def new_password(secret: str) -> ResponseReturnValue:
    token = living(secret, "password")
    if token is None:
        return gone(url_for("accounts.forgotten_password"))
    form = NewPasswordForm()
    form.person = token.person
    if not form.validate_on_submit():
        return render_template("accounts/new_password.html", form=form), 422 if form.is_submitted() else 200
    password_hash = hash_password(form.password.data)
    begin_writing()
    set_forgotten_password(living(secret, "password"), password_hash=password_hash)
    flash(_("Your new password is saved. You can sign in with it now."), "success")
    return redirect(url_for("accounts.sign_in"), 303)
