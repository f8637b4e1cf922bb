"""What is read: who sits on the jury and what they score (`panel`), what follows from it (`ranking`, `protocol`)."""

from ideenlab.jury.queries.panel import (
    QueueItem,
    criteria_of,
    find_juror_by_invitation,
    find_revision,
    get_criterion,
    get_juror,
    get_prototype_for_jury,
    jurors_of,
    jury_of,
    panel_of,
    queue_of,
    rules_of,
    scores_of,
)
from ideenlab.jury.queries.protocol import protocol_of
from ideenlab.jury.queries.ranking import (
    Entry,
    Figures,
    figures_of,
    find_result,
    has_result,
)
from ideenlab.jury.queries.rules import (
    content_of,
    get_prize,
    get_version,
    is_being_changed,
    is_frozen,
    prizes_of,
    rules_content,
    rules_in_force,
    shares_of,
    versions_of,
)
from ideenlab.jury.queries.seats import Seat, find_seat

__all__ = [
    "Entry", "Figures", "QueueItem", "Seat", "content_of", "criteria_of", "figures_of", "find_juror_by_invitation",
    "find_result", "find_revision", "find_seat", "get_criterion", "get_juror", "get_prize", "get_prototype_for_jury",
    "get_version", "has_result", "is_being_changed", "is_frozen", "jurors_of", "jury_of", "panel_of", "prizes_of",
    "protocol_of", "queue_of", "rules_content", "rules_in_force", "rules_of", "scores_of", "shares_of", "versions_of",
]  # fmt: skip
