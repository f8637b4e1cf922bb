import segno
from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts import actions
from ideenlab.accounts.access import me, my_sign_in, signed_in
from ideenlab.accounts.forms import CodeForm
from ideenlab.accounts.queries import get_person, sign_ins_of, unused_recovery_codes
from ideenlab.accounts.rules import may_drop_second_factor, may_set_up_second_factor
from ideenlab.accounts.views.common import blueprint, slowed, try_once
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.security import city, limiter, safe_path
from ideenlab.core.web import begin_writing, slow_first


@blueprint.route("/anmelden/zweiter-schritt", methods=["GET", "POST"])
@signed_in
@slow_first
@limiter.limit("60 per minute", methods=["POST"])
def second_factor() -> ResponseReturnValue:
    if me().totp_confirmed_at is None:
        return redirect(url_for("accounts.set_up_second_factor"), 303)
    form = CodeForm()
    if form.validate_on_submit():
        reason = _passes(form.code.data)
        if not reason:
            return redirect(safe_path(session.pop("next", ""), default=url_for("pages.mine")), 303)
        refuse(form, "code", reason)
    return render_template("accounts/second_factor.html", form=form), 422 if form.is_submitted() else 200


def _passes(code: str) -> str:
    """Empty when the code was right, else why not."""
    number, here = me().id, my_sign_in().id
    trying = slowed("second factor", str(number))
    verdict = try_once(trying)
    if not verdict:
        return verdict.reason
    begin_writing()
    person = get_person(number)
    sign_in = next((one for one in sign_ins_of(person) if one.id == here), None)
    if sign_in is None or not actions.pass_second_factor(person, code=code, here=sign_in):
        return _("This code is not right, or it was used already. The app shows a new one every 30 seconds.")
    actions.forget_tries(trying)
    return ""


@blueprint.route("/konto/zweiter-schritt", methods=["GET", "POST"])
@signed_in
def set_up_second_factor() -> ResponseReturnValue:
    person, form = me(), CodeForm()
    if person.totp_confirmed_at is not None:
        return _state_page()
    if request.method == "POST" and request.form.get("step") == "begin":
        actions.begin_second_factor(person, here=my_sign_in())
        return redirect(url_for("accounts.set_up_second_factor"), 303)
    if form.validate_on_submit():
        try:
            codes = actions.confirm_second_factor(person, code=form.code.data, here=my_sign_in())
        except Invalid as error:
            refuse(form, error.field, str(error))
        else:
            return render_template("accounts/_recovery_codes.html", codes=codes)
    status = 422 if form.is_submitted() else 200
    page = render_template("accounts/set_up_second_factor.html", form=form, secret=_grouped(person.totp_secret),
                           picture=_picture(), may_set_up=may_set_up_second_factor(my_sign_in(), now()))  # fmt: skip
    return page, status


def _state_page() -> ResponseReturnValue:
    if my_sign_in().second_factor_at is None:
        return redirect(url_for("accounts.second_factor"), 303)
    left, verdict = unused_recovery_codes(me()), may_drop_second_factor(me())
    return render_template("accounts/_second_factor_on.html", codes_left=left, may_drop=verdict)


def _grouped(secret: str | None) -> str:
    return " ".join((secret or "")[i : i + 4] for i in range(0, len(secret or ""), 4))


def _picture() -> str:
    """The QR code as a data address, dark on light in both themes."""
    if not me().totp_secret:
        return ""
    uri = actions.provisioning_uri(me(), issuer=f"Ideenlab {city().city_name}")
    return str(segno.make(uri, error="m").svg_data_uri(scale=5, border=4, dark="#000", light="#fff"))


@blueprint.route("/konto/zweiter-schritt/codes", methods=["GET", "POST"])
@signed_in
@slow_first
def new_recovery_codes() -> ResponseReturnValue:
    return _with_code("accounts/new_recovery_codes.html")


@blueprint.route("/konto/zweiter-schritt/abschalten", methods=["GET", "POST"])
@signed_in
@slow_first
def drop_second_factor() -> ResponseReturnValue:
    return _with_code("accounts/drop_second_factor.html")


def _with_code(template: str) -> ResponseReturnValue:
    """What changes the second step asks for a fresh code of it."""
    if me().totp_confirmed_at is None:
        return redirect(url_for("accounts.set_up_second_factor"), 303)
    form = CodeForm()
    if form.validate_on_submit():
        reason = _passes(form.code.data)
        if not reason and template == "accounts/new_recovery_codes.html":
            return render_template("accounts/_recovery_codes.html", codes=actions.new_recovery_codes(me()))
        if not reason:
            actions.drop_second_factor(me())
            flash(_("The second step is switched off."), "success")
            return redirect(url_for("accounts.set_up_second_factor"), 303)
        refuse(form, "code", reason)
    return render_template(template, form=form), 422 if form.is_submitted() else 200
