"""Organisers plan the audience prize, print codes and release the result. Until then they see no count either."""

from datetime import datetime

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.audience import actions
from ideenlab.audience.forms import CodesForm, OnlyButton, PrizeForm
from ideenlab.audience.models import AudiencePrize
from ideenlab.audience.queries import find_prize, printed_sheets
from ideenlab.audience.rules import may_plan_prize, may_print_codes, may_release_prize
from ideenlab.core.clock import now
from ideenlab.core.errors import Conflict, NotFound
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.links import public_url
from ideenlab.core.pdf import Sheet
from ideenlab.core.qr import qr_picture
from ideenlab.core.web import begin_reading
from ideenlab.hackathons.queries import get_any_hackathon

blueprint = Blueprint("manage_audience", __name__, url_prefix="/organisation")

A4, ROWS, COLUMNS = (210.0, 297.0), 5, 2
FIELDS = ("title", "voting_from", "voting_until")


@blueprint.route("/hackathons/<slug>/publikum", methods=["GET", "POST"])
@organiser
def prize(slug: str) -> ResponseReturnValue:
    """One page: the window, the printings, the links, the release."""
    found = get_any_hackathon(slug)
    kept = find_prize(found)
    form = PrizeForm() if request.method == "POST" else PrizeForm(obj=kept)
    if request.method == "GET" and kept is None:
        form.title.data, form.revision.data = _("Audience prize"), "0"
    if form.validate_on_submit():
        assert form.voting_from.data and form.voting_until.data  # noqa: PT018 - required
        try:
            actions.plan_prize(
                me(), hackathon=found, title=form.title.data, voting_from=form.voting_from.data,
                voting_until=form.voting_until.data, revision=form.seen_revision(),
            )  # fmt: skip
        except Conflict as error:
            raise _with_both(error, form, slug) from None
        flash(_("The audience prize is planned."), "success")
        return redirect(url_for("manage_audience.prize", slug=slug), 303)
    return _page(slug, form, _codes_form()), 422 if form.errors else 200


def _codes_form() -> CodesForm:
    form = CodesForm()
    form.offer()
    return form


def _page(slug: str, form: PrizeForm, codes: CodesForm) -> str:
    found = get_any_hackathon(slug)
    kept = find_prize(found)
    stream = public_url("audience.stream", slug=slug)
    return render_template(
        "audience/manage/prize.html", hackathon=found, prize=kept, form=form, codes=codes, stream=stream,
        picture=qr_picture(stream), sheets=printed_sheets(found), verdict=may_plan_prize(me(), found, kept),
        may_print=may_print_codes(me(), kept, 1, now()) if kept else None,
        may_release=may_release_prize(me(), kept, now()) if kept else None,
    )  # fmt: skip


@blueprint.post("/hackathons/<slug>/publikum/codes")
@organiser
def codes(slug: str) -> ResponseReturnValue:
    """New codes, told this once: on paper, or as text for who makes cards of their own."""
    kept, form = _prize(slug), _codes_form()
    number = form.number.data if form.validate_on_submit() else None
    if number is not None:
        verdict = may_print_codes(me(), kept, number, now())
        if verdict:
            sheet, made = actions.print_codes(me(), prize=kept, number=number)
            return _as_text(kept, sheet, made) if form.paper.data == "text" else _as_pdf(kept, sheet, made)
        refuse(form, "number", verdict.reason)
    return _page(slug, PrizeForm(formdata=None, obj=kept), form), 422


@blueprint.post("/hackathons/<slug>/publikum/bogen/<int:sheet>/sperren")
@organiser
def end_sheet(slug: str, sheet: int) -> ResponseReturnValue:
    actions.end_sheet(me(), prize=_prize(slug), sheet=min(sheet, 2**31 - 1))
    flash(_("The codes of this printing work no more."), "success")
    return redirect(url_for("manage_audience.prize", slug=slug), 303)


