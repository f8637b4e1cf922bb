from collections.abc import Collection

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_text
from ideenlab.core.upsert import insert_missing
from ideenlab.core.verdict import require
from ideenlab.deliberations.models import Deliberation, Minute
from ideenlab.deliberations.queries import find_deliberation
from ideenlab.deliberations.rules import (
    may_close_deliberation,
    may_open_deliberation,
    may_open_second_ballot,
    may_write_minute,
)
from ideenlab.hackathons.models import Hackathon
from ideenlab.history.actions import record
from ideenlab.jury.actions import open_round
from ideenlab.jury.models import JuryRound
from ideenlab.jury.queries import jurors_of
from ideenlab.notifications.actions import tell
from ideenlab.prototypes.models import Prototype


def open_deliberation(organiser: Person, *, hackathon: Hackathon) -> None:
    """The jury and organisers see all points from now on. Everybody on the jury is told."""
    require(may_open_deliberation(organiser, hackathon, now()))
    row = {"hackathon_id": hackathon.id, "opened_at": now(), "opened_by_id": organiser.id}
    if not insert_missing(Deliberation, row):
        return
    record(organiser, "deliberations.opened", hackathon)
    for juror in jurors_of(hackathon):
        key = f"deliberation-{hackathon.id}-{juror.id}"
        tell(juror.person, "deliberations/opened", once_key=key, hackathon=hackathon)
    db.session.flush()


def write_minute(person: Person, *, hackathon: Hackathon, text: str, prototype: Prototype | None = None) -> Minute:
    """A line of the minutes, about one prototype or about all. Lines are never changed."""
    require(may_write_minute(person, hackathon))
    text = clean_text(text)
    if not text:
        raise Invalid(_("Please write a few words."), field="text")
    if prototype and prototype.hackathon_id != hackathon.id:
        raise Invalid(_("This is not in this hackathon."), field="prototype")
    line = Minute(hackathon=hackathon, prototype=prototype, text=text, written_by=person)
    db.session.add(line)
    db.session.flush()
    return line


def open_second_ballot(
    organiser: Person, *, hackathon: Hackathon, prototypes: Collection[Prototype], reason: str
) -> JuryRound:
    """The jury scores some prototypes once more after the talk; what was given before stays in the record."""
    require(may_open_second_ballot(organiser, hackathon, now()))
    return open_round(organiser, hackathon=hackathon, kind="second", prototypes=prototypes, reason=reason)


def close_deliberation(organiser: Person, *, hackathon: Hackathon) -> None:
    """Nothing more goes into the minutes."""
    require(may_close_deliberation(organiser, hackathon))
    found = find_deliberation(hackathon)
    assert found is not None
    found.closed_at = now()
    record(organiser, "deliberations.closed", hackathon)
    db.session.flush()
