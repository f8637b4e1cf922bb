"""One window after the other; in each, the trial people do what real people will do, by the same actions."""

from datetime import timedelta

from sqlalchemy import update

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon
from ideenlab.history.actions import record
from ideenlab.rehearsals.actions.finding import form_teams, register
from ideenlab.rehearsals.actions.handing_in import hand_in_everything
from ideenlab.rehearsals.actions.judging import hold_ceremony, judge
from ideenlab.rehearsals.queries import next_step, step_of
from ideenlab.rehearsals.rules import may_go_on

OPEN_FOR = timedelta(hours=2)
ENDLESS = ("scoring", "publication")
ACTING = {
    "registration": register, "teams": form_teams, "submission": hand_in_everything, "scoring": judge,
    "publication": hold_ceremony,
}  # fmt: skip


def take_next_step(organiser: Person, *, rehearsal: Hackathon, step: str) -> None:
    """Close what is open, open `step`, and let the trial people act. Raises Conflict when it was taken already."""
    held = update(Hackathon).where(Hackathon.id == rehearsal.id).values(revision=Hackathon.revision + 1)
    db.session.execute(held.execution_options(synchronize_session=False))  # two clicks wait for each other
    db.session.refresh(rehearsal)
    require(may_go_on(organiser, rehearsal))
    if step != next_step(rehearsal):
        raise Conflict(_("This step was taken already."))
    _open(rehearsal, step, closing=step_of(rehearsal))
    record(organiser, "rehearsals.step", rehearsal, note=step)
    ACTING[step](organiser, rehearsal)
    db.session.flush()


def _open(rehearsal: Hackathon, step: str, *, closing: str | None) -> None:
    moment = now()
    if closing:
        until = getattr(rehearsal, f"{closing}_until")
        setattr(rehearsal, f"{closing}_until", min(until, moment) if until else moment)
    setattr(rehearsal, f"{step}_from", moment)
    setattr(rehearsal, f"{step}_until", None if step in ENDLESS else moment + OPEN_FOR)
    db.session.flush()
