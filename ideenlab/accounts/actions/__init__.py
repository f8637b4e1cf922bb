from ideenlab.accounts.actions.invitations import person_for_invitation
from ideenlab.accounts.actions.sign_ins import end_sign_in, end_sign_ins, note_last_seen, redeem_code, start_sign_in
from ideenlab.accounts.actions.tokens import issue_token, kill_tokens, use_up

__all__ = [
    "end_sign_in", "end_sign_ins", "issue_token", "kill_tokens", "note_last_seen", "person_for_invitation",
    "redeem_code", "start_sign_in", "use_up",
]  # fmt: skip
