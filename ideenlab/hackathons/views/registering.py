from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, signed_in
from ideenlab.core.clock import now
from ideenlab.core.forms import Form
from ideenlab.core.i18n import gettext as _
from ideenlab.hackathons import actions, queries
from ideenlab.hackathons.forms import RegistrationForm
from ideenlab.hackathons.rules import may_cancel_registration, may_register
from ideenlab.hackathons.views.door import blueprint


@blueprint.route("/hackathon/<slug>/anmelden", methods=["GET", "POST"])
@signed_in
def registration(slug: str) -> ResponseReturnValue:
    found, form = queries.get_hackathon(slug), RegistrationForm()
    back = url_for("hackathons.hackathon", slug=slug)
    if queries.is_registered(me(), found):
        flash(_("You are registered already."), "info")
        return redirect(back, 303)
    if form.validate_on_submit():
        actions.register_for_hackathon(me(), hackathon=found, skills=form.skills.data)
        flash(_("You are registered. We have sent you a mail."), "success")
        return redirect(back, 303)
    verdict = may_register(me(), found, now())
    page = render_template("hackathons/registration.html", hackathon=found, form=form, verdict=verdict)
    return page, 422 if form.errors else 200


@blueprint.route("/hackathon/<slug>/abmelden", methods=["GET", "POST"])
@signed_in
def cancellation(slug: str) -> ResponseReturnValue:
    found, form = queries.get_hackathon(slug), Form()
    if form.validate_on_submit():
        actions.cancel_registration(me(), hackathon=found)
        flash(_("Your registration is cancelled."), "success")
        return redirect(url_for("hackathons.hackathon", slug=slug), 303)
    verdict = may_cancel_registration(me(), found, now())
    in_team = queries.find_registration(me(), found)
    return render_template(
        "hackathons/cancellation.html", hackathon=found, verdict=verdict, in_team=bool(in_team and in_team.in_team)
    )
