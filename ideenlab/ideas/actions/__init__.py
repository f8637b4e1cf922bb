from ideenlab.ideas.actions.calls import edit_call, make_call
from ideenlab.ideas.actions.comments import (
    comment_on_idea,
    hide_comment_on_idea,
    restore_comment_on_idea,
    withdraw_comment_on_idea,
)
from ideenlab.ideas.actions.guests import (
    ask_for_claim,
    confirm_idea,
    drop_unconfirmed_ideas,
    give_idea_without_account,
    needs_age,
)
from ideenlab.ideas.actions.ideas import (
    discard_draft,
    edit_idea,
    give_idea,
    hide_idea,
    publish_idea,
    restore_idea,
    withdraw_idea,
)
from ideenlab.ideas.actions.on_behalf import enter_idea, publish_for_somebody
from ideenlab.ideas.actions.supports import support_idea, undo_support

__all__ = [
    "ask_for_claim", "comment_on_idea", "confirm_idea", "discard_draft", "drop_unconfirmed_ideas", "edit_call",
    "edit_idea", "enter_idea", "give_idea", "give_idea_without_account", "hide_comment_on_idea", "hide_idea",
    "make_call", "needs_age", "publish_for_somebody", "publish_idea", "restore_comment_on_idea", "restore_idea",
    "support_idea", "undo_support", "withdraw_comment_on_idea", "withdraw_idea",
]  # fmt: skip