@blueprint.route("/hackathons/<slug>/publikum/ergebnis", methods=["GET", "POST"])
@organiser
def release(slug: str) -> ResponseReturnValue:
    """Second click of two: what it does is on the page before it is done."""
    kept, form = _prize(slug), OnlyButton()
    if form.validate_on_submit():
        actions.release_prize(me(), hackathon=kept.hackathon)
        flash(_("The result is released. Everybody sees it now."), "success")
        return redirect(url_for("audience.result", slug=slug), 303)
    verdict = may_release_prize(me(), kept, now())
    return render_template(
        "audience/manage/release.html", hackathon=kept.hackathon, prize=kept, form=form, verdict=verdict
    )  # fmt: skip


def _prize(slug: str) -> AudiencePrize:
    kept = find_prize(get_any_hackathon(slug))
    if kept is None:
        raise NotFound
    return kept


def _with_both(error: Conflict, form: PrizeForm, slug: str) -> Conflict:
    """The refusal with what was typed and what is stored, as far as they differ."""
    begin_reading()
    kept = find_prize(get_any_hackathon(slug))
    pairs = [(str(form[name].label.text), form[name].data, getattr(kept, name, None)) for name in FIELDS]
    differing = [(label, _shown(mine), _shown(theirs)) for label, mine, theirs in pairs if mine != theirs]
    return Conflict(
        str(error), mine=[(label, mine) for label, mine, _theirs in differing],
        stored=[(label, theirs) for label, _mine, theirs in differing],
    )  # fmt: skip


def _shown(value: object) -> str:
    return moment(value) if isinstance(value, datetime) else str(value or "–")


def _as_text(kept: AudiencePrize, sheet: int, made: list[str]) -> Response:
    address = public_url("audience.vote", slug=kept.hackathon.slug)
    lines = [f"{kept.title} – {kept.hackathon.title}", address, _("Printing %(number)s", number=sheet), "", *made, ""]
    return _sent("\n".join(lines).encode(), "text/plain; charset=utf-8", f"publikum-{sheet}.txt")


def _as_pdf(kept: AudiencePrize, sheet: int, made: list[str]) -> Response:
    """Ten cards on a page of A4, to be cut."""
    paper = Sheet(_("Codes: %(title)s", title=kept.title), width=A4[0], height=A4[1])
    for place, code in enumerate(made):
        if place % (ROWS * COLUMNS) == 0:
            paper.add_page()
        _draw_card(paper, kept, sheet, code, place % (ROWS * COLUMNS))
    return _sent(paper.content(), "application/pdf", f"publikum-{sheet}.pdf")


def _draw_card(paper: Sheet, kept: AudiencePrize, sheet: int, code: str, place: int) -> None:
    wide, high = A4[0] / COLUMNS, A4[1] / ROWS
    left, top = (place % COLUMNS) * wide, (place // COLUMNS) * high
    paper.set_draw_color(180)
    paper.set_dash_pattern(dash=1.5, gap=1.5)
    paper.rect(left, top, wide, high)
    paper.set_dash_pattern()
    paper.set_left_margin(left + 7)
    paper.set_xy(left + 7, top + 7)
    width = wide - 46
    paper.say(kept.title[:60], size=13, bold=True, width=width)
    paper.say(_("Vote once with this code:"), size=9, width=width)
    paper.say(f"{code[:4]} {code[4:]}", size=17, bold=True, width=width)
    address = public_url("audience.vote", slug=kept.hackathon.slug)
    paper.say(address, size=7.5, width=width)
    until = moment(kept.voting_until) if kept.voting_until else ""
    paper.say(_("Until %(moment)s. Printing %(number)s.", moment=until, number=sheet), size=7.5, grey=True, width=width)
    paper.qr(f"{address}#code={code}", x=left + wide - 37, y=top + 8, size=32)


def _sent(content: bytes, kind: str, name: str) -> Response:
    response = Response(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
