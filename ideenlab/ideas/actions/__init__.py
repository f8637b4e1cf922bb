from ideenlab.ideas.actions.calls import edit_call, make_call, take_calls_along
from ideenlab.ideas.actions.co_authors import answer_invitation, invite_co_author, leave_idea, remove_co_author
from ideenlab.ideas.actions.comments import (
    comment_on_idea,
    edit_comment_on_idea,
    hide_comment_on_idea,
    release_comment_on_idea,
    restore_comment_on_idea,
    vote_on_comment_on_idea,
    withdraw_comment_on_idea,
)
from ideenlab.ideas.actions.discussions import tell_of_discussions
from ideenlab.ideas.actions.drafts import remove_old_drafts, warn_of_old_drafts
from ideenlab.ideas.actions.guests import (
    ask_for_claim,
    confirm_idea,
    drop_unconfirmed_ideas,
    give_idea_without_account,
    needs_age,
)
from ideenlab.ideas.actions.ideas import (
    ask_for_change,
    discard_draft,
    edit_idea,
    give_idea,
    hide_idea,
    publish_idea,
    release_idea,
    restore_idea,
    withdraw_idea,
)
from ideenlab.ideas.actions.images import add_image, describe_image, move_image_forward, remove_image
from ideenlab.ideas.actions.on_behalf import enter_idea, new_idea_code, publish_for_somebody
from ideenlab.ideas.actions.places import NOWHERE, Whereabouts
from ideenlab.ideas.actions.supports import support_idea, undo_support
from ideenlab.ideas.actions.tags import delete_tag, rename_tag, tag_idea
from ideenlab.ideas.actions.together import join_ideas, lock_ideas, separate_ideas

__all__ = [
    "NOWHERE",
    "Whereabouts",
    "add_image",
    "answer_invitation",
    "ask_for_change",
    "ask_for_claim",
    "comment_on_idea",
    "confirm_idea",
    "delete_tag",
    "describe_image",
    "discard_draft",
    "drop_unconfirmed_ideas",
    "edit_call",
    "edit_comment_on_idea",
    "edit_idea",
    "enter_idea",
    "give_idea",
    "give_idea_without_account",
    "hide_comment_on_idea",
    "hide_idea",
    "invite_co_author",
    "join_ideas",
    "leave_idea",
    "lock_ideas",
    "make_call",
    "move_image_forward",
    "needs_age",
    "new_idea_code",
    "publish_for_somebody",
    "publish_idea",
    "release_comment_on_idea",
    "release_idea",
    "remove_co_author",
    "remove_image",
    "remove_old_drafts",
    "rename_tag",
    "restore_comment_on_idea",
    "restore_idea",
    "separate_ideas",
    "support_idea",
    "tag_idea",
    "take_calls_along",
    "tell_of_discussions",
    "undo_support",
    "vote_on_comment_on_idea",
    "warn_of_old_drafts",
    "withdraw_comment_on_idea",
    "withdraw_idea",
]  # fmt: skip
