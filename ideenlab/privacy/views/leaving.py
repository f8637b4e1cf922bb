"""Somebody leaves: what becomes of everything is said first, in numbers."""

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, public, signed_in
from ideenlab.accounts.queries import get_person
from ideenlab.accounts.views.proof import is_me
from ideenlab.core.forms import refuse
from ideenlab.core.security import limiter
from ideenlab.core.web import slow_first
from ideenlab.privacy import actions
from ideenlab.privacy.forms import LeaveForm
from ideenlab.privacy.queries import belongings_of
from ideenlab.privacy.rules import may_erase
from ideenlab.privacy.views.door import blueprint, mail_code


@blueprint.route("/konto/loeschen", methods=["GET", "POST"])
@signed_in
@slow_first
@limiter.limit("60 per minute", methods=["POST"])
def leave() -> ResponseReturnValue:
    form, number = LeaveForm(), me().id
    verdict = may_erase(me(), person=me())
    if form.validate_on_submit():
        verdict = verdict and is_me(form, me())
        if verdict:
            person = get_person(number)
            actions.erase_person(person, person=person, way=form.way.data)
            session.clear()
            answer = redirect(url_for("privacy.left"), 303)
            answer.headers["Clear-Site-Data"] = '"cache", "storage"'
            return answer
        refuse(form, "code" if form.code.data or not me().password_hash else "password", verdict.reason)
    held = belongings_of(me())
    page = render_template("privacy/leave.html", form=form, held=held, may_leave=may_erase(me(), person=me()))
    return page, 422 if form.is_submitted() else 200


@blueprint.post("/konto/loeschen/code")
@signed_in
@slow_first
def send_leaving_code() -> ResponseReturnValue:
    mail_code()
    return redirect(url_for("privacy.leave"), 303)


@blueprint.get("/konto/geloescht")
@public
def left() -> ResponseReturnValue:
    return render_template("privacy/left.html")
