from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public
from ideenlab.accounts.queries import find_token, find_used_token
from ideenlab.core.clock import now
from ideenlab.core.errors import Gone
from ideenlab.core.i18n import gettext as _
from ideenlab.core.security import limiter
from ideenlab.core.text import safe_html
from ideenlab.hackathons import actions
from ideenlab.hackathons.forms import GuardianAnswerForm, GuardianForm
from ideenlab.hackathons.models import Registration
from ideenlab.hackathons.queries import consents_of, find_registration_of_token, latest_guardian_consent
from ideenlab.hackathons.rules import PHOTOS, may_agree_again, may_withdraw_as_guardian
from ideenlab.hackathons.views.door import blueprint


@blueprint.route("/zustimmung/<int:registration_id>/<secret>", methods=["GET", "POST"])
@public
@limiter.limit("60 per 10 minutes")
def guardian_consent(registration_id: int, secret: str) -> ResponseReturnValue:
    """A parent or guardian reads what it is about, and agrees. They need no account.

    The link works once; from then on it leads to what they agreed to.
    """
    registration = find_registration_of_token(registration_id)
    if registration is None:
        raise Gone
    token = find_token(secret, purpose=actions.guardian_purpose(registration))
    if token is None:
        return _to_agreement(registration, secret)
    form = GuardianForm()
    if form.validate_on_submit():
        actions.agree_for_child(token, registration=registration, photos=form.photos())
        given = actions.confirm_agreement(registration)
        flash(_("Thank you. Your agreement is written down, and your child is told."), "success")
        return redirect(url_for("hackathons.guardian_agreement", token=actions.agreement_token(given)), 303)
    hackathon = registration.hackathon
    page = render_template(
        "hackathons/guardian_consent.html", form=form, registration=registration, hackathon=hackathon,
        conduct=safe_html(hackathon.code_of_conduct_html), house_rules=safe_html(hackathon.house_rules_html),
    )  # fmt: skip
    return page, 422 if form.errors else 200


@blueprint.route("/zustimmung/stand/<token>", methods=["GET", "POST"])
@public
@limiter.limit("60 per 10 minutes")
def guardian_agreement(token: str) -> ResponseReturnValue:
    """What a guardian agreed to; each agreement can be withdrawn and given again."""
    given, form = actions.read_agreement_token(token), GuardianAnswerForm()
    if given is None:
        raise Gone
    if form.validate_on_submit():
        if form.agree.data == "yes":
            given = actions.agree_again(given, kind=form.kind.data)
            flash(_("Thank you. Your agreement is written down."), "success")
        else:
            actions.withdraw_as_guardian(given, kind=form.kind.data)
            flash(_("You have withdrawn this. It holds from now on."), "success")
        return redirect(url_for("hackathons.guardian_agreement", token=actions.agreement_token(given)), 303)
    registration = given.registration
    page = render_template(
        "hackathons/guardian_agreement.html", registration=registration, hackathon=registration.hackathon,
        consent=given, token=token, lines=_lines(registration),
    )  # fmt: skip
    return page, 422 if request.method == "POST" else 200


def _to_agreement(registration: Registration, secret: str) -> ResponseReturnValue:
    used = find_used_token(secret, purpose=actions.guardian_purpose(registration))
    given = latest_guardian_consent(registration) if used and request.method == "GET" else None
    if given is None:
        raise Gone
    return redirect(url_for("hackathons.guardian_agreement", token=actions.agreement_token(given)), 303)


def _lines(registration: Registration) -> list[tuple[object, ...]]:
    """Kind, words, what is agreed to now, whether it can be withdrawn, whether it can be given."""
    known, names, time = consents_of(registration), GuardianForm(), now()
    return [
        (
            kind, names[kind].label.text, known.get(kind), may_withdraw_as_guardian(registration, kind, time),
            may_agree_again(registration, kind, time),
        )
        for kind in ("guardian", *PHOTOS)
    ]  # fmt: skip
