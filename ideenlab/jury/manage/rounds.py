from decimal import Decimal

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.core.clock import now
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.core.web import accepted
from ideenlab.hackathons.queries import get_any_hackathon
from ideenlab.jury.actions import close_round, open_round
from ideenlab.jury.forms import FinalForm
from ideenlab.jury.manage.door import blueprint
from ideenlab.jury.queries import figures_of, get_round, rounds_of
from ideenlab.jury.rules import may_open_round


@blueprint.get("/hackathons/<slug>/jury/runden")
@organiser
def rounds(slug: str) -> ResponseReturnValue:
    """The rounds of ballots so far, and the way to a final."""
    hackathon = get_any_hackathon(slug)
    return render_template(
        "jury/manage/rounds.html", hackathon=hackathon, rounds=rounds_of(hackathon),
        may_open=may_open_round(me(), hackathon, now()),
    )  # fmt: skip


@blueprint.route("/hackathons/<slug>/jury/runden/finale", methods=["GET", "POST"])
@organiser
def final(slug: str) -> ResponseReturnValue:
    """Who is in the final, and what they bring along from the round before."""
    hackathon = get_any_hackathon(slug)
    require(may_open_round(me(), hackathon, now()))
    entries = figures_of(hackathon).entries
    form = FinalForm()
    form.offer([(entry.prototype.id, _name(entry.standing.place, entry.prototype.team.name)) for entry in entries])
    known = {entry.prototype.id: entry.prototype for entry in entries}

    def begin() -> None:
        open_round(
            me(), hackathon=hackathon, kind="final", prototypes=[known[i] for i in form.prototypes.data or []],
            reason=form.reason.data or "", carried_over=Decimal(form.share.data or 0) / 100,
        )  # fmt: skip

    if accepted(form, begin):
        flash(_("The final is open. The jury is told by mail."), "success")
        return redirect(url_for(".rounds", slug=slug), 303)
    page = render_template("jury/manage/final.html", hackathon=hackathon, form=form)
    return page, 422 if form.errors else 200


@blueprint.post("/hackathons/<slug>/jury/runden/<int:number>/schliessen")
@organiser
def close(slug: str, number: int) -> ResponseReturnValue:
    close_round(me(), jury_round=get_round(get_any_hackathon(slug), number))
    flash(_("The round is closed."), "success")
    return redirect(url_for(".rounds", slug=slug), 303)


def _name(place: int | None, team: str) -> str:
    return str(_("Place %(place)s: %(team)s", place=place, team=team) if place else team)
