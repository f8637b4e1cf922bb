"""What jurors read before their first ballot, and what they say about themselves."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import juror, me
from ideenlab.core.clock import now
from ideenlab.core.errors import Conflict
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.core.web import accepted, begin_reading
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import get_any_hackathon
from ideenlab.jury.actions import confirm_informed, edit_profile, hide_profile
from ideenlab.jury.forms import InformedForm, ProfileForm
from ideenlab.jury.models import Juror
from ideenlab.jury.queries import changes_of_version, find_juror, rules_in_force
from ideenlab.jury.rules import may_be_informed, may_edit_profile, may_sit
from ideenlab.jury.views.blueprint import blueprint


@blueprint.route("/jury/hackathon/<slug>/oeffentlich", methods=["GET", "POST"])
@juror
def what_is_public(slug: str) -> ResponseReturnValue:
    """Before the first ballot: what of it will be public, and by which rules. Again when the rules have changed."""
    hackathon, seat = _seat(slug)
    form, changed = InformedForm(), False
    if form.validate_on_submit():
        try:
            confirm_informed(me(), hackathon=hackathon, version=form.seen_version())
        except Conflict:
            begin_reading()
            hackathon, seat = _seat(slug)
            changed = True
        else:
            flash(_("Thank you. You can score now."), "success")
            return redirect(url_for("jury.queue") + f"#{hackathon.slug}", 303)
    rules = rules_in_force(hackathon)
    form.version.data = str(rules["version"])
    return render_template(
        "jury/what_is_public.html", hackathon=hackathon, seat=seat, form=form, rules=rules, changed=changed,
        may_be_informed=may_be_informed(me(), hackathon, seat),
        changes=changes_of_version(hackathon, rules["version"]),
    ), 409 if changed else 422 if request.method == "POST" else 200  # fmt: skip


@blueprint.route("/jury/hackathon/<slug>/profil", methods=["GET", "POST"])
@juror
def profile(slug: str) -> ResponseReturnValue:
    """Who the juror is, for the public page of the rules; shown only if they agree."""
    hackathon, seat = _seat(slug)
    form = ProfileForm(obj=seat)
    if accepted(form, lambda: edit_profile(me(), hackathon=hackathon, **_typed(form))):
        flash(_("Saved. Everybody sees your profile.") if form.is_shown.data else
              _("Saved. Only the organisers see your profile."), "success")  # fmt: skip
        return redirect(url_for("jury.profile", slug=hackathon.slug), 303)
    return render_template(
        "jury/profile.html", hackathon=hackathon, seat=seat, form=form,
        may_edit=may_edit_profile(me(), hackathon, seat, now()),
    ), 422 if form.errors else 200  # fmt: skip


@blueprint.post("/jury/hackathon/<slug>/profil/verbergen")
@juror
def hidden_profile(slug: str) -> ResponseReturnValue:
    hackathon, _seat_there = _seat(slug)
    hide_profile(me(), hackathon=hackathon)
    flash(_("Your name is not shown any more."), "success")
    return redirect(url_for("jury.profile", slug=hackathon.slug), 303)


def _seat(slug: str) -> tuple[Hackathon, Juror]:
    hackathon = get_any_hackathon(slug)
    seat = find_juror(me(), hackathon)
    require(may_sit(me(), hackathon, seat))
    assert seat is not None  # the rule has asked
    return hackathon, seat


def _typed(form: ProfileForm) -> dict[str, Any]:
    fields = ("name", "organisation", "profile", "is_shown")
    return {name: form[name].data for name in fields}
