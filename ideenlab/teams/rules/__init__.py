from ideenlab.teams.rules.lead import may_dissolve_team, may_edit_team, may_hand_over_lead, may_remove_member
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
    "may_change_team", "may_dissolve_team", "may_edit_team", "may_found_team", "may_hand_over_lead",
    "may_hide_team_name", "may_join_team", "may_leave_team", "may_remove_member", "may_rename_team",
    "may_restore_team_name", "may_see_code", "may_see_team",
]  # fmt: skip
