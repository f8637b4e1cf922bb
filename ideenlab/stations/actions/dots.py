"""Dots on paper: a ledger of counts, each signed by two. Nothing in it is ever changed or deleted."""

from sqlalchemy import update

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.ideas.models import Idea
from ideenlab.stations.models import DotCount, Station
from ideenlab.stations.rules import may_check_count, may_count_dots

MOST_DOTS = 100_000


def count_dots(helper: Person, *, station: Station, idea: Idea | None, dots: int) -> DotCount:
    """All dots on the sheet of this idea at this station. It counts once a second person has checked it."""
    require(may_count_dots(helper, station, idea, now()))
    assert idea is not None
    if not 0 <= dots <= MOST_DOTS:
        raise Invalid(_("Please give a number from 0 to %(most)s.", most=MOST_DOTS), field="dots")
    count = DotCount(station=station, idea=idea, dots=dots, entered_by=helper)
    db.session.add(count)
    record(helper, "stations.dots_counted", count, note=str(dots))
    db.session.flush()
    return count


def check_dots(helper: Person, *, count: DotCount, dots: int, alone: bool) -> None:
    """The second signature. Who counts another number than the first is told, and nothing is signed."""
    require(may_check_count(helper, count, now(), alone=alone))
    if dots != count.dots:
        raise Invalid(
            _("The first count was %(dots)s. Please count again together, and type in the right number as a new count.",
              dots=count.dots), field="dots",
        )  # fmt: skip
    signed = (
        update(DotCount)
        .where(DotCount.id == count.id, DotCount.checked_by_id.is_(None))
        .values(checked_by_id=helper.id, checked_at=now())
    )
    changed = db.session.execute(signed, execution_options={"synchronize_session": False})
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict(_("This count was checked already."))
    db.session.refresh(count)
    count.idea.has_dots = True
    record(helper, "stations.dots_checked", count, note=_("checked by one person") if count.by_one else "")
