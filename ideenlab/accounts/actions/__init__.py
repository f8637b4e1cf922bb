from ideenlab.accounts.actions.cards import new_card, person_without_address, redeem_card
from ideenlab.accounts.actions.closing import give_everything_back, on_closing
from ideenlab.accounts.actions.codes import send_fresh_code, send_password_link, send_sign_in_code
from ideenlab.accounts.actions.guests import (
    let_guardian_agree,
    person_of_address,
    redeem_guest_code,
    send_code_to_anybody,
)
from ideenlab.accounts.actions.invitations import person_for_invitation
from ideenlab.accounts.actions.profile import (
    ask_for_address,
    change_address,
    change_profile,
    set_forgotten_password,
    set_password,
    take_pseudonym,
)
from ideenlab.accounts.actions.roles import close_account, give_role, reopen_account, take_role
from ideenlab.accounts.actions.second_factor import (
    begin_second_factor,
    confirm_second_factor,
    drop_second_factor,
    forget_second_factor,
    new_recovery_codes,
    pass_second_factor,
    provisioning_uri,
    reset_second_factor,
)
from ideenlab.accounts.actions.sign_ins import end_sign_in, end_sign_ins, note_last_seen, redeem_code, start_sign_in
from ideenlab.accounts.actions.sign_up import agree_as_guardian, confirm_address, sign_up
from ideenlab.accounts.actions.tokens import issue_token, kill_tokens, use_up
from ideenlab.accounts.actions.tries import forget_tries, write_try

__all__ = [
    "agree_as_guardian", "ask_for_address", "begin_second_factor", "change_address", "change_profile",
    "close_account", "confirm_address", "confirm_second_factor", "drop_second_factor",
    "end_sign_in", "end_sign_ins", "forget_second_factor", "forget_tries", "give_everything_back", "give_role",
    "issue_token", "kill_tokens", "let_guardian_agree", "new_card", "new_recovery_codes", "note_last_seen",
    "on_closing", "pass_second_factor", "person_for_invitation", "person_of_address", "person_without_address",
    "provisioning_uri", "redeem_card", "redeem_code", "redeem_guest_code", "reopen_account", "reset_second_factor",
    "send_code_to_anybody", "send_fresh_code", "send_password_link", "send_sign_in_code", "set_forgotten_password",
    "set_password", "sign_up", "start_sign_in", "take_pseudonym", "take_role", "use_up", "write_try",
]  # fmt: skip
