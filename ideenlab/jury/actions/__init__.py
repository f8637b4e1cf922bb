"""What the jury does. A juror scores a prototype: `score_prototype` in `scoring.py`."""

from ideenlab.jury.actions.assignment import accept_plan, add_assignment, take_assignment
from ideenlab.jury.actions.calibration import close_example, remove_example, score_example, set_example
from ideenlab.jury.actions.changing import copy_jury_rules, undo_change
from ideenlab.jury.actions.conflicts import decide_conflict, declare_conflict, dismiss_suspicion
from ideenlab.jury.actions.criteria import add_criterion, edit_criterion, move_criterion, remove_criterion
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
from ideenlab.jury.actions.papers import type_paper
from ideenlab.jury.actions.prizes import MOST_PLACES, PrizeTerms, add_prize, edit_prize, move_prize, remove_prize
from ideenlab.jury.actions.profiles import confirm_informed, edit_profile, hide_profile
from ideenlab.jury.actions.publishing import publish_result, reveal_place, seal_result, withdraw_result
from ideenlab.jury.actions.reminders import remind_jurors
from ideenlab.jury.actions.renewal import drop_new_version, open_new_version, put_in_force
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
from ideenlab.jury.actions.setting import AUDIENCES, MISSING, PANELS, TIE_RULES, Terms, set_jury_rules
from ideenlab.jury.actions.starting import TEMPLATES, start_with_template, take_jury_along, take_over_rules
from ideenlab.jury.actions.versions import freeze_rules, stored_rules

__all__ = [
    "AUDIENCES",
    "FOR_THE_TEAM",
    "MISSING",
    "MOST_PLACES",
    "NO_REMARKS",
    "PANELS",
    "TEMPLATES",
    "TIE_RULES",
    "Card",
    "GivenBallot",
    "GivenCriterion",
    "ImportReport",
    "PrizeTerms",
    "Remarks",
    "Terms",
    "accept_invitation",
    "accept_plan",
    "add_assignment",
    "add_criterion",
    "add_prize",
    "close_example",
    "close_round",
    "confirm_ballot",
    "confirm_informed",
    "copy_jury_rules",
    "decide_conflict",
    "declare_conflict",
    "dismiss_suspicion",
    "drop_new_version",
    "edit_criterion",
    "edit_prize",
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
    "move_prize",
    "open_new_version",
    "open_round",
    "print_card",
    "print_cards",
    "publish_result",
    "put_in_force",
    "remind_jurors",
    "remove_criterion",
    "remove_example",
    "remove_juror",
    "remove_prize",
    "renew_access",
    "reopen_ballot",
    "replace_juror",
    "reveal_place",
    "score_example",
    "score_prototype",
    "seal_result",
    "set_example",
    "set_jury_rules",
    "start_with_template",
    "stored_rules",
    "take_assignment",
    "take_jury_along",
    "take_over_rules",
    "type_paper",
    "undo_change",
    "what_is_asked",
    "what_to_choose",
    "withdraw_result",
]
