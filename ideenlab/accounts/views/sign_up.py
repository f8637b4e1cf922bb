from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public, sign_in_browser, visitor
from ideenlab.accounts.actions import agree_as_guardian, confirm_address
from ideenlab.accounts.actions import sign_up as sign_up_person
from ideenlab.accounts.forms import ConfirmForm, SignUpForm
from ideenlab.accounts.views.common import blueprint, gone, living, may_send_mail, this_browser
from ideenlab.core.errors import Invalid
from ideenlab.core.forms import Form, refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.passwords import hash_password
from ideenlab.core.security import limiter
from ideenlab.core.web import begin_writing, slow_first


@blueprint.route("/registrieren", methods=["GET", "POST"])
@public
@slow_first
@limiter.limit("300 per 10 minutes", methods=["POST"])
def sign_up() -> ResponseReturnValue:
    if visitor() is not None:
        return redirect(url_for("pages.mine"), 303)
    form = SignUpForm()
    if form.validate_on_submit() and _sign_up(form):
        return redirect(url_for("accounts.signed_up"), 303)
    return render_template("accounts/sign_up.html", form=form), 422 if form.is_submitted() else 200


def _sign_up(form: SignUpForm) -> bool:
    password_hash = hash_password(form.password.data) if form.password.data else None
    email, browser = form.email.data or "", this_browser()
    may_send = may_send_mail(email)
    begin_writing()
    try:
        sign_up_person(
            pseudonym=form.pseudonym.data, email=email, age_band=form.age_band.data,
            guardian_email=form.guardian_email.data or None, password_hash=password_hash, browser=browser,
            quietly=not may_send,
        )  # fmt: skip
    except Invalid as error:
        refuse(form, error.field, str(error))
        return False
    session["asked_for"] = email
    return True


@blueprint.get("/registrieren/gesendet")
@public
def signed_up() -> ResponseReturnValue:
    return render_template("accounts/signed_up.html", address=session.get("asked_for", ""))


@blueprint.route("/registrieren/bestaetigen/<secret>", methods=["GET", "POST"])
@public
def confirm(secret: str) -> ResponseReturnValue:
    token = living(secret, "confirm")
    if token is None:
        return gone(url_for("accounts.sign_up"))
    form = ConfirmForm(pseudonym=token.person.pseudonym)
    if form.validate_on_submit():
        try:
            person = confirm_address(token, pseudonym=form.pseudonym.data, browser=session.get("browser", ""))
        except Invalid as error:
            refuse(form, error.field, str(error))
        else:
            if person.state == "waiting_for_guardian":
                return redirect(url_for("accounts.wait_for_guardian"), 303)
            sign_in_browser(person)
            flash(_("Welcome! Your account is ready."), "success")
            return redirect(url_for("pages.mine"), 303)
    status = 422 if form.is_submitted() else 200
    return render_template("accounts/confirm.html", form=form, token=token), status


@blueprint.get("/registrieren/warten")
@public
def wait_for_guardian() -> ResponseReturnValue:
    return render_template("accounts/wait_for_guardian.html")


@blueprint.route("/registrieren/zustimmung/<secret>", methods=["GET", "POST"])
@public
def agree(secret: str) -> ResponseReturnValue:
    token = living(secret, "guardian")
    if token is None:
        return gone(url_for("accounts.sign_up"))
    form = Form()
    if form.validate_on_submit():
        agree_as_guardian(token)
        return redirect(url_for("accounts.agreed"), 303)
    return render_template("accounts/agree.html", form=form, pseudonym=token.person.pseudonym)


@blueprint.get("/registrieren/zugestimmt")
@public
def agreed() -> ResponseReturnValue:
    return render_template("accounts/agreed.html")
