"""Organisers see the order when scoring is over, freeze it, show it on stage, publish it or take it back."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid, NotFound
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import get_any_hackathon
from ideenlab.jury.actions import publish_result, reveal_place, seal_result, withdraw_result
from ideenlab.jury.forms import ConfirmForm, RevealForm, WithdrawalForm
from ideenlab.jury.manage.door import blueprint, status
from ideenlab.jury.maths.ceremony import awards_of
from ideenlab.jury.maths.protocol import completed
from ideenlab.jury.models import Result
from ideenlab.jury.queries import (
    Figures,
    figures_of,
    find_sealed_or_published,
    preview_of,
    read_protocol,
    results_of,
    revealed_of,
)
from ideenlab.jury.queries.sections import sections_of
from ideenlab.jury.rules import may_preview_ranking, may_publish, may_seal, may_withdraw


@blueprint.get("/hackathons/<slug>/jury/ergebnis")
@organiser
def results(slug: str) -> ResponseReturnValue:
    """The order, once no point can change any more, and what can be done with it."""
    hackathon, at = get_any_hackathon(slug), now()
    figures, held = figures_of(hackathon), find_sealed_or_published(hackathon)
    preview = may_preview_ranking(me(), hackathon, at)
    return render_template(
        "jury/manage/results.html", hackathon=hackathon, figures=figures, result=held, preview=preview,
        sections=_sections(figures, held) if preview else [], results=results_of(hackathon),
        may_seal=may_seal(me(), hackathon, figures, at),
        may_publish=may_publish(me(), hackathon, figures, at, sealed=held), awards=_awards(held),
        revealed=revealed_of(held) if held else frozenset(),
    )  # fmt: skip


def _sections(figures: Figures, held: Result | None) -> list[object]:
    """As the protocol says it, or as it would. Ballots one by one stay out of it until they are sealed."""
    if not figures.criteria:
        return []
    told = read_protocol(held) if held else completed(preview_of(figures))
    return [section for section in sections_of(told) if section.key not in ("ballots", "criteria", "recusals")]


def _awards(held: Result | None) -> list[object]:
    return list(awards_of(read_protocol(held))) if held and not held.published_at else []


@blueprint.route("/hackathons/<slug>/jury/versiegeln", methods=["GET", "POST"])
@organiser
def seal(slug: str) -> ResponseReturnValue:
    """Frozen for the ceremony: what it means, and the button."""
    hackathon, form = get_any_hackathon(slug), ConfirmForm()
    if form.validate_on_submit():
        seal_result(me(), hackathon=hackathon)
        flash(_("The result is sealed. Nobody but the organisers knows it."), "success")
        return redirect(url_for(".results", slug=slug), 303)
    figures = figures_of(hackathon)
    require(may_seal(me(), hackathon, figures, now()))
    return render_template("jury/manage/seal.html", hackathon=hackathon, figures=figures)


@blueprint.post("/hackathons/<slug>/jury/zeigen")
@organiser
def reveal(slug: str) -> ResponseReturnValue:
    """Show one place to everybody. Back to the stage, or to the page of the organisers."""
    hackathon, form = get_any_hackathon(slug), RevealForm()
    if not form.validate_on_submit():
        raise NotFound
    reveal_place(me(), hackathon=hackathon, prize=form.prize.data, place=form.place.data)
    back = url_for(".results", slug=slug) if request.form.get("back") else url_for("jury.stage", slug=slug)
    return redirect(back, 303)


@blueprint.route("/hackathons/<slug>/jury/veroeffentlichen", methods=["GET", "POST"])
@organiser
def publish(slug: str) -> ResponseReturnValue:
    """What becomes public, and the button that does it."""
    hackathon, form = get_any_hackathon(slug), ConfirmForm()
    if form.validate_on_submit():
        publish_result(me(), hackathon=hackathon)
        flash(_("The result is published. The teams are told by mail."), "success")
        return redirect(url_for("jury.result", slug=hackathon.slug), 303)
    figures, held = figures_of(hackathon), find_sealed_or_published(hackathon)
    require(may_publish(me(), hackathon, figures, now(), sealed=held))
    return render_template(
        "jury/manage/publish.html", hackathon=hackathon, figures=figures, result=held,
        audience=held.audience if held else figures.told_rules["content"]["rules"]["audience"],
    )  # fmt: skip


@blueprint.route("/hackathons/<slug>/jury/ergebnis/<int:number>/zuruecknehmen", methods=["GET", "POST"])
@organiser
def withdrawal(slug: str, number: int) -> ResponseReturnValue:
    """Take a result back, with a reason that everybody reads."""
    hackathon, form = get_any_hackathon(slug), WithdrawalForm()
    held = _held(hackathon, number)
    require(may_withdraw(me(), held))
    if form.validate_on_submit():
        try:
            withdraw_result(me(), hackathon=hackathon, number=number, reason=form.reason.data or "")
            flash(_("The result is withdrawn. The reason stands on the public page."), "success")
            return redirect(url_for(".results", slug=slug), 303)
        except Invalid as error:
            refuse(form, error.field, str(error))
    return render_template("jury/manage/withdrawal.html", hackathon=hackathon, result=held, form=form), status()


def _held(hackathon: Hackathon, number: int) -> Result:
    held = find_sealed_or_published(hackathon)
    if held is None or held.number != number:
        raise NotFound
    return held
