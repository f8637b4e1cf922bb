"""Cards for jurors: a QR code with the link, and the code to type. Printed the moment the access is made."""

from collections.abc import Sequence

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.core.clock import now
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.links import public_url
from ideenlab.core.pdf import Sheet
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import get_any_hackathon
from ideenlab.jury.actions import Card, print_card, print_cards
from ideenlab.jury.forms import ConfirmForm
from ideenlab.jury.manage.door import blueprint
from ideenlab.jury.queries import get_juror, jurors_of
from ideenlab.jury.rules import may_invite_juror, may_print_card

WIDTH, HEIGHT = 105.0, 148.5  # four on a sheet of A4
EDGE = 9.0


@blueprint.post("/hackathons/<slug>/jury/mitglieder/<int:juror_id>/karte.pdf")
@organiser
def card(slug: str, juror_id: int) -> ResponseReturnValue:
    hackathon = get_any_hackathon(slug)
    made = print_card(me(), juror=get_juror(hackathon, juror_id))
    return _sent(hackathon, [made], f"jurykarte-{juror_id}.pdf")


@blueprint.get("/hackathons/<slug>/jury/karten")
@organiser
def cards(slug: str) -> ResponseReturnValue:
    """For whom cards would be printed, and what that changes."""
    hackathon = get_any_hackathon(slug)
    require(may_invite_juror(me(), hackathon, now()))
    waiting = [juror for juror in jurors_of(hackathon) if juror.accepted_at is None]
    return render_template(
        "jury/manage/cards.html", hackathon=hackathon, form=ConfirmForm(),
        printed=[juror for juror in waiting if may_print_card(juror)],
        others=[(juror, may_print_card(juror).reason) for juror in waiting if not may_print_card(juror)],
    )  # fmt: skip


@blueprint.post("/hackathons/<slug>/jury/karten.pdf")
@organiser
def all_cards(slug: str) -> ResponseReturnValue:
    hackathon = get_any_hackathon(slug)
    made = print_cards(me(), hackathon=hackathon)
    if not made:
        flash(_("There is nobody to print a card for."), "info")
        return redirect(url_for(".cards", slug=slug), 303)
    return _sent(hackathon, made, f"jurykarten-{slug}.pdf")


def _sent(hackathon: Hackathon, made: Sequence[Card], name: str) -> Response:
    sheet = Sheet(_("Cards for the jury: %(title)s", title=hackathon.title), width=2 * WIDTH, height=2 * HEIGHT)
    for number, one in enumerate(made):
        if number % 4 == 0:
            sheet.add_page()
        row, column = divmod(number % 4, 2)
        _draw(sheet, hackathon, one, left=column * WIDTH, top=row * HEIGHT)
    response = Response(sheet.content(), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _draw(sheet: Sheet, hackathon: Hackathon, made: Card, *, left: float, top: float) -> None:
    address, width = public_url("jury.invitation", token=made.secret), WIDTH - 2 * EDGE
    sheet.set_draw_color(180)
    sheet.set_dash_pattern(dash=1.5, gap=1.5)
    sheet.rect(left, top, WIDTH, HEIGHT)
    sheet.set_dash_pattern()
    sheet.set_left_margin(left + EDGE)
    sheet.set_xy(left + EDGE, top + EDGE)
    sheet.say(_("Jury: %(title)s", title=hackathon.title[:80]), size=11, grey=True, width=width)
    sheet.say(made.juror.name[:60], size=18, bold=True, width=width)
    sheet.qr(address, x=left + EDGE, y=top + 40, size=44)
    sheet.set_xy(left + EDGE + 47, top + 42)
    sheet.set_left_margin(left + EDGE + 47)
    sheet.say(_("1. Scan the code or type the address."), size=9.5, width=width - 47)
    sheet.ln(2)
    sheet.say(_("2. Enter your personal code."), size=9.5, width=width - 47)
    sheet.ln(2)
    sheet.say(_("It works on all your devices."), size=9.5, width=width - 47)
    sheet.set_left_margin(left + EDGE)
    sheet.set_xy(left + EDGE, top + 88)
    sheet.say(address, size=8.5, width=width)
    sheet.ln(3)
    sheet.say(_("Your personal code:"), size=9.5, width=width)
    sheet.say(made.code, size=24, bold=True, width=width)
    sheet.ln(2)
    if hackathon.scoring_until:
        until = moment(hackathon.scoring_until)
        sheet.say(_("Scoring is open until %(moment)s.", moment=until), size=9.5, width=width)
    sheet.say(_("Please pass the card on to nobody. Lost? The organisers make a new one, and this one stops working."),
              size=8.5, grey=True, width=width)  # fmt: skip
