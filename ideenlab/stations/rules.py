from datetime import datetime

from ideenlab.accounts.models import STAFF, Person
from ideenlab.accounts.rules import may_write
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.ideas.models import Idea
from ideenlab.ideas.rules import open_for_ideas
from ideenlab.stations.models import Card, DotCount, Station
from ideenlab.stations.queries import is_helper


def may_manage_stations(person: Person) -> Verdict:
    if person.has_role("organiser", "administrator"):
        return YES
    return no(_("Only organisers can set up stations."))


def may_open_kiosk(station: Station, now: datetime) -> Verdict:
    if now < station.active_until:
        return YES
    return no(_("This station was open until %(moment)s.", moment=moment(station.active_until)))


def may_give_idea_at(station: Station, now: datetime) -> Verdict:
    return may_open_kiosk(station, now) and open_for_ideas(station.call, now)


def may_help_at(person: Person, station: Station, now: datetime) -> Verdict:
    """Type in and check paper. What lies in the box when the hall closes is typed in afterwards, so no date ends it."""
    if person.has_role(*STAFF) or is_helper(person, station):
        return may_write(person, now)
    return no(_("Only helpers of this station can do this. The organisers can make you one."))


def may_check_card(person: Person, card: Card, now: datetime, *, alone: bool) -> Verdict:
    if card.state != "entered":
        return no(_("This card was checked already."))
    return may_help_at(person, card.station, now) and _four_eyes(person, card.entered_by_id, alone=alone)


def may_check_count(person: Person, count: DotCount, now: datetime, *, alone: bool) -> Verdict:
    if count.checked_by_id is not None:
        return no(_("This count was checked already."))
    return may_help_at(person, count.station, now) and _four_eyes(person, count.entered_by_id, alone=alone)


def _four_eyes(person: Person, entered_by_id: int | None, *, alone: bool) -> Verdict:
    """Where nobody else is there, one person may do both: told so, and marked."""
    if alone or person.id != entered_by_id:
        return YES
    return no(
        _("You typed this in yourself. Somebody else should check it. If nobody is there, tick that you do it alone.")
    )


def may_count_dots(person: Person, station: Station, idea: Idea | None, now: datetime) -> Verdict:
    if idea is None or idea.call_id != station.call_id or idea.state != "published":
        return no(_("There is no such idea in this call."))
    return may_help_at(person, station, now)


def may_steer_wall(person: Person | None) -> Verdict:
    if person is not None and person.has_role(*STAFF):
        return YES
    return no(_("Only the moderation can change the wall."))
