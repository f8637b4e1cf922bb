from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public, visitor
from ideenlab.accounts.actions import send_code_to_anybody
from ideenlab.accounts.forms import TakePartForm
from ideenlab.accounts.views.common import blueprint, may_send_mail, this_browser
from ideenlab.core.security import limiter, safe_path
from ideenlab.core.web import begin_writing, slow_first


@blueprint.route("/mitmachen", methods=["GET", "POST"])
@public
@slow_first
@limiter.limit("300 per minute", methods=["POST"])
def take_part() -> ResponseReturnValue:
    """An address, then the code that is mailed to it: that is all a citizen needs. The same for known and unknown."""
    form = TakePartForm(next=safe_path(request.args.get("next"), default=""))
    if visitor() is not None:
        return redirect(safe_path(form.next.data, default=url_for("pages.mine")), 303)
    if not form.validate_on_submit():
        return render_template("accounts/take_part.html", form=form), 422 if form.is_submitted() else 200
    email, browser = form.email.data or "", this_browser()
    if may_send_mail(email):
        begin_writing()
        send_code_to_anybody(email, browser=browser, age_band=form.age_band.data)
    session["asked_for"], session["next"] = email, safe_path(form.next.data, default="")
    return redirect(url_for("accounts.enter_code"), 303)
