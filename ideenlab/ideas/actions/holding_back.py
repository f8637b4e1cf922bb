"""Where the moderation reads first, what is changed waits for its release again (decision 0010)."""

from sqlalchemy import update

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict
from ideenlab.core.i18n import gettext as _
from ideenlab.ideas.models import Idea, IdeaVersion
from ideenlab.ideas.rules import waits_again


def as_version(idea: Idea) -> IdeaVersion:
    """How it reads now, to be kept before it is changed."""
    return IdeaVersion(
        idea_id=idea.id, revision=idea.revision, title=idea.title, text=idea.text, topic_id=idea.topic_id,
        district_id=idea.district_id, place=idea.place, latitude=idea.latitude, longitude=idea.longitude,
        written_at=idea.changed_at,
    )  # fmt: skip


def note_change_of_pictures(author: Person, idea: Idea, *, shows_more: bool) -> None:
    """A draft lives on from its last change, what was asked for comes back into the queue, and new pictures wait.

    Whoever may change the idea has been asked before.
    """
    at = now()
    values: dict[str, object] = {"changed_at": at, "draft_warned_at": None}
    if shows_more and waits_again(author, idea):
        db.session.add(as_version(idea))
        values |= {"state": "waiting", "revision": idea.revision + 1, "is_indexed": False}
    elif idea.state not in ("draft", "waiting"):
        return
    changed = db.session.execute(
        update(Idea).where(Idea.id == idea.id, Idea.state == idea.state).values(values),
        execution_options={"synchronize_session": False},
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict(_("Somebody else has just changed this idea."))
    db.session.flush()
    db.session.refresh(idea)
