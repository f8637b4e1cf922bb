"""What the jury does. A juror scores a prototype: `score_prototype` in `scoring.py`."""

from ideenlab.jury.actions.conflicts import decide_conflict, declare_conflict, dismiss_suspicion
from ideenlab.jury.actions.criteria import (
    add_criterion,
    edit_criterion,
    move_criterion,
    remove_criterion,
    set_jury_rules,
    start_with_four_criteria,
)
from ideenlab.jury.actions.importing import (
    GivenBallot,
    GivenCriterion,
    ImportReport,
    hackathon_for_import,
    import_ballots,
)
from ideenlab.jury.actions.jurors import accept_invitation, invite_juror, is_code_of, remove_juror, renew_access
from ideenlab.jury.actions.leaving import leave_juries
from ideenlab.jury.actions.publishing import publish_result
from ideenlab.jury.actions.revisions import NO_REMARKS, Remarks, hold_rules
from ideenlab.jury.actions.rounds import close_round, open_round
from ideenlab.jury.actions.scoring import (
    FOR_THE_TEAM,
    confirm_ballot,
    reopen_ballot,
    score_prototype,
    what_is_asked,
    what_to_choose,
)
from ideenlab.jury.actions.versions import freeze_rules, open_new_version

__all__ = [
    "FOR_THE_TEAM", "NO_REMARKS", "GivenBallot", "GivenCriterion", "ImportReport", "Remarks", "accept_invitation",
    "add_criterion", "close_round", "confirm_ballot", "decide_conflict", "declare_conflict", "dismiss_suspicion",
    "edit_criterion", "freeze_rules", "hackathon_for_import", "hold_rules", "import_ballots", "invite_juror",
    "is_code_of", "leave_juries", "move_criterion", "open_new_version", "open_round", "publish_result",
    "remove_criterion", "remove_juror", "renew_access", "reopen_ballot", "score_prototype", "set_jury_rules",
    "start_with_four_criteria", "what_is_asked", "what_to_choose",
]  # fmt: skip
