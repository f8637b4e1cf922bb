"""Anybody objects to what is done with data about them."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import may_send_mail, public, slowed, try_once, visitor
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid
from ideenlab.core.forms import refuse
from ideenlab.core.web import begin_writing, slow_first
from ideenlab.privacy.actions import object_to
from ideenlab.privacy.forms import ObjectionForm
from ideenlab.privacy.rules import due_after
from ideenlab.privacy.views.door import blueprint

OBJECTIONS = {"limit": 10, "wider_limit": 50}  # from one network in a quarter of an hour


@blueprint.route("/datenschutz/widerspruch", methods=["GET", "POST"])
@public
@slow_first
def objection() -> ResponseReturnValue:
    person = visitor()
    form = ObjectionForm(email=person.email if person else None)
    if form.validate_on_submit() and _object(form):
        return redirect(url_for("privacy.objected"), 303)
    page = render_template("privacy/objection.html", form=form, due=due_after(now()))
    return page, 422 if form.is_submitted() else 200


def _object(form: ObjectionForm) -> bool:
    allowed = try_once(slowed("objection", "", **OBJECTIONS))
    if not allowed:
        refuse(form, "", allowed.reason)
        return False
    email = form.email.data or ""
    quietly = not may_send_mail(email)
    begin_writing()
    try:
        object_to(visitor(), text=form.text.data or "", email=email, quietly=quietly)
    except Invalid as problem:
        refuse(form, problem.field, str(problem))
        return False
    return True


@blueprint.get("/datenschutz/widerspruch/danke")
@public
def objected() -> ResponseReturnValue:
    return render_template("privacy/objected.html", due=due_after(now()))
