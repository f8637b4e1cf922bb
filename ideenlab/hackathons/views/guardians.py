from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public
from ideenlab.accounts.queries import find_token
from ideenlab.core.errors import Gone
from ideenlab.core.security import limiter
from ideenlab.core.text import safe_html
from ideenlab.hackathons.actions import agree_for_child, guardian_purpose
from ideenlab.hackathons.forms import GuardianForm
from ideenlab.hackathons.queries import find_registration_of_token
from ideenlab.hackathons.views.door import blueprint


@blueprint.route("/zustimmung/<int:registration_id>/<secret>", methods=["GET", "POST"])
@public
@limiter.limit("60 per 10 minutes")
def guardian_consent(registration_id: int, secret: str) -> ResponseReturnValue:
    """A parent or guardian reads what it is about, and agrees. They need no account."""
    registration = find_registration_of_token(registration_id)
    token = find_token(secret, purpose=guardian_purpose(registration)) if registration else None
    if token is None or registration is None:
        raise Gone
    form = GuardianForm()
    if form.validate_on_submit():
        agree_for_child(token, registration=registration, photos=form.photos())
        return redirect(url_for("hackathons.guardian_agreed"), 303)
    hackathon = registration.hackathon
    page = render_template(
        "hackathons/guardian_consent.html", form=form, registration=registration, hackathon=hackathon,
        conduct=safe_html(hackathon.code_of_conduct_html), house_rules=safe_html(hackathon.house_rules_html),
    )  # fmt: skip
    return page, 422 if form.errors else 200


@blueprint.get("/zustimmung/danke")
@public
def guardian_agreed() -> ResponseReturnValue:
    return render_template("hackathons/guardian_agreed.html")
