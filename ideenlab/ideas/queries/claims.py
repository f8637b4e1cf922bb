"""Ideas that belong to an address, or to whoever holds a printed code."""

import re
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.security import hash_secret
from ideenlab.ideas.models import Call, Claim, Idea

CODE_SIGNS, CODE_LENGTH = "23456789ABCDEFGHJKMNPQRSTUVWXYZ", 12


def find_claim(secret: str) -> Claim | None:
    """The claim that still works, or None: unknown, used and run out are the same."""
    if not secret:
        return None
    living = select(Claim).where(
        Claim.secret_hash == hash_secret(secret, purpose="idea claim"), Claim.expires_at > now()
    )
    return db.session.scalar(living.options(joinedload(Claim.idea).joinedload(Idea.call), joinedload(Claim.person)))


def find_same_claim(call: Call, *, address: str, title: str, text: str, at: datetime) -> Claim | None:
    """The same words for the same address, not confirmed yet."""
    same = select(Claim).join(Claim.idea).where(
        Claim.address == address, Claim.expires_at > at, Idea.call_id == call.id, Idea.title == title, Idea.text == text
    )  # fmt: skip
    return db.session.scalars(same.order_by(Claim.idea_id).limit(1)).first()


def unconfirmed_since(moment: datetime, *, limit: int = 500) -> list[Idea]:
    """Ideas given without an account whose link ran out before `moment`."""
    waiting = (
        select(Idea)
        .join(Claim, Claim.idea_id == Idea.id)
        .where(Idea.state == "waiting", Idea.origin == "online", Idea.author_id.is_(None), Claim.expires_at < moment)
    )
    return list(db.session.scalars(waiting.order_by(Idea.id).limit(limit)))


def find_idea_by_code(typed: str) -> Idea | None:
    """The idea whose printed code this is, however it is written: blanks, dashes and small letters do not matter."""
    code = plain_code(typed)
    if len(code) != CODE_LENGTH:
        return None
    with_code = select(Idea).where(Idea.code_hash == hash_secret(code, purpose="idea code"))
    return db.session.scalar(with_code.options(joinedload(Idea.call), joinedload(Idea.topic)))


def plain_code(typed: str) -> str:
    """`abcd-efgh-2345` as it is compared: what looks alike is not part of a code, so nothing need be guessed."""
    return re.sub(f"[^{CODE_SIGNS}]", "", typed[:60].upper())
