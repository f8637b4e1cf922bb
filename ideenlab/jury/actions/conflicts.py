"""A juror declares a conflict of interest with a team; an organiser blocks, dismisses, takes back."""

from sqlalchemy import select

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.jury.actions.revisions import hold_rules
from ideenlab.jury.models import Juror, Recusal
from ideenlab.jury.queries import Pair, find_juror, get_pair
from ideenlab.jury.rules import may_decide_conflict, may_declare_conflict, may_dismiss_suspicion
from ideenlab.notifications.actions import tell
from ideenlab.teams.models import Team

DECISIONS = ("blocked", "dismissed")


def declare_conflict(juror: Person, *, team: Team, reason: str, kind: str = "") -> Recusal:
    """From now on the juror has no ballot for this team, and what was saved does not count."""
    require(may_declare_conflict(juror, team))
    pair = _held_pair(_seat_of(juror, team), team)
    require(may_declare_conflict(juror, team, pair=pair))
    return _decide(juror, pair, state="declared", kind=kind or _kind_of(pair), reason=reason)


def dismiss_suspicion(juror: Person, *, team: Team, reason: str) -> Recusal:
    """The juror says why something that looks like a conflict is none. Organisers see it and may block."""
    require(may_declare_conflict(juror, team))
    pair = _held_pair(_seat_of(juror, team), team)
    require(may_dismiss_suspicion(juror, team, pair=pair))
    return _decide(juror, pair, state="dismissed", kind=_kind_of(pair), reason=reason)


def decide_conflict(organiser: Person, *, juror: Juror, team: Team, state: str, reason: str, seen: str) -> Recusal:
    """`blocked`, or `dismissed`: no conflict, also where one was declared. `seen` is the state that was decided about.

    Raises Conflict when somebody has decided in between.
    """
    require(may_decide_conflict(organiser, juror, team, now()))
    if state not in DECISIONS:
        raise Invalid(_("Please choose one of the answers."), field="state")
    pair = _held_pair(juror, team)
    require(may_decide_conflict(organiser, juror, team, now()))
    if pair.state != seen:
        raise Conflict(_("Somebody has decided about this in the meantime. Please look again."))
    if pair.state == state:
        raise Invalid(_("This is decided already."), field="state")
    if state == "dismissed" and not (pair.recusal or pair.suspicions):
        raise Invalid(_("There is nothing to dismiss."), field="state")
    if state == "blocked" or pair.is_held:
        tell(
            juror.person,
            "jury/conflict_decided",
            kind="work",
            hackathon=juror.hackathon,
            team=team,
            blocked=state == "blocked",
        )
    return _decide(organiser, pair, state=state, kind=_kind_of(pair), reason=reason)


def _seat_of(person: Person, team: Team) -> Juror:
    juror = find_juror(person, team.hackathon)
    assert juror is not None  # the rule has asked
    return juror


def _held_pair(juror: Juror, team: Team) -> Pair:
    """As it is now: until the end of the transaction nobody else decides about this juror, or publishes."""
    hold_rules(juror.hackathon)
    held = select(Juror.id).where(Juror.id == juror.id).with_for_update()
    db.session.execute(held)
    db.session.refresh(juror)
    return get_pair(juror, team)


def _kind_of(pair: Pair) -> str:
    if pair.recusal:
        return pair.recusal.kind
    return pair.suspicions[0].kind if pair.suspicions else "other"


def _decide(actor: Person, pair: Pair, *, state: str, kind: str, reason: str) -> Recusal:
    if not reason:
        raise Invalid(_("Please give a reason. It stays with the jury and the organisers."), field="reason")
    before = pair.state
    recusal = pair.recusal or Recusal(juror=pair.juror, team=pair.team)
    recusal.state, recusal.kind, recusal.reason = state, kind, reason
    recusal.decided_by, recusal.decided_at = actor, now()
    db.session.add(recusal)
    deed = "withdrawn" if before in ("declared", "blocked") and state == "dismissed" else state
    record(actor, f"jury.conflict_{deed}", recusal, note=reason)
    db.session.flush()
    return recusal
