"""When the next digest leaves: at seven in the morning where the city is, weekly ones on Mondays."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

HOUR = 7
MONDAY = 0


def next_digest(moment: datetime, *, zone: ZoneInfo, weekly: bool) -> datetime:
    """The first time of a digest after `moment`, in UTC. Both times are aware."""
    local = moment.astimezone(zone)
    due = local.replace(hour=HOUR, minute=0, second=0, microsecond=0, fold=0)
    while due.astimezone(UTC) <= moment or (weekly and due.weekday() != MONDAY):
        due = (due + timedelta(days=1)).replace(fold=0)
    return due.astimezone(UTC)
