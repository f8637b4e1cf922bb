from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, signed_in
from ideenlab.accounts.forms import ProofForm
from ideenlab.accounts.queries import get_person
from ideenlab.accounts.views.proof import is_me
from ideenlab.core.clock import now
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.packing import packed
from ideenlab.core.security import city, limiter
from ideenlab.core.web import slow_first
from ideenlab.privacy import actions
from ideenlab.privacy.queries import Own, own_data
from ideenlab.privacy.rules import PURPOSES, entries_of, held_for, may_take_data
from ideenlab.privacy.views.door import blueprint, mail_code


@blueprint.route("/konto/daten", methods=["GET", "POST"])
@signed_in
@slow_first
@limiter.limit("60 per minute", methods=["POST"])
def my_data() -> ResponseReturnValue:
    """What is stored about me; who shows once more that it is them takes it along."""
    form, number = ProofForm(), me().id
    if form.validate_on_submit():
        verdict = may_take_data(me(), at=now()) and is_me(form, me())
        if verdict:
            return _sent(actions.take_data(get_person(number)))
        refuse(form, "code" if form.code.data or not me().password_hash else "password", verdict.reason)
    held = _by_section(own_data(me()))
    return render_template("privacy/my_data.html", form=form, held=held), 422 if form.is_submitted() else 200


@blueprint.post("/konto/daten/code")
@signed_in
@slow_first
def send_code() -> ResponseReturnValue:
    mail_code()
    return redirect(url_for("privacy.my_data"), 303)


def _by_section(own: Own) -> list[tuple[object, list[object]]]:
    found = [(section, [*held_for(purposes, own)]) for section, purposes in PURPOSES]
    return [(section, held) for section, held in found if held]  # type: ignore[misc]


def _sent(own: Own) -> Response:
    readable = render_template(
        "privacy/_taken.html", held=_by_section(own), own=own, entries_of=entries_of, at=now(), city=city()
    )
    texts = [(_("my-data.html"), readable), *actions.as_json(own)]
    response = Response(packed(texts, actions.stored_files(own)), mimetype="application/zip")
    response.headers.set("Content-Disposition", "attachment", filename=_("my-data.zip"))
    response.headers["Cache-Control"] = "private, no-store"
    return response
