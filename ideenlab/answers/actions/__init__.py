from ideenlab.answers.actions.drafts import discard_answer, draft_answers, edit_answer
from ideenlab.answers.actions.offices import edit_office, make_office, remove_office
from ideenlab.answers.actions.published import correct_answer, publish_answer, restore_answer, withdraw_answer
from ideenlab.answers.actions.statuses import (
    add_default_statuses,
    edit_status,
    make_status,
    move_status,
    remove_status,
    set_status,
)

__all__ = [
    "add_default_statuses", "correct_answer", "discard_answer", "draft_answers", "edit_answer", "edit_office",
    "edit_status", "make_office", "make_status", "move_status", "publish_answer", "remove_office", "remove_status",
    "restore_answer", "set_status", "withdraw_answer",
]  # fmt: skip
