from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.core.clock import now
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.core.web import accepted
from ideenlab.deliberations import actions
from ideenlab.deliberations.forms import SecondBallotForm
from ideenlab.deliberations.rules import may_open_second_ballot
from ideenlab.hackathons.queries import get_any_hackathon
from ideenlab.jury.queries import figures_of

blueprint = Blueprint("manage_deliberations", __name__, url_prefix="/organisation/hackathons/<slug>/jury/beratung")


@blueprint.post("/oeffnen")
@organiser
def open_it(slug: str) -> ResponseReturnValue:
    actions.open_deliberation(me(), hackathon=get_any_hackathon(slug))
    flash(_("The deliberation is open. The jury is told by mail."), "success")
    return redirect(url_for("deliberations.deliberation", slug=slug), 303)


@blueprint.post("/schliessen")
@organiser
def close_it(slug: str) -> ResponseReturnValue:
    actions.close_deliberation(me(), hackathon=get_any_hackathon(slug))
    flash(_("The deliberation is closed."), "success")
    return redirect(url_for("deliberations.deliberation", slug=slug), 303)


@blueprint.route("/abstimmung", methods=["GET", "POST"])
@organiser
def second_ballot(slug: str) -> ResponseReturnValue:
    """Some prototypes are scored once more, with a reason."""
    hackathon = get_any_hackathon(slug)
    require(may_open_second_ballot(me(), hackathon, now()))
    form, entries = SecondBallotForm(), figures_of(hackathon).entries
    known = {entry.prototype.id: entry.prototype for entry in entries}
    form.offer([(number, prototype.team.name) for number, prototype in known.items()])

    def begin() -> None:
        chosen = [known[number] for number in form.prototypes.data or []]
        actions.open_second_ballot(me(), hackathon=hackathon, prototypes=chosen, reason=form.reason.data or "")

    if accepted(form, begin):
        flash(_("The second ballot is open. The jury is told by mail."), "success")
        return redirect(url_for("deliberations.deliberation", slug=slug), 303)
    page = render_template("deliberations/manage/second_ballot.html", hackathon=hackathon, form=form)
    return page, 422 if form.errors else 200
