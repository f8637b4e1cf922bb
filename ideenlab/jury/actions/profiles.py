"""What jurors do for themselves: read what will be public, say who they are, agree to be shown or take it back."""

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon
from ideenlab.history.actions import record
from ideenlab.jury.models import Juror
from ideenlab.jury.queries import find_juror, rules_in_force
from ideenlab.jury.rules import may_be_informed, may_edit_profile, may_hide_profile


def confirm_informed(juror: Person, *, hackathon: Hackathon, version: int) -> Juror:
    """The juror has read what will be public, and the rules in this version. Raises Conflict when there is a newer."""
    seat = find_juror(juror, hackathon)
    require(may_be_informed(juror, hackathon, seat))
    assert seat is not None  # the rule has asked
    if version != rules_in_force(hackathon)["version"]:
        raise Conflict(_("The rules have changed in the meantime. Please read them again."))
    if seat.informed_at is None or seat.confirmed_version < version:
        seat.informed_at = seat.informed_at or now()
        seat.confirmed_version = version
        record(juror, "jury.informed", seat, note=str(version))
    db.session.flush()
    return seat


def edit_profile(
    juror: Person, *, hackathon: Hackathon, name: str, organisation: str, profile: str, is_shown: bool
) -> Juror:
    """How a juror is called and what they say about themself; public only as long as they agree."""
    seat = find_juror(juror, hackathon)
    require(may_edit_profile(juror, hackathon, seat, now()))
    assert seat is not None  # the rule has asked
    agreed = is_shown != seat.is_shown
    seat.name, seat.organisation, seat.profile, seat.is_shown = name, organisation, profile, is_shown
    if agreed:
        record(juror, "jury.profile_shown" if is_shown else "jury.profile_hidden", seat)
    db.session.flush()
    return seat


def hide_profile(juror: Person, *, hackathon: Hackathon) -> None:
    """Consent is taken back: also when nothing else can be changed any more."""
    seat = find_juror(juror, hackathon)
    require(may_hide_profile(juror, hackathon, seat))
    assert seat is not None  # the rule has asked
    if seat.is_shown:
        seat.is_shown = False
        record(juror, "jury.profile_hidden", seat)
    db.session.flush()
