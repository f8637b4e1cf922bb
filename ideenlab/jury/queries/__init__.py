"""What is read: who sits on the jury and what they score (`panel`), what follows from it (`ranking`, `protocol`)."""

from ideenlab.jury.queries.conflicts import (
    Pair,
    Suspicion,
    conflicting_pairs,
    decisions_of,
    find_recusal,
    get_pair,
    pairs_of,
    recusals_of,
    suspicions_of,
)
from ideenlab.jury.queries.panel import (
    QueueItem,
    criteria_of,
    find_juror,
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
from ideenlab.jury.queries.ranking import Entry, Figures, figures_of, find_result, has_result
from ideenlab.jury.queries.rounds import get_round, open_round_of, rounds_of
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
from ideenlab.jury.queries.way import IN_ORDER_OF_PITCHES, Stop, Way, earlier_points, way_of

__all__ = [
    "IN_ORDER_OF_PITCHES", "Entry", "Figures", "Pair", "QueueItem", "Seat", "Stop", "Suspicion", "Way",
    "conflicting_pairs", "content_of", "criteria_of", "decisions_of", "earlier_points", "figures_of", "find_juror",
    "find_juror_by_invitation", "find_recusal", "find_result", "find_revision", "find_seat", "get_criterion",
    "get_juror", "get_pair", "get_prize", "get_prototype_for_jury", "get_round", "get_version", "has_result",
    "is_being_changed", "is_frozen", "jurors_of", "jury_of", "open_round_of", "pairs_of", "panel_of", "prizes_of",
    "protocol_of", "queue_of", "recusals_of", "rounds_of", "rules_content", "rules_in_force", "rules_of",
    "scores_of", "shares_of", "suspicions_of", "versions_of", "way_of",
]  # fmt: skip
