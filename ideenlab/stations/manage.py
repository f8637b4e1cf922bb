"""Organisers set up the stations of a call. Link and PIN are shown once, to be printed."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.accounts.queries import find_person_by_pseudonym, get_person
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.links import public_url
from ideenlab.core.qr import qr_picture
from ideenlab.core.web import begin_writing, slow_first
from ideenlab.ideas.queries import get_call
from ideenlab.stations import actions
from ideenlab.stations.forms import HelperForm, StationForm
from ideenlab.stations.models import Station
from ideenlab.stations.queries import call_totals, get_station, helpers_of, stations_of

blueprint = Blueprint("manage_stations", __name__, url_prefix="/organisation")


@blueprint.get("/aufrufe/<slug>/stationen")
@organiser
def stations(slug: str) -> ResponseReturnValue:
    call = get_call(slug)
    return render_template(
        "stations/manage/stations.html", call=call, stations=stations_of(call), totals=call_totals(call), at=now()
    )


@blueprint.route("/aufrufe/<slug>/stationen/neu", methods=["GET", "POST"])
@organiser
@slow_first
def new_station(slug: str) -> ResponseReturnValue:
    form = StationForm()
    if form.validate_on_submit():
        person_id, (pin, pin_hash) = me().id, actions.new_pin()
        begin_writing()
        try:
            station, link = actions.make_station(
                get_person(person_id), call=get_call(slug), name=form.name.data, active_until=form.active_until.data,
                pin_hash=pin_hash,
            )  # fmt: skip
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
        else:
            return _secrets(station, link=link, pin=pin)
    page = render_template("stations/manage/new_station.html", call=get_call(slug), form=form)
    return page, 422 if form.errors else 200


@blueprint.route("/stationen/<int:station_id>", methods=["GET", "POST"])
@organiser
def station(station_id: int) -> ResponseReturnValue:
    """One station: its papers, its helpers, its secrets made anew."""
    station, form = get_station(station_id), HelperForm()
    if form.validate_on_submit():
        try:
            actions.add_helper(me(), station=station, person=find_person_by_pseudonym(form.pseudonym.data))
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
        else:
            flash(_("The helper can type in and check now."), "success")
            return redirect(url_for("manage_stations.station", station_id=station.id), 303)
    page = render_template(
        "stations/manage/station.html", station=station, helpers=helpers_of(station), form=form,
        is_open=now() < station.active_until,
    )  # fmt: skip
    return page, 422 if form.errors else 200


@blueprint.post("/stationen/<int:station_id>/helfende/<int:person_id>/entfernen")
@organiser
def remove_helper(station_id: int, person_id: int) -> ResponseReturnValue:
    station = get_station(station_id)
    actions.remove_helper(me(), station=station, person_id=get_person(person_id).id)
    flash(_("This person is no longer a helper."), "success")
    return redirect(url_for("manage_stations.station", station_id=station.id), 303)


@blueprint.post("/stationen/<int:station_id>/pin")
@organiser
@slow_first
def renew_pin(station_id: int) -> ResponseReturnValue:
    person_id, (pin, pin_hash) = me().id, actions.new_pin()
    begin_writing()
    station = get_station(station_id)
    actions.renew_pin(get_person(person_id), station=station, pin_hash=pin_hash)
    return _secrets(station, pin=pin)


@blueprint.post("/stationen/<int:station_id>/link")
@organiser
def renew_link(station_id: int) -> ResponseReturnValue:
    station = get_station(station_id)
    return _secrets(station, link=actions.renew_link(me(), station=station))


@blueprint.post("/stationen/<int:station_id>/schliessen")
@organiser
def close_station(station_id: int) -> ResponseReturnValue:
    station = get_station(station_id)
    actions.close_station(me(), station=station)
    flash(_("The station is closed, on every device."), "success")
    return redirect(url_for("manage_stations.stations", slug=station.call.slug), 303)


def _secrets(station: Station, *, link: str = "", pin: str = "") -> str:
    """Shown once."""
    address = public_url("stations.open_kiosk", secret=link) if link else ""
    return render_template(
        "stations/manage/_secrets.html", station=station, address=address, pin=pin,
        picture=qr_picture(address) if address else "",
    )  # fmt: skip
