"""Organisers set stations up. Link and PIN are told once and kept only as hashes."""

from datetime import datetime

from sqlalchemy import delete

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.passwords import hash_password
from ideenlab.core.security import hash_secret, new_code, new_secret
from ideenlab.core.text import clean_line
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.ideas.models import Call
from ideenlab.stations.models import Kiosk, Station, StationHelper
from ideenlab.stations.rules import may_manage_stations

LONGEST_NAME, PIN_DIGITS = 80, 6


def new_pin() -> tuple[str, str]:
    """A PIN and its hash. Hashing is slow: do it before the transaction."""
    pin = new_code(PIN_DIGITS)
    return pin, hash_password(pin)


def make_station(
    organiser: Person, *, call: Call, name: str, active_until: datetime | None, pin_hash: str
) -> tuple[Station, str]:
    """A new station and the secret of its link."""
    require(may_manage_stations(organiser))
    name = clean_line(name)
    if not 0 < len(name) <= LONGEST_NAME:
        raise Invalid(_("A station needs a name of at most %(most)s characters.", most=LONGEST_NAME), field="name")
    if active_until is None or active_until <= now():
        raise Invalid(_("This moment has passed already."), field="active_until")
    link = new_secret()
    station = Station(
        call=call, name=name, active_until=active_until, pin_hash=pin_hash,
        link_hash=hash_secret(link, purpose="station"),
    )  # fmt: skip
    db.session.add(station)
    record(organiser, "stations.made", station)
    db.session.flush()
    return station, link


def renew_pin(organiser: Person, *, station: Station, pin_hash: str) -> None:
    """The old PIN is dead, and every device that was opened with it."""
    require(may_manage_stations(organiser))
    station.pin_hash = pin_hash
    _close_devices(station)
    record(organiser, "stations.pin_renewed", station)


def renew_link(organiser: Person, *, station: Station) -> str:
    """A new link for one that was lost or seen by too many. The old one is dead."""
    require(may_manage_stations(organiser))
    link = new_secret()
    station.link_hash = hash_secret(link, purpose="station")
    _close_devices(station)
    record(organiser, "stations.link_renewed", station)
    return link


def close_station(organiser: Person, *, station: Station) -> None:
    """At once, on every device. Its cards and dots stay."""
    require(may_manage_stations(organiser))
    station.active_until = min(station.active_until, now())
    _close_devices(station)
    record(organiser, "stations.closed", station)


def add_helper(organiser: Person, *, station: Station, person: Person | None) -> None:
    require(may_manage_stations(organiser))
    if person is None or person.state != "active":
        raise Invalid(_("Nobody has this pseudonym. Please look at how it is written."), field="pseudonym")
    if db.session.get(StationHelper, (station.id, person.id)) is None:
        db.session.add(StationHelper(station_id=station.id, person_id=person.id))
        record(organiser, "stations.helper_added", station, note=str(person.id))
    db.session.flush()


def remove_helper(organiser: Person, *, station: Station, person_id: int) -> None:
    require(may_manage_stations(organiser))
    gone = delete(StationHelper).where(StationHelper.station_id == station.id, StationHelper.person_id == person_id)
    db.session.execute(gone)
    record(organiser, "stations.helper_removed", station, note=str(person_id))


def _close_devices(station: Station) -> None:
    db.session.execute(delete(Kiosk).where(Kiosk.station_id == station.id))
    db.session.flush()
