"""What the jury does. A juror scores a prototype: `score_prototype` in `scoring.py`."""

from ideenlab.jury.actions.assignment import accept_plan, add_assignment, take_assignment
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
from ideenlab.jury.actions.jurors import (
    Card,
    accept_invitation,
    invite_juror,
    is_code_of,
    print_card,
    print_cards,
    remove_juror,
    renew_access,
    replace_juror,
)
from ideenlab.jury.actions.leaving import leave_juries
from ideenlab.jury.actions.profiles import confirm_informed, edit_profile, hide_profile
from ideenlab.jury.actions.publishing import publish_result
from ideenlab.jury.actions.reminders import remind_jurors
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
    "FOR_THE_TEAM",
    "NO_REMARKS",
    "Card",
    "GivenBallot",
    "GivenCriterion",
    "ImportReport",
    "Remarks",
    "accept_invitation",
    "accept_plan",
    "add_assignment",
    "add_criterion",
    "close_round",
    "confirm_ballot",
    "confirm_informed",
    "decide_conflict",
    "declare_conflict",
    "dismiss_suspicion",
    "edit_criterion",
    "edit_profile",
    "freeze_rules",
    "hackathon_for_import",
    "hide_profile",
    "hold_rules",
    "import_ballots",
    "invite_juror",
    "is_code_of",
    "leave_juries",
    "move_criterion",
    "open_new_version",
    "open_round",
    "print_card",
    "print_cards",
    "publish_result",
    "remind_jurors",
    "remove_criterion",
    "remove_juror",
    "renew_access",
    "reopen_ballot",
    "replace_juror",
    "score_prototype",
    "set_jury_rules",
    "start_with_four_criteria",
    "take_assignment",
    "what_is_asked",
    "what_to_choose",
]
