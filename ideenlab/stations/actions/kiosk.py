"""The kiosk: a device in the hall on which nobody is signed in and nothing about a person stays."""

from datetime import timedelta

from sqlalchemy import delete

from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.security import hash_secret, new_secret
from ideenlab.core.text import clean_line, clean_text
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.ideas.actions import new_idea_code, publish_for_somebody
from ideenlab.ideas.models import Idea
from ideenlab.programme.models import Topic
from ideenlab.stations.models import KIOSK_HOURS, Card, Kiosk, Station
from ideenlab.stations.queries import find_double_of_kiosk
from ideenlab.stations.rules import may_give_idea_at, may_open_kiosk

DOUBLE = timedelta(minutes=1)


def open_kiosk(station: Station) -> str:
    """The secret for the cookie of a device that stands at this station from now on. Whoever calls it knows the PIN."""
    at = now()
    require(may_open_kiosk(station, at))
    secret = new_secret()
    expires_at = min(station.active_until, at + timedelta(hours=KIOSK_HOURS))
    db.session.add(Kiosk(station=station, secret_hash=hash_secret(secret, purpose="kiosk"), expires_at=expires_at))
    record(None, "stations.kiosk_opened", station)
    return secret


def give_idea_at(
    station: Station, *, title: str, text: str, topic: Topic | None, agrees_to_licence: bool
) -> tuple[Idea, str]:
    """An idea given at the kiosk, and the code to follow it with.

    The same again within a minute is a double press: there is one idea, with a new code, as only that one is seen.
    """
    at = now()
    require(may_give_idea_at(station, at))
    db.session.refresh(station, with_for_update=True)  # one after the other, so that a double press is seen
    double = find_double_of_kiosk(station, title=clean_line(title), text=clean_text(text), since=at - DOUBLE)
    if double and double.idea:
        code = new_idea_code()
        double.idea.code_hash = hash_secret(code, purpose="idea code")
        db.session.flush()
        return double.idea, code
    idea, code = publish_for_somebody(
        call=station.call, origin="workshop", title=title, text=text, topic=topic, with_code=True, entered_by=None,
        agrees_to_licence=agrees_to_licence,
    )  # fmt: skip
    db.session.add(Card(station=station, way="kiosk", state="checked", idea=idea, checked_at=at))
    db.session.flush()
    return idea, code


def clean_up_kiosks() -> None:
    """Devices whose time has run out."""
    db.session.execute(delete(Kiosk).where(Kiosk.expires_at < now()))
