"""A juror says with which teams they are not impartial."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import juror, me
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.core.web import accepted
from ideenlab.hackathons.queries import get_any_hackathon
from ideenlab.jury.actions import declare_conflict, dismiss_suspicion
from ideenlab.jury.forms import ConflictForm
from ideenlab.jury.queries import Pair, find_juror, get_pair, pairs_of
from ideenlab.jury.rules import may_declare_conflict, may_sit, why_suspected
from ideenlab.jury.views.blueprint import blueprint
from ideenlab.teams.models import Team
from ideenlab.teams.queries import find_team_of, get_team


@blueprint.get("/jury/hackathon/<slug>/befangenheit")
@juror
def conflicts(slug: str) -> ResponseReturnValue:
    """Every team, also before it has handed in anything: a conflict is best known early."""
    hackathon = get_any_hackathon(slug)
    seat = find_juror(me(), hackathon)
    require(may_sit(me(), hackathon, seat))
    own = find_team_of(me(), hackathon)
    pairs = [pair for pair in pairs_of(hackathon, juror=seat) if own is None or pair.team.id != own.id]
    return render_template("jury/conflicts.html", hackathon=hackathon, pairs=pairs, why=why_suspected)


@blueprint.route("/jury/team/<int:team_id>/befangenheit", methods=["GET", "POST"])
@juror
def conflict(team_id: int) -> ResponseReturnValue:
    team = get_team(team_id)
    seat = find_juror(me(), team.hackathon)
    require(may_sit(me(), team.hackathon, seat))
    assert seat is not None  # the rule has asked
    pair = get_pair(seat, team)
    form = ConflictForm()
    form.offer(suspected=pair.is_waiting)
    if accepted(form, lambda: _answer(form, team)):
        flash(_said(form, team), "success")
        return redirect(url_for("jury.conflicts", slug=team.hackathon.slug), 303)
    return _page(pair, form), 422 if form.errors else 200


def _answer(form: ConflictForm, team: Team) -> None:
    act = declare_conflict if form.answer.data == "conflict" else dismiss_suspicion
    act(me(), team=team, reason=form.reason.data or "")


def _said(form: ConflictForm, team: Team) -> str:
    if form.answer.data == "conflict":
        return str(_("You do not score the team “%(team)s”. Nothing of you counts there.", team=team.name))
    return str(_("The organisers see that there is no conflict of interest with the team “%(team)s”.", team=team.name))


def _page(pair: Pair, form: ConflictForm) -> str:
    return render_template(
        "jury/conflict.html", pair=pair, team=pair.team, hackathon=pair.team.hackathon, form=form, why=why_suspected,
        may_declare=may_declare_conflict(me(), pair.team, pair=pair),
    )  # fmt: skip
