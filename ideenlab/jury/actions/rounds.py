"""Another round of ballots: a final of some prototypes, or a second ballot after the talk. Earlier ballots stay."""

from collections.abc import Collection
from decimal import Decimal

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon
from ideenlab.history.actions import record
from ideenlab.jury.actions.revisions import hold_rules
from ideenlab.jury.models import JuryRound, JuryRoundPrototype
from ideenlab.jury.queries import jurors_of, rounds_of
from ideenlab.jury.rules import may_close_round, may_open_round
from ideenlab.notifications.actions import tell
from ideenlab.prototypes.models import Prototype
from ideenlab.prototypes.queries import handed_in_of

FINAL, SECOND = "final", "second"


def open_round(
    organiser: Person, *, hackathon: Hackathon, kind: str, prototypes: Collection[Prototype], reason: str,
    carried_over: Decimal = Decimal(0),
) -> JuryRound:  # fmt: skip
    """From now on the jury scores these prototypes once more.

    `kind`: "final" or "second". `carried_over`: the share of the score before that counts in a final, 0 to 1.
    """
    hold_rules(hackathon, alone=True)
    require(may_open_round(organiser, hackathon, now()))
    reason = clean_line(reason)
    if not reason:
        raise Invalid(_("Please say why there is another round. The jury reads it."), field="reason")
    if not (carried_over.is_finite() and 0 <= carried_over <= 1):
        raise Invalid(_("Please give a number from %(least)s to %(most)s.", least=0, most=100), field="share")
    _check(hackathon, kind, prototypes)
    opened = JuryRound(
        hackathon=hackathon, number=len(rounds_of(hackathon)) + 2, kind=kind, reason=reason,
        carried_over=carried_over if kind == FINAL else Decimal(0), opened_by=organiser,
        prototypes=[JuryRoundPrototype(prototype=prototype) for prototype in prototypes],
    )  # fmt: skip
    db.session.add(opened)
    db.session.flush()
    record(organiser, "jury.round_opened", opened, note=reason)
    for juror in jurors_of(hackathon):
        key = f"jury-round-{opened.id}-{juror.id}"
        tell(juror.person, "jury/round", once_key=key, hackathon=hackathon, jury_round=opened)
    return opened


def close_round(organiser: Person, *, jury_round: JuryRound) -> None:
    """No ballot of this round changes any more."""
    hold_rules(jury_round.hackathon, alone=True)
    db.session.refresh(jury_round)
    require(may_close_round(organiser, jury_round))
    jury_round.closed_at = now()
    record(organiser, "jury.round_closed", jury_round)
    db.session.flush()


def _check(hackathon: Hackathon, kind: str, prototypes: Collection[Prototype]) -> None:
    if kind not in (FINAL, SECOND):
        raise Invalid(_("Please choose a final or a second ballot."), field="kind")
    if not prototypes:
        raise Invalid(_("Please choose at least one prototype."), field="prototypes")
    if kind == FINAL and len(prototypes) < 2:
        raise Invalid(_("A final needs at least two prototypes."), field="prototypes")
    finals = [found for found in rounds_of(hackathon) if found.kind == FINAL]
    allowed = {row.prototype_id for row in finals[-1].prototypes} if finals else None
    if allowed is None:
        allowed = {prototype.id for prototype, _hand_in in handed_in_of(hackathon)}
    if not {prototype.id for prototype in prototypes} <= allowed:
        text = (
            _("Only prototypes of the final can be in this round.") if finals else _("This is not in this hackathon.")
        )
        raise Invalid(text, field="prototypes")
