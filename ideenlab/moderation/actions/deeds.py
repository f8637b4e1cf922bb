"""What happens to each kind of thing. The room that a thing lives in does it; here is only who is asked."""

from collections.abc import Callable
from typing import Any

from ideenlab.accounts.actions import take_pseudonym
from ideenlab.accounts.models import Person
from ideenlab.comments.actions import lock_discussion, unlock_discussion
from ideenlab.ideas.actions import (
    ask_for_change,
    hide_comment_on_idea,
    hide_idea,
    release_comment_on_idea,
    release_idea,
    restore_comment_on_idea,
    restore_idea,
)
from ideenlab.moderation.queries import Thing

Deed = Callable[[Person, Any, str], object]
DEEDS: dict[str, dict[str, Deed]] = {
    "ideas": {
        "hidden": lambda who, idea, why: hide_idea(who, idea=idea, reason=why),
        "refused": lambda who, idea, why: hide_idea(who, idea=idea, reason=why),
        "restored": lambda who, idea, why: restore_idea(who, idea=idea),
        "released": lambda who, idea, why: release_idea(who, idea=idea),
        "change_asked": lambda who, idea, why: ask_for_change(who, idea=idea, reason=why),
        "locked": lambda who, idea, why: lock_discussion(who, thread=idea.thread, reason=why),
        "unlocked": lambda who, idea, why: unlock_discussion(who, thread=idea.thread),
    },
    "comments": {
        "hidden": lambda who, comment, why: hide_comment_on_idea(who, comment=comment, reason=why),
        "refused": lambda who, comment, why: hide_comment_on_idea(who, comment=comment, reason=why),
        "restored": lambda who, comment, why: restore_comment_on_idea(who, comment=comment),
        "released": lambda who, comment, why: release_comment_on_idea(who, comment=comment),
    },
    "people": {"hidden": lambda who, person, why: take_pseudonym(who, person=person)},
}


def do(who: Person, thing: Thing, kind: str, reason: str) -> None:
    DEEDS[thing.table][kind](who, thing.row, reason)
