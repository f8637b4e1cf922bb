"""Ideas that a helper types in for somebody: from the workshop, a postcard, the telephone."""

import secrets

from ideenlab.accounts.models import Person
from ideenlab.comments.models import Thread
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.security import hash_secret
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.ideas.actions.following import announce_idea
from ideenlab.ideas.actions.guests import ask_for_claim
from ideenlab.ideas.actions.ideas import LICENCE, wording_of
from ideenlab.ideas.actions.places import NOWHERE, Whereabouts, checked_place
from ideenlab.ideas.models import Call, Idea
from ideenlab.ideas.queries import CODE_LENGTH, CODE_SIGNS
from ideenlab.ideas.rules import ORIGINS_ON_SITE, may_enter_idea
from ideenlab.programme.models import Topic


def enter_idea(
    helper: Person, *, call: Call, origin: str, title: str, text: str, topic: Topic | None, address: str | None,
    agrees_to_licence: bool, where: Whereabouts = NOWHERE,
) -> tuple[Idea, str]:  # fmt: skip
    """Publish what somebody wrote on paper or said on the telephone, and give the idea with its code.

    With an address its owner is told and can take the idea over. Without one there is a code to follow it with, which
    is kept only as a hash: it is shown this once.
    """
    require(may_enter_idea(helper, call, now()))
    idea, code = publish_for_somebody(
        call=call, origin=origin, title=title, text=text, topic=topic, with_code=not address, entered_by=helper,
        agrees_to_licence=agrees_to_licence, where=where,
    )  # fmt: skip
    if address:
        ask_for_claim(idea, address=address)
    return idea, code


def publish_for_somebody(
    *, call: Call, origin: str, title: str, text: str, topic: Topic | None, with_code: bool, entered_by: Person | None,
    agrees_to_licence: bool, where: Whereabouts = NOWHERE,
) -> tuple[Idea, str]:  # fmt: skip
    """An idea of somebody without a name. Whoever calls this has asked whether it may be."""
    if origin not in ORIGINS_ON_SITE:
        raise Invalid(_("Please choose how the idea came."), field="origin")
    if not agrees_to_licence:
        raise Invalid(_("Please ask the person, and tick that they agree."), field="agrees")
    at, code = now(), new_idea_code() if with_code else ""
    idea = Idea(
        call=call, thread=Thread(), origin=origin, entered_by=entered_by, changed_at=at,
        state="waiting" if call.is_premoderated else "published",
        published_at=None if call.is_premoderated else at,
        code_hash=hash_secret(code, purpose="idea code") if code else None,
        **wording_of(call, title=title, text=text, topic=topic), **checked_place(where)._asdict(),
    )  # fmt: skip
    db.session.add(idea)
    record(entered_by, "ideas.entered", idea, note=f"{origin}, {LICENCE}")
    if idea.state == "published":
        announce_idea(idea)
    db.session.flush()
    return idea, code


def new_idea_code() -> str:
    """59 bits, no sign that looks like another."""
    return "".join(secrets.choice(CODE_SIGNS) for _sign in range(CODE_LENGTH))
