from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import juror, me
from ideenlab.core.errors import NotFound
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.hackathons.queries import get_any_hackathon
from ideenlab.jury.actions import score_example
from ideenlab.jury.forms import practice_form
from ideenlab.jury.queries import (
    calibration_scores_of,
    criteria_of,
    find_calibration,
    find_juror,
    rules_of,
    spread_of,
)
from ideenlab.jury.rules import may_score_example, may_sit
from ideenlab.jury.views.blueprint import blueprint


@blueprint.route("/jury/hackathon/<slug>/probe", methods=["GET", "POST"])
@juror
def practice(slug: str) -> ResponseReturnValue:
    """The example on the scale of the ballots; afterwards how everybody has scored, without names."""
    hackathon = get_any_hackathon(slug)
    seat, example = find_juror(me(), hackathon), find_calibration(hackathon)
    require(may_sit(me(), hackathon, seat))
    if example is None or seat is None:
        raise NotFound
    criteria = criteria_of(hackathon)
    given = calibration_scores_of(seat)
    form = practice_form(criteria, rules_of(hackathon), given if request.method == "GET" else {})
    if form.validate_on_submit():
        score_example(me(), hackathon=hackathon, half_points=form.half_points)
        flash(_("Saved. It was practice and counts nowhere."), "success")
        return redirect(url_for(".practice", slug=slug), 303)
    return render_template(
        "jury/practice.html", hackathon=hackathon, example=example, form=form, given=given,
        may_score=may_score_example(me(), hackathon, seat, example),
        spread=spread_of(hackathon, criteria) if example.closed_at else [],
    ), 422 if request.method == "POST" else 200  # fmt: skip
