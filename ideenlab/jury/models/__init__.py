"""The rules (`rules`), who sits on the jury (`panel`), what they score (`ballots`), and what follows (`results`)."""

from ideenlab.jury.models.ballots import (
    LONGEST_SENTENCE,
    LONGEST_TEXT,
    Ballot,
    BallotRevision,
    Calibration,
    CalibrationScore,
    JuryRound,
    JuryRoundPrototype,
    PaperBallot,
    Score,
)
from ideenlab.jury.models.panel import LONGEST_PROFILE, Juror, JuryAssignment, Recusal
from ideenlab.jury.models.results import Result, Reveal
from ideenlab.jury.models.rules import HIGHEST_SCALE, Criterion, JuryRules, JuryRulesVersion, Prize, PrizeCriterion

__all__ = [
    "HIGHEST_SCALE", "LONGEST_PROFILE", "LONGEST_SENTENCE", "LONGEST_TEXT", "Ballot", "BallotRevision", "Calibration",
    "CalibrationScore", "Criterion", "Juror", "JuryAssignment", "JuryRound", "JuryRoundPrototype", "JuryRules",
    "JuryRulesVersion", "PaperBallot", "Prize", "PrizeCriterion", "Recusal", "Result", "Reveal", "Score",
]  # fmt: skip
