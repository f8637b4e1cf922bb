"""The kiosk page in the hall: big type, no account, nothing about a person stays."""

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public, slowed, try_once
from ideenlab.accounts.actions import forget_tries
from ideenlab.accounts.rules import Slowed
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.links import public_url
from ideenlab.core.passwords import is_password
from ideenlab.core.qr import qr_picture
from ideenlab.core.security import hash_secret, limiter
from ideenlab.core.verdict import require
from ideenlab.core.web import begin_writing, slow_first
from ideenlab.ideas.queries import count_ideas
from ideenlab.programme.queries import topics_of
from ideenlab.stations import actions
from ideenlab.stations.forms import KioskIdeaForm, PinForm
from ideenlab.stations.models import Station
from ideenlab.stations.queries import find_station_by_link
from ideenlab.stations.rules import may_give_idea_at, may_open_kiosk
from ideenlab.stations.views.door import blueprint, this_kiosk

PINS_TRIED = {"limit": 5, "wider_limit": 20, "overall_limit": 40}  # in a quarter of an hour


@blueprint.route("/station/<secret>", methods=["GET", "POST"])
@public
@slow_first
@limiter.limit("60 per minute", methods=["POST"])
def open_kiosk(secret: str) -> ResponseReturnValue:
    """The link of a station asks for its PIN. Then the browser is a kiosk, and nobody is signed in there any more."""
    station = find_station_by_link(secret)
    if station is None:
        return render_template("stations/_no_kiosk.html"), 410
    require(may_open_kiosk(station, now()))
    form, status = PinForm(), 200
    if form.validate_on_submit():
        trying = slowed("station pin", hash_secret(secret, purpose="station"), **PINS_TRIED)
        verdict = try_once(trying)
        if not verdict:
            refuse(form, "pin", verdict.reason)
            status = 429
        elif is_password(form.pin.data, station.pin_hash):
            return _become_kiosk(secret, trying)
        else:
            refuse(form, "pin", _("This PIN is not right."))
            status = 422
    elif form.errors:
        status = 422
    form.pin.data = ""
    return render_template("stations/open_kiosk.html", form=form, station=find_station_by_link(secret)), status


def _become_kiosk(secret: str, trying: Slowed) -> ResponseReturnValue:
    begin_writing()
    forget_tries(trying)  # a hall has many screens, all with one address
    station = find_station_by_link(secret)
    if station is None:
        return render_template("stations/_no_kiosk.html"), 410
    kiosk_secret = actions.open_kiosk(station)
    session.clear()
    session["kiosk"] = kiosk_secret
    session.permanent = True
    return redirect(url_for("stations.kiosk"), 303)


@blueprint.get("/kiosk")
@public
def kiosk() -> ResponseReturnValue:
    here = this_kiosk()
    if here is None:
        return _no_kiosk()
    station = here.station
    return render_template(
        "stations/kiosk.html", station=station, call=station.call, number=count_ideas(station.call),
        may_give=may_give_idea_at(station, now()), address=_address(station), picture=qr_picture(_address(station)),
    )  # fmt: skip


@blueprint.route("/kiosk/idee", methods=["GET", "POST"])
@public
@limiter.limit("1200 per minute", methods=["POST"])
def kiosk_idea() -> ResponseReturnValue:
    here = this_kiosk()
    if here is None:
        return _no_kiosk()
    station = here.station
    require(may_give_idea_at(station, now()))
    topics = topics_of(station.call.edition)
    form = KioskIdeaForm.of(topics)
    if form.validate_on_submit():
        topic = next((topic for topic in topics if str(topic.id) == form.topic.data), None)
        try:
            _idea, code = actions.give_idea_at(
                station, title=form.title.data, text=form.text.data, topic=topic, agrees_to_licence=form.agrees.data
            )
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
        else:
            return render_template("stations/_kiosk_done.html", call=station.call, code=code, address=_code_address())
    return render_template("stations/kiosk_idea.html", form=form, call=station.call), 422 if form.errors else 200


def _no_kiosk() -> ResponseReturnValue:
    session.pop("kiosk", None)
    return render_template("stations/_no_kiosk.html"), 403


def _address(station: Station) -> str:
    return public_url("ideas.ideas", slug=station.call.slug)


def _code_address() -> str:
    return public_url("ideas.with_code")
