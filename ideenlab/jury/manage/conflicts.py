"""Organisers look at conflicts of interest: suspected, declared, blocked, dismissed."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.core.clock import now
from ideenlab.core.errors import NotFound
from ideenlab.core.i18n import gettext as _
from ideenlab.core.web import accepted
from ideenlab.hackathons.queries import get_any_hackathon
from ideenlab.jury.actions import decide_conflict
from ideenlab.jury.forms import DecisionForm, PairForm
from ideenlab.jury.manage.door import blueprint, status
from ideenlab.jury.queries import get_juror, get_pair, jurors_of, pairs_of
from ideenlab.jury.rules import may_decide_conflict, may_decide_conflicts, why_suspected
from ideenlab.teams.queries import get_team, teams_of


@blueprint.route("/hackathons/<slug>/jury/befangenheit", methods=["GET", "POST"])
@organiser
def conflicts(slug: str) -> ResponseReturnValue:
    """What waits for a decision first; a form for any other juror and team."""
    hackathon = get_any_hackathon(slug)
    form = PairForm()
    form.offer(jurors_of(hackathon), teams_of(hackathon))
    if form.validate_on_submit():
        juror_id, team_id = int(form.juror.data), int(form.team.data)
        return redirect(url_for(".conflict", slug=slug, juror_id=juror_id, team_id=team_id), 303)
    pairs = pairs_of(hackathon)
    return render_template(
        "jury/manage/conflicts.html", hackathon=hackathon, form=form, why=why_suspected,
        waiting=[pair for pair in pairs if pair.is_waiting], held=[pair for pair in pairs if pair.is_held],
        dismissed=[pair for pair in pairs if pair.state == "dismissed"],
        may_decide=may_decide_conflicts(me(), hackathon, now()),
    ), status()  # fmt: skip


@blueprint.route(
    "/hackathons/<slug>/jury/mitglieder/<int:juror_id>/befangenheit/<int:team_id>", methods=["GET", "POST"]
)
@organiser
def conflict(slug: str, juror_id: int, team_id: int) -> ResponseReturnValue:
    hackathon = get_any_hackathon(slug)
    juror, team = get_juror(hackathon, juror_id), get_team(team_id)
    if team.hackathon_id != hackathon.id:
        raise NotFound
    pair, form = get_pair(juror, team), DecisionForm()
    form.offer(state=pair.state, suspected=bool(pair.suspicions))

    def decide() -> None:
        decide_conflict(
            me(),
            juror=juror,
            team=team,
            state=form.state.data,
            reason=form.reason.data or "",
            seen=form.seen.data or "",
        )

    if accepted(form, decide):
        flash(_("This is decided."), "success")
        return redirect(url_for(".conflicts", slug=slug), 303)
    form.seen.data = form.seen.data or pair.state
    return render_template(
        "jury/manage/conflict.html", hackathon=hackathon, pair=pair, form=form, why=why_suspected,
        may_decide=may_decide_conflict(me(), juror, team, now()),
    ), status()  # fmt: skip
