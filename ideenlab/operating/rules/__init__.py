from ideenlab.operating.rules.finding import Finding
from ideenlab.operating.rules.going_live import BACKUP_MARK, missing_for_going_live
from ideenlab.operating.rules.looking import ENOUGH_ROOM, LATE, findings, may_restore

__all__ = [
    "BACKUP_MARK", "ENOUGH_ROOM", "LATE", "Finding", "findings", "may_restore", "missing_for_going_live",
]  # fmt: skip
