from ideenlab.ideas.actions.calls import edit_call, make_call
from ideenlab.ideas.actions.comments import (
    comment_on_idea,
    hide_comment_on_idea,
    restore_comment_on_idea,
    withdraw_comment_on_idea,
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
from ideenlab.ideas.actions.supports import support_idea, undo_support

__all__ = [
    "comment_on_idea", "discard_draft", "edit_call", "edit_idea", "give_idea", "hide_comment_on_idea", "hide_idea",
    "make_call", "publish_idea", "restore_comment_on_idea", "restore_idea", "support_idea", "undo_support",
    "withdraw_comment_on_idea", "withdraw_idea",
]  # fmt: skip
