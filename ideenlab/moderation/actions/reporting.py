"""From a report, or from what waits for its release, to one open case in the queue."""

from datetime import datetime, timedelta

from sqlalchemy import select

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import language
from ideenlab.core.security import city
from ideenlab.core.text import clean_text
from ideenlab.core.upsert import insert_missing
from ideenlab.core.verdict import require
from ideenlab.moderation.actions.letters import confirm_report
from ideenlab.moderation.models import LONGEST_REPORT, REASONS, SHORTEST_REASON, Case, Report
from ideenlab.moderation.queries import Key, Thing, open_key, waiting_without_case
from ideenlab.moderation.rules import may_report

DOUBLE_CLICK = timedelta(minutes=1)
KEPT_AFTER = timedelta(days=30)  # a reporter's address after the case has ended
AT_ONCE = 200


def due_after(reason: str) -> timedelta:
    return timedelta(hours=city().hours_for_illegal if reason == "illegal" else city().hours_for_reports)


def report_thing(
    reporter: Person | None, *, thing: Thing, reason: str, text: str, email: str | None = None, quietly: bool = False
) -> Report:
    """Say that something breaks the rules. Several reports about one thing are one case.

    `quietly`: no confirmation is sent, because this address got too many already.
    """
    require(may_report(reporter, thing))
    text = clean_text(text)
    if reason not in REASONS:
        raise Invalid(_("Please choose a reason."), field="reason")
    if not SHORTEST_REASON <= len(text) <= LONGEST_REPORT:
        raise Invalid(
            _("Please say in %(least)s to %(most)s characters what is wrong.", least=SHORTEST_REASON,
              most=LONGEST_REPORT), field="text",
        )  # fmt: skip
    at = now()
    if double := _find_double(thing, reason=reason, text=text, email=email, at=at):
        return double
    case = _joined(thing, reason=reason, at=at)
    report = Report(case=case, reason=reason, text=text, email=email, language=language(), created_at=at)
    db.session.add(report)
    db.session.flush()
    if email and not quietly:
        confirm_report(report, thing, is_own=reporter is not None and reporter.email == email)
    return report


def _find_double(thing: Thing, *, reason: str, text: str, email: str | None, at: datetime) -> Report | None:
    same = select(Report).join(Case).where(
        Case.open_key == open_key(*thing.key), Report.reason == reason, Report.text == text, Report.email == email,
        Report.created_at > at - DOUBLE_CLICK,
    )  # fmt: skip
    return db.session.scalar(same.limit(1))


def _joined(thing: Thing, *, reason: str, at: datetime) -> Case:
    """The open case of the thing, one report more. Tried again when it is closed at this very moment."""
    for _try in range(3):
        open_case(thing.key, origin="report", due_at=at + due_after(reason), at=at)
        case = db.session.scalar(select(Case).where(Case.open_key == open_key(*thing.key)).with_for_update())
        if case is not None:
            case.report_count += 1
            case.reason = min(filter(None, (case.reason, reason)), key=REASONS.index)
            case.due_at = min(case.due_at, at + due_after(reason))
            return case
    raise Conflict(_("Somebody is deciding about this at this moment. Please try again."))


def open_case(key: Key, *, origin: str, due_at: datetime, at: datetime) -> bool:
    """Whether there is a new case; False when the thing has an open one."""
    row = {
        "thing": key[0], "thing_id": key[1], "open_key": open_key(*key), "origin": origin, "due_at": due_at,
        "opened_at": at, "reason": "", "report_count": 0,
    }  # fmt: skip
    return insert_missing(Case, row)


def gather_waiting() -> int:
    """Put what waits for its release into the queue. Gives the number of new cases."""
    at = now()
    due = at + timedelta(hours=city().hours_for_reports)
    return sum(open_case(key, origin=origin, due_at=due, at=at) for key, origin in waiting_without_case(AT_ONCE))
