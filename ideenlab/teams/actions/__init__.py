from ideenlab.teams.actions.approaches import (
    accept_invitation,
    accept_request,
    ask_to_join,
    decline_invitation,
    decline_request,
    forget_addresses,
    invite_address,
    invite_person,
    withdraw_approach,
)
from ideenlab.teams.actions.board import NoticeText, close_notice, hide_notice, restore_notice, write_notice
from ideenlab.teams.actions.groups import cancel_group
from ideenlab.teams.actions.lead import (
    LONGEST_REASON,
    SHORTEST_REASON,
    dissolve_team,
    hand_over_lead,
    remove_member,
)
from ideenlab.teams.actions.leaving import leave_teams
from ideenlab.teams.actions.naming import hide_team_name, new_team_code, rename_team, renew_code, restore_team_name
from ideenlab.teams.actions.page import (
    TeamText,
    add_link,
    describe_myself,
    edit_team,
    hide_team_text,
    remove_link,
    restore_team_text,
)
from ideenlab.teams.actions.places import admit, lock_team, mark_handed_in, stop_looking
from ideenlab.teams.actions.teams import found_team, join_team, leave_team

__all__ = [
    "LONGEST_REASON", "SHORTEST_REASON", "NoticeText", "TeamText", "accept_invitation", "accept_request", "add_link",
    "admit", "ask_to_join", "cancel_group", "close_notice", "decline_invitation", "decline_request", "describe_myself",
    "dissolve_team", "edit_team", "forget_addresses", "found_team", "hand_over_lead", "hide_notice", "hide_team_name",
    "hide_team_text", "invite_address", "invite_person", "join_team", "leave_team", "leave_teams", "lock_team",
    "mark_handed_in", "new_team_code", "remove_link", "remove_member", "rename_team", "renew_code", "restore_notice",
    "restore_team_name", "restore_team_text", "stop_looking", "withdraw_approach", "write_notice",
]  # fmt: skip
