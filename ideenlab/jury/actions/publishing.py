"""The organiser freezes the order, shows it place by place, publishes it, and if need be withdraws it."""

import hashlib
from datetime import datetime

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Invalid, NotFound
from ideenlab.core.i18n import gettext as _
from ideenlab.core.upsert import insert_missing
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon
from ideenlab.history.actions import record
from ideenlab.jury.actions.revisions import hold_rules
from ideenlab.jury.maths.ceremony import awards_of
from ideenlab.jury.models import Result, Reveal
from ideenlab.jury.queries import (
    Figures,
    figures_of,
    find_sealed_or_published,
    next_number,
    protocol_of,
    read_protocol,
)
from ideenlab.jury.rules import may_lead_jury, may_publish, may_reveal, may_seal, may_withdraw
from ideenlab.notifications.actions import tell
from ideenlab.prototypes.queries import handed_in_of
from ideenlab.teams.queries import members_of


def seal_result(organiser: Person, *, hackathon: Hackathon) -> Result:
    """Freeze the order with everything it rests on. Only organisers know of it yet; no point changes any more."""
    require(may_lead_jury(organiser))
    hold_rules(hackathon, alone=True)
    figures, moment = figures_of(hackathon), now()
    require(may_seal(organiser, hackathon, figures, moment))
    result = freeze_result(hackathon, figures, moment=moment, organiser=organiser)
    record(organiser, "jury.result_sealed", result, note=result.sha256)
    return result


def publish_result(organiser: Person, *, hackathon: Hackathon) -> Result:
    """Make all of the sealed result public, or freeze the order and publish it at once. The teams are told."""
    require(may_lead_jury(organiser))
    hold_rules(hackathon, alone=True)
    figures, moment = figures_of(hackathon), now()
    result = find_sealed_or_published(hackathon)
    require(may_publish(organiser, hackathon, figures, moment, sealed=result))
    if result is None:
        result = freeze_result(hackathon, figures, moment=moment, organiser=organiser)
    result.published_at, result.published_by = moment, organiser
    db.session.flush()
    _tell_teams(hackathon, result, "jury/published")
    record(organiser, "jury.result_published", result, note=result.sha256)
    return result


def freeze_result(hackathon: Hackathon, figures: Figures, *, moment: datetime, organiser: Person) -> Result:
    """The order as it is now, sealed. Whether it may be, the others decide."""
    number = next_number(hackathon)
    protocol = protocol_of(figures, number=number, sealed_at=moment)
    result = Result(
        hackathon=hackathon, number=number, sealed_at=moment, published_by=organiser, protocol=protocol,
        sha256=hashlib.sha256(protocol.encode()).hexdigest(),
        audience=figures.told_rules["content"]["rules"]["audience"],
    )  # fmt: skip
    db.session.add(result)
    db.session.flush()
    return result


def reveal_place(organiser: Person, *, hackathon: Hackathon, prize: int, place: int) -> None:
    """Show a place of a prize to everybody, for good. A second time nothing happens."""
    require(may_lead_jury(organiser))
    hold_rules(hackathon, alone=True)
    result = find_sealed_or_published(hackathon)
    if result is None:
        raise NotFound
    require(may_reveal(organiser, result, now()))
    if (prize, place) not in {step.key for award in awards_of(read_protocol(result)) for step in award.steps}:
        raise NotFound
    insert_missing(Reveal, {"result_id": result.id, "prize": prize, "place": place, "revealed_at": now()})
    record(organiser, "jury.place_revealed", result, note=f"{prize}/{place}")


def withdraw_result(organiser: Person, *, hackathon: Hackathon, number: int, reason: str) -> Result:
    """Take a result back, for everybody to see. It stays readable, marked; the next one has a number of its own."""
    require(may_lead_jury(organiser))
    hold_rules(hackathon, alone=True)
    result = find_sealed_or_published(hackathon)
    if result is None or result.number != number:
        raise NotFound
    require(may_withdraw(organiser, result))
    if not reason:
        raise Invalid(_("Please give the reason. Everybody reads it."), field="reason")
    result.withdrawn_at, result.withdrawn_by, result.withdrawal_reason = now(), organiser, reason
    db.session.flush()
    if result.published_at:
        _tell_teams(hackathon, result, "jury/withdrawn")
    record(organiser, "jury.result_withdrawn", result, note=reason)
    return result


def _tell_teams(hackathon: Hackathon, result: Result, mail: str) -> None:
    """Everybody who handed something in, also where the team did not present."""
    for prototype, _hand_in in handed_in_of(hackathon):
        team = prototype.team
        for member in members_of(team):
            tell(member, mail, hackathon=hackathon, team=team, result=result,
                 once_key=f"{mail}-{hackathon.id}-{result.number}-{member.id}")  # fmt: skip
