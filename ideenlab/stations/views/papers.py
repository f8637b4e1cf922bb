"""What is printed for a station: idea cards, sheets for dots, the slip with a code."""

import re

from flask import Response, request
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, moderator, signed_in
from ideenlab.core.clock import now
from ideenlab.core.errors import NotFound
from ideenlab.core.i18n import gettext as _
from ideenlab.core.links import public_url
from ideenlab.core.pdf import Sheet
from ideenlab.core.text import excerpt
from ideenlab.core.verdict import require
from ideenlab.ideas.actions import new_idea_code
from ideenlab.ideas.models import Idea
from ideenlab.ideas.queries import find_idea_by_code, get_idea, plain_code
from ideenlab.stations.models import Station
from ideenlab.stations.queries import get_station, ideas_for_sheets
from ideenlab.stations.rules import may_help_at
from ideenlab.stations.views.door import blueprint

A6, A4 = (148.0, 105.0), (210.0, 297.0)
MOST_CARDS, MOST_SHEETS, CARDS = 100, 60, 8


@blueprint.get("/station/<int:station_id>/karten.pdf")
@signed_in
def idea_cards(station_id: int) -> ResponseReturnValue:
    """Empty cards of A6, each with a code of its own that the writer keeps."""
    station = get_station(station_id)
    require(may_help_at(me(), station, now()))
    sheet = Sheet(_("Idea cards: %(name)s", name=station.name), width=A6[0], height=A6[1])
    for _number in range(_wanted(CARDS, MOST_CARDS)):
        _draw_card(sheet, station, new_idea_code())
    return _sent(sheet, f"ideenkarten-{station.id}.pdf")


@blueprint.get("/station/<int:station_id>/punkte.pdf")
@signed_in
def dot_sheets(station_id: int) -> ResponseReturnValue:
    """A sheet of A4 for each idea, to stick dots on."""
    station = get_station(station_id)
    require(may_help_at(me(), station, now()))
    ideas = ideas_for_sheets(station.call, most=_wanted(MOST_SHEETS, MOST_SHEETS))
    if not ideas:
        raise NotFound
    sheet = Sheet(_("Sheets for dots: %(name)s", name=station.name), width=A4[0], height=A4[1])
    for idea in ideas:
        _draw_sheet(sheet, station, idea)
    return _sent(sheet, f"punktebogen-{station.id}.pdf")


@blueprint.post("/idee/<int:idea_id>/zettel.pdf")
@moderator
def code_slip(idea_id: int) -> ResponseReturnValue:
    """The code that was shown just now, to hand over. It is not kept, so the page sends it along."""
    idea, code = get_idea(idea_id), plain_code(request.form.get("code", ""))
    found = find_idea_by_code(code)
    if found is None or found.id != idea.id:
        raise NotFound
    sheet = Sheet(_("Code for the idea"), width=A6[0], height=A6[1])
    sheet.add_page()
    sheet.say(_("Your idea is entered"), size=18, bold=True, width=132)
    sheet.say(excerpt(idea.title, 90), size=13, width=132)
    sheet.ln(4)
    _draw_code(sheet, code)
    return _sent(sheet, f"zettel-{idea.id}.pdf")


def _wanted(usual: int, most: int) -> int:
    typed = request.args.get("anzahl", "")
    return min(max(int(typed), 1), most) if re.fullmatch("[0-9]{1,4}", typed, re.ASCII) else usual


def _sent(sheet: Sheet, name: str) -> Response:
    response = Response(sheet.content(), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _draw_card(sheet: Sheet, station: Station, code: str) -> None:
    sheet.add_page()
    sheet.say(f"{station.call.title} · {station.name}", size=9, grey=True)
    sheet.say(_("My idea"), size=18, bold=True)
    sheet.lines(1, gap=8)
    sheet.say(_("Title: one sentence that says what it is about"), size=8, grey=True)
    sheet.lines(4, gap=7.4)
    sheet.say(_("What should change, for whom, and why? Please write no names."), size=8, grey=True)
    sheet.ln(1)
    sheet.box(sheet.l_margin, sheet.get_y() + 0.6, 3.4)
    _beside_box(sheet, _("I wrote this myself. The city may publish it without a name (licence CC BY 4.0)."))
    _draw_code(sheet, code, at=79)


def _beside_box(sheet: Sheet, text: str) -> None:
    sheet.set_x(sheet.l_margin + 5)
    sheet.say(text, size=8.5, width=sheet.w - sheet.l_margin - sheet.r_margin - 5)


def _draw_code(sheet: Sheet, code: str, at: float = 60) -> None:
    """The part that is torn off and taken home."""
    sheet.set_draw_color(150)
    sheet.set_dash_pattern(dash=1.5, gap=1.5)
    sheet.line(0, at - 2, sheet.w, at - 2)
    sheet.set_dash_pattern()
    address = public_url("ideas.with_code")
    sheet.qr(address, x=sheet.w - sheet.r_margin - 22, y=at, size=22)
    sheet.set_xy(sheet.l_margin, at)
    width = sheet.w - sheet.l_margin - sheet.r_margin - 24
    sheet.say(_("Tear off and keep: with this code you see what becomes of your idea."), size=8.5, width=width)
    sheet.say(f"{code[:4]} - {code[4:8]} - {code[8:]}", size=15, bold=True, width=width)
    sheet.say(address, size=8.5, width=width)


def _draw_sheet(sheet: Sheet, station: Station, idea: Idea) -> None:
    sheet.add_page()
    wide = sheet.w - sheet.l_margin - sheet.r_margin - 45
    sheet.qr(public_url("ideas.idea", idea_id=idea.id), x=sheet.w - sheet.r_margin - 40, y=sheet.t_margin, size=40)
    sheet.say(f"{station.call.title} · {station.name}", size=11, grey=True, width=wide)
    sheet.say(_("Idea number %(number)s", number=idea.id), size=14, bold=True, width=wide)
    sheet.say(idea.title, size=24, bold=True, width=wide)
    sheet.set_y(max(sheet.get_y() + 2, sheet.t_margin + 42))
    sheet.say(idea.excerpt, size=13)
    sheet.ln(3)
    top = sheet.get_y()
    sheet.set_draw_color(0)
    sheet.set_line_width(0.4)
    sheet.rect(sheet.l_margin, top, sheet.w - sheet.l_margin - sheet.r_margin, sheet.h - top - 34)
    sheet.set_xy(sheet.l_margin + 3, top + 2)
    sheet.say(_("Stick your dots here. One dot for each person."), size=11, grey=True, width=150)
    sheet.set_xy(sheet.l_margin, sheet.h - 30)
    sheet.say(
        _("Counted: ______ dots   First signature: __________________   Second signature: __________________"), size=10
    )
    sheet.ln(2)
    sheet.say(public_url("ideas.idea", idea_id=idea.id), size=10, grey=True)
