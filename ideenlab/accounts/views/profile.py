from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts import actions
from ideenlab.accounts.access import me, my_sign_in, public, sign_in_browser, signed_in, visitor
from ideenlab.accounts.forms import AddressForm, ChangePasswordForm, FirstPasswordForm, ProfileForm
from ideenlab.accounts.models import SignIn
from ideenlab.accounts.queries import get_person, sign_ins_of
from ideenlab.accounts.views.common import blueprint, gone, living, may_send_mail, slowed, this_browser
from ideenlab.accounts.views.proof import has_code, is_me, is_owner
from ideenlab.core.errors import Invalid
from ideenlab.core.forms import Form, refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.passwords import hash_password
from ideenlab.core.security import limiter
from ideenlab.core.verdict import Verdict
from ideenlab.core.web import begin_writing, slow_first


@blueprint.route("/konto", methods=["GET", "POST"])
@signed_in
def profile() -> ResponseReturnValue:
    form = ProfileForm(obj=me())
    if form.validate_on_submit():
        try:
            actions.change_profile(me(), pseudonym=form.pseudonym.data, language=form.language.data)
        except Invalid as error:
            refuse(form, error.field, str(error))
        else:
            flash(_("Your changes are saved."), "success")
            return redirect(url_for("accounts.profile"), 303)
    return render_template("accounts/profile.html", form=form), 422 if form.is_submitted() else 200


@blueprint.route("/konto/passwort", methods=["GET", "POST"])
@signed_in
@slow_first
@limiter.limit("60 per minute", methods=["POST"])
def change_password() -> ResponseReturnValue:
    form = ChangePasswordForm() if me().password_hash else FirstPasswordForm()
    form.person = me()
    if form.validate_on_submit():
        changed = _change_password(form) if "old_password" in form else _set_first_password(form)
        if changed:
            flash(_("Your new password is saved. All other browsers are signed out."), "success")
            return redirect(url_for("accounts.profile"), 303)
        refuse(form, "old_password" if "old_password" in form else "code", changed.reason)
    return render_template("accounts/change_password.html", form=form), 422 if form.is_submitted() else 200


def _change_password(form: ChangePasswordForm) -> Verdict:
    number, here = me().id, my_sign_in().id
    verdict = is_owner(form.old_password.data)
    if verdict:
        password_hash = hash_password(form.password.data)
        begin_writing()
        actions.forget_tries(slowed("password", me().email or ""))
        actions.set_password(get_person(number), password_hash=password_hash, here=_sign_in(number, here))
    return verdict


def _set_first_password(form: FirstPasswordForm) -> Verdict:
    person, here = me(), my_sign_in().id
    password_hash = hash_password(form.password.data)
    verdict = has_code(form.code.data, person)
    if verdict:
        actions.set_password(person, password_hash=password_hash, here=_sign_in(person.id, here))
    return verdict


def _sign_in(person_id: int, number: int) -> SignIn | None:
    return next((sign_in for sign_in in sign_ins_of(get_person(person_id)) if sign_in.id == number), None)


@blueprint.route("/konto/adresse", methods=["GET", "POST"])
@signed_in
@slow_first
@limiter.limit("60 per minute", methods=["POST"])
def change_address() -> ResponseReturnValue:
    form = AddressForm()
    if form.validate_on_submit():
        number, email = me().id, form.email.data or ""
        may_send, verdict = may_send_mail(email), is_me(form, me())
        if verdict:
            if may_send:
                actions.ask_for_address(get_person(number), email=email)
            session["new_address"] = email
            return redirect(url_for("accounts.address_asked"), 303)
        refuse(form, "code" if form.code.data else "password", verdict.reason)
    return render_template("accounts/change_address.html", form=form), 422 if form.is_submitted() else 200


@blueprint.post("/konto/adresse/code")
@signed_in
@slow_first
def send_code() -> ResponseReturnValue:
    number, browser = me().id, this_browser()
    if may_send_mail(me().email or ""):
        begin_writing()
        actions.send_fresh_code(get_person(number), browser=browser)
    flash(_("We sent a code to your present address. It works for 10 minutes."), "success")
    back = "accounts.change_password" if request.form.get("for") == "password" else "accounts.change_address"
    return redirect(url_for(back), 303)


@blueprint.get("/konto/adresse/gesendet")
@signed_in
def address_asked() -> ResponseReturnValue:
    return render_template("accounts/address_asked.html", address=session.get("new_address", ""))


@blueprint.route("/konto/adresse/<secret>", methods=["GET", "POST"])
@public
def confirm_new_address(secret: str) -> ResponseReturnValue:
    token = living(secret, "address")
    if token is None:
        return gone(url_for("accounts.change_address"))
    form = Form()
    if form.validate_on_submit():
        here = my_sign_in() if visitor() == token.person else None
        actions.change_address(token, here=here)
        flash(_("Your new address is saved."), "success")
        return redirect(url_for("accounts.profile" if here else "accounts.sign_in"), 303)
    return render_template("accounts/confirm_new_address.html", form=form, address=token.address)


@blueprint.get("/konto/anmeldungen")
@signed_in
def sign_ins() -> ResponseReturnValue:
    return render_template("accounts/sign_ins.html", sign_ins=sign_ins_of(me()), here=my_sign_in())


@blueprint.post("/konto/anmeldungen/<int:number>/beenden")
@signed_in
def end_sign_in(number: int) -> ResponseReturnValue:
    actions.end_sign_in(me(), sign_in_id=number)
    flash(_("This browser is signed out."), "success")
    return redirect(url_for("accounts.sign_ins"), 303)


@blueprint.post("/konto/anmeldungen/beenden")
@signed_in
def sign_out_everywhere() -> ResponseReturnValue:
    """All browsers, also those that copied the cookie of this one; this one gets a new secret."""
    person, second_factor = me(), my_sign_in().second_factor_at is not None
    actions.end_sign_ins(person)
    sign_in_browser(person, second_factor=second_factor)
    flash(_("All other browsers are signed out."), "success")
    return redirect(url_for("accounts.sign_ins"), 303)
