"""Who may set the rules (`setting`), sit on the jury (`panel`), score (`ballots`) and read what follows (`results`)."""

from ideenlab.jury.rules.ballots import (
    may_confirm_ballot,
    may_import_ballots,
    may_read_hand_in,
    may_reopen_ballot,
    may_score,
    may_see_ballot,
    takes_ballot,
)
from ideenlab.jury.rules.calibration import may_score_example, may_set_example
from ideenlab.jury.rules.conflicts import (
    may_decide_conflict,
    may_decide_conflicts,
    may_declare_conflict,
    may_dismiss_suspicion,
    why_suspected,
)
from ideenlab.jury.rules.panel import may_accept_invitation, may_invite_juror, may_print_card, may_share_out, may_sit
from ideenlab.jury.rules.papers import may_check_alone, may_type_paper
from ideenlab.jury.rules.profiles import may_be_informed, may_edit_profile, may_hide_profile
from ideenlab.jury.rules.reminders import REMINDED_AGAIN_AFTER, may_remind_jurors
from ideenlab.jury.rules.results import (
    may_preview_ranking,
    may_publish,
    may_read_protocol,
    may_reveal,
    may_seal,
    may_see_result,
    may_withdraw,
    publication_has_begun,
)
from ideenlab.jury.rules.rounds import may_close_round, may_open_round
from ideenlab.jury.rules.scoring import scoring_has_begun, scoring_is_open
from ideenlab.jury.rules.setting import (
    may_drop_new_version,
    may_lead_jury,
    may_open_new_version,
    may_put_in_force,
    may_set_rules,
    rules_are_in_force,
    rules_are_open,
)

__all__ = [
    "REMINDED_AGAIN_AFTER",
    "may_accept_invitation",
    "may_be_informed",
    "may_check_alone",
    "may_close_round",
    "may_confirm_ballot",
    "may_decide_conflict",
    "may_decide_conflicts",
    "may_declare_conflict",
    "may_dismiss_suspicion",
    "may_drop_new_version",
    "may_edit_profile",
    "may_hide_profile",
    "may_import_ballots",
    "may_invite_juror",
    "may_lead_jury",
    "may_open_new_version",
    "may_open_round",
    "may_preview_ranking",
    "may_print_card",
    "may_publish",
    "may_put_in_force",
    "may_read_hand_in",
    "may_read_protocol",
    "may_remind_jurors",
    "may_reopen_ballot",
    "may_reveal",
    "may_score",
    "may_score_example",
    "may_seal",
    "may_see_ballot",
    "may_see_result",
    "may_set_example",
    "may_set_rules",
    "may_share_out",
    "may_sit",
    "may_type_paper",
    "may_withdraw",
    "publication_has_begun",
    "rules_are_in_force",
    "rules_are_open",
    "scoring_has_begun",
    "scoring_is_open",
    "takes_ballot",
    "why_suspected",
]
