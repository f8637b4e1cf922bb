"""What the moderation did in a year, counted from its tables: for the public page and its CSV."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.i18n import city_zone
from ideenlab.moderation.maths import median
from ideenlab.moderation.models import MEASURES, REASONS, Appeal, Case, Measure, Report


@dataclass(frozen=True)
class Figures:
    """Numbers of one year in the city's time. Times are in whole minutes; None where nothing was decided."""

    year: int
    reports: dict[str, int]
    measures: dict[str, int]
    cases: int  # that reports opened
    decided: int
    in_time: int
    minutes: int | None  # the median from the first report to the decision
    appeals: int
    overturned: int
    upheld: int
    by_one_person: int
    appeal_minutes: int | None


def years() -> list[int]:
    """Every year from the first report or measure on, latest first."""
    first = [db.session.scalar(select(func.min(column))) for column in (Report.created_at, Measure.at)]
    begun = [moment.astimezone(ZoneInfo(city_zone())).year for moment in first if moment]
    return list(range(_this_year(), min(begun) - 1, -1)) if begun else [_this_year()]


def _this_year() -> int:
    return now().astimezone(ZoneInfo(city_zone())).year


def figures_of(year: int) -> Figures:
    begin, end = (datetime(number, 1, 1, tzinfo=ZoneInfo(city_zone())) for number in (year, year + 1))
    reports = _counted(select(Report.reason, func.count()).where(Report.created_at >= begin, Report.created_at < end)
                       .group_by(Report.reason))  # fmt: skip
    measures = _counted(select(Measure.kind, func.count()).where(Measure.at >= begin, Measure.at < end)
                        .group_by(Measure.kind))  # fmt: skip
    reported = select(Case.opened_at, Case.closed_at, Case.due_at)
    reported = reported.where(Case.report_count > 0, Case.opened_at >= begin, Case.opened_at < end)
    cases = [(opened, closed, due) for opened, closed, due in db.session.execute(reported)]
    closed_cases = [(opened, closed, due) for opened, closed, due in cases if closed]
    appealed = select(Appeal.created_at, Appeal.decided_at, Appeal.outcome, Appeal.is_by_one_person)
    appeals = db.session.execute(appealed.where(Appeal.created_at >= begin, Appeal.created_at < end)).all()
    outcomes = Counter(outcome for _at, _decided, outcome, _one in appeals)
    return Figures(
        year=year, reports={name: reports.get(name, 0) for name in REASONS},
        measures={name: measures.get(name, 0) for name in MEASURES}, cases=len(cases), decided=len(closed_cases),
        in_time=sum(closed <= due for _opened, closed, due in closed_cases),
        minutes=median([_minutes(opened, closed) for opened, closed, _due in closed_cases]),
        appeals=len(appeals), overturned=outcomes["overturned"], upheld=outcomes["upheld"],
        by_one_person=sum(one for _at, _decided, _outcome, one in appeals),
        appeal_minutes=median([_minutes(at, decided) for at, decided, _outcome, _one in appeals if decided]),
    )  # fmt: skip


def _counted(statement: "object") -> dict[str, int]:
    return {name: number for name, number in db.session.execute(statement)}  # type: ignore[call-overload]


def _minutes(begin: datetime, end: datetime) -> int:
    return int((end - begin).total_seconds() // 60)
