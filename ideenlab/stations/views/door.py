from flask import Blueprint, session

from ideenlab.accounts.access import visitor
from ideenlab.core.clock import now
from ideenlab.core.links import url_for
from ideenlab.ideas.models import Call
from ideenlab.ideas.rules import may_enter_idea
from ideenlab.stations.models import Kiosk
from ideenlab.stations.queries import (
    CallTotals,
    call_totals,
    find_kiosk,
    station_totals_of,
    stations_helped_by,
    stations_of,
)

blueprint = Blueprint("stations", __name__)


def this_kiosk() -> Kiosk | None:
    """The kiosk that the browser is, or None."""
    secret = session.get("kiosk")
    return find_kiosk(secret) if isinstance(secret, str) else None


def kiosk_home() -> str:
    """Where a browser that stands in a hall goes back to by itself; empty everywhere else. Costs no query."""
    return url_for("stations.kiosk") if session.get("kiosk") else ""


def hall_totals_of(call: Call) -> CallTotals | None:
    """How ideas and supports came; None where there was no station."""
    return call_totals(call) if stations_of(call) else None


def may_enter_into(call: Call) -> bool:
    """Whether who looks may type in ideas of others here."""
    person = visitor()
    return person is not None and bool(may_enter_idea(person, call, now()))


@blueprint.app_context_processor
def for_templates() -> dict[str, object]:
    return {
        "station_totals_of": station_totals_of,
        "kiosk_home": kiosk_home,
        "stations_helped_by": stations_helped_by,
        "hall_totals_of": hall_totals_of,
        "may_enter_into": may_enter_into,
    }
