from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, signed_in
from ideenlab.core.clock import now
from ideenlab.core.errors import NotFound
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.core.web import accepted
from ideenlab.deliberations import actions, queries
from ideenlab.deliberations.forms import MinuteForm
from ideenlab.deliberations.rules import (
    is_of_the_jury,
    may_close_deliberation,
    may_open_deliberation,
    may_open_second_ballot,
    may_see_ballots_of,
    may_see_deliberation,
    may_write_minute,
)
from ideenlab.hackathons.queries import get_any_hackathon
from ideenlab.jury.queries import Entry, Figures, figures_of, jurors_of, rounds_of

blueprint = Blueprint("deliberations", __name__, url_prefix="/hackathon/<slug>/beratung")


@blueprint.route("", methods=["GET", "POST"])
@signed_in
def deliberation(slug: str) -> ResponseReturnValue:
    """The order of talk, the minutes, and what may be done; before it is opened only that it is not."""
    hackathon = get_any_hackathon(slug)
    require(is_of_the_jury(me(), hackathon))
    verdict = may_see_deliberation(me(), hackathon)
    figures = figures_of(hackathon) if verdict else None
    form = MinuteForm()
    form.offer([(entry.prototype.id, entry.prototype.team.name) for entry in figures.by_team] if figures else [])
    if request.method == "POST":
        require(may_write_minute(me(), hackathon))
    if figures and accepted(form, lambda: _write(slug, form, figures)):
        flash(_("It stands in the minutes."), "success")
        return redirect(url_for(".deliberation", slug=slug) + "#minutes", 303)
    page = render_template(
        "deliberations/deliberation.html", hackathon=hackathon, verdict=verdict, form=form, figures=figures,
        topics=queries.topics_of(figures) if figures else [], minutes=queries.minutes_of(hackathon) if figures else [],
        found=queries.find_deliberation(hackathon), rounds=rounds_of(hackathon),
        may_open=may_open_deliberation(me(), hackathon, now()), may_write=may_write_minute(me(), hackathon),
        may_close=may_close_deliberation(me(), hackathon), names={j.person_id: j.name for j in jurors_of(hackathon)},
        closed=queries.closed_to(me(), figures) if figures else [],
        may_vote_again=may_open_second_ballot(me(), hackathon, now()),
    )  # fmt: skip
    return page, 422 if form.errors else 200


def _write(slug: str, form: MinuteForm, figures: Figures) -> None:
    about = next((e.prototype for e in figures.entries if e.prototype.id == form.prototype.data), None)
    actions.write_minute(me(), hackathon=get_any_hackathon(slug), text=form.text.data or "", prototype=about)


@blueprint.get("/prototyp/<int:prototype_id>")
@signed_in
def ballots(slug: str, prototype_id: int) -> ResponseReturnValue:
    """What everybody gave to one prototype, with the words for the team; private notes stay private."""
    hackathon = get_any_hackathon(slug)
    require(may_see_deliberation(me(), hackathon))
    figures = figures_of(hackathon)
    entry = _entry(figures, prototype_id)
    require(may_see_ballots_of(me(), entry.prototype))
    return render_template(
        "deliberations/ballots.html", hackathon=hackathon, entry=entry, figures=figures,
        lines=queries.lines_of(figures, prototype_id),
    )  # fmt: skip


@blueprint.get("/was-waere-wenn")
@signed_in
def what_if(slug: str) -> ResponseReturnValue:
    """The order if one thing were different. Nothing changes by looking."""
    hackathon = get_any_hackathon(slug)
    require(may_see_deliberation(me(), hackathon))
    trials = queries.trials_of(figures_of(hackathon))
    return render_template("deliberations/what_if.html", hackathon=hackathon, trials=trials)


def _entry(figures: Figures, prototype_id: int) -> Entry:
    for entry in figures.entries:
        if entry.prototype.id == prototype_id:
            return entry
    raise NotFound
