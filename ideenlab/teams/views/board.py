from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, signed_in
from ideenlab.challenges.queries import challenges_of
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.hackathons.queries import get_hackathon
from ideenlab.teams import actions, queries
from ideenlab.teams.actions import NoticeText
from ideenlab.teams.forms import NoticeForm
from ideenlab.teams.rules import may_found_team, may_invite, may_see_board, may_write_notice
from ideenlab.teams.views.door import blueprint

KINDS = ("team", "person")


@blueprint.get("/hackathon/<slug>/teams/suche")
@signed_in
def board(slug: str) -> ResponseReturnValue:
    hackathon, challenges = get_hackathon(slug), challenges_of(get_hackathon(slug))
    verdict = may_see_board(me(), hackathon)
    kind, skill = request.args.get("wer", ""), request.args.get("faehigkeit", "")[:80]
    challenge = next((one for one in challenges if str(one.id) == request.args.get("aufgabe")), None)
    notices = queries.visible_notices(hackathon, kind=kind, skill=skill, challenge=challenge) if verdict else []
    mine = queries.find_team_of(me(), hackathon)
    return render_template(
        "teams/board.html", hackathon=hackathon, verdict=verdict, notices=notices, challenges=challenges, mine=mine,
        kind=kind if kind in KINDS else "", skill=skill, challenge=challenge,
        own=queries.find_notice_of(me(), hackathon, mine), may_write=may_write_notice(me(), hackathon, mine, now()),
        may_ask=may_found_team(me(), hackathon, now()), may_invite=mine and may_invite(me(), mine, now()),
    )  # fmt: skip


@blueprint.route("/hackathon/<slug>/teams/suche/aushang", methods=["GET", "POST"])
@signed_in
def notice(slug: str) -> ResponseReturnValue:
    """One's own notice, or that of one's team: a new one, or the one that hangs there."""
    hackathon = get_hackathon(slug)
    team = queries.find_team_of(me(), hackathon)
    verdict = may_write_notice(me(), hackathon, team, now())
    require(may_see_board(me(), hackathon))
    own = queries.find_notice_of(me(), hackathon, team)
    form = NoticeForm(obj=own)
    form.offer(challenges_of(hackathon), chosen=own.challenge if own else None)
    if form.validate_on_submit():
        text = NoticeText(form.text.data, form.skills.data, form.chosen())
        try:
            actions.write_notice(me(), hackathon=hackathon, text=text, revision=form.seen_revision())
        except Invalid as error:
            refuse(form, error.field, str(error))
        else:
            flash(_("Your notice hangs on the board."), "success")
            return redirect(url_for("teams.board", slug=slug), 303)
    page = render_template("teams/notice.html", hackathon=hackathon, team=team, own=own, form=form, verdict=verdict)
    return page, 422 if form.errors else 200


@blueprint.post("/hackathon/aushang/<int:notice_id>/abnehmen")
@signed_in
def close_notice(notice_id: int) -> ResponseReturnValue:
    found = queries.get_notice(notice_id)
    actions.close_notice(me(), notice=found)
    flash(_("The notice is taken down."), "success")
    return redirect(url_for("teams.board", slug=found.hackathon.slug), 303)
