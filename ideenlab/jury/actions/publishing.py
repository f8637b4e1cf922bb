"""The organiser publishes, and the result is frozen."""

import hashlib
from datetime import datetime

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon
from ideenlab.history.actions import record
from ideenlab.jury.actions.revisions import hold_rules
from ideenlab.jury.models import Result
from ideenlab.jury.queries import Figures, figures_of, protocol_of
from ideenlab.jury.rules import may_lead_jury, may_publish
from ideenlab.notifications.actions import tell
from ideenlab.teams.queries import members_of


def publish_result(organiser: Person, *, hackathon: Hackathon) -> Result:
    """Compute the order, freeze it with everything it rests on, and tell the teams."""
    require(may_lead_jury(organiser))
    hold_rules(hackathon, alone=True)
    figures, moment = figures_of(hackathon), now()
    require(may_publish(organiser, hackathon, figures, moment))
    result = freeze_result(hackathon, figures, moment=moment, organiser=organiser)
    _tell_teams(hackathon, figures)
    record(organiser, "jury.result_published", result, note=result.sha256)
    return result


def freeze_result(hackathon: Hackathon, figures: Figures, *, moment: datetime, organiser: Person) -> Result:
    """The order as it is now, with everything it rests on. `publish_result` decides whether it may be."""
    protocol = protocol_of(hackathon, figures, moment)
    result = Result(
        hackathon=hackathon, number=1, published_at=moment, published_by=organiser, protocol=protocol,
        sha256=hashlib.sha256(protocol.encode()).hexdigest(),
    )  # fmt: skip
    db.session.add(result)
    db.session.flush()
    return result


def _tell_teams(hackathon: Hackathon, figures: Figures) -> None:
    for entry in figures.entries:
        team = entry.prototype.team
        for member in members_of(team):
            tell(member, "jury/published", hackathon=hackathon, team=team,
                 once_key=f"jury-published-{hackathon.id}-{member.id}")  # fmt: skip
