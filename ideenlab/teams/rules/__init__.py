from ideenlab.teams.rules.approaches import (
    is_addressed_to,
    may_accept_invitation,
    may_accept_request,
    may_ask_to_join,
    may_decide_request,
    may_decline_invitation,
    may_invite,
    may_withdraw_approach,
)
from ideenlab.teams.rules.board import may_close_notice, may_see_board, may_write_notice
from ideenlab.teams.rules.lead import may_dissolve_team, may_edit_team, may_hand_over_lead, may_remove_member
from ideenlab.teams.rules.page import may_add_link, may_keep_links, may_see_log, may_show_name, shown_name
from ideenlab.teams.rules.teams import (
    may_change_team,
    may_found_team,
    may_hide_team_name,
    may_join_team,
    may_leave_team,
    may_rename_team,
    may_restore_team_name,
    may_see_code,
    may_see_team,
)

__all__ = [
    "is_addressed_to", "may_accept_invitation", "may_accept_request", "may_add_link", "may_ask_to_join",
    "may_change_team", "may_close_notice", "may_decide_request", "may_decline_invitation", "may_dissolve_team",
    "may_edit_team", "may_found_team", "may_hand_over_lead", "may_hide_team_name", "may_invite", "may_join_team",
    "may_keep_links", "may_leave_team", "may_remove_member", "may_rename_team", "may_restore_team_name",
    "may_see_board", "may_see_code", "may_see_log", "may_see_team", "may_show_name", "may_withdraw_approach",
    "may_write_notice", "shown_name",
]  # fmt: skip
