from datetime import datetime

from ideenlab.accounts.models import Person
from ideenlab.accounts.rules import may_write
from ideenlab.core.verdict import Verdict
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.rules import is_not_archived
from ideenlab.jury.models import Juror
from ideenlab.jury.rules.panel import may_sit


def may_be_informed(person: Person, hackathon: Hackathon, juror: Juror | None) -> Verdict:
    """Say that one has read what will be public."""
    allowed = may_sit(person, hackathon, juror)
    return is_not_archived(hackathon) if allowed else allowed


def may_edit_profile(person: Person, hackathon: Hackathon, juror: Juror | None, now: datetime) -> Verdict:
    return may_sit(person, hackathon, juror) and may_write(person, now) and is_not_archived(hackathon)


def may_hide_profile(person: Person, hackathon: Hackathon, juror: Juror | None) -> Verdict:
    """At any time."""
    return may_sit(person, hackathon, juror)
