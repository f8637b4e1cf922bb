from sqlalchemy import update

from ideenlab.accounts.models import Person
from ideenlab.comments.models import Thread
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.exchange.models import ForeignIdea
from ideenlab.exchange.rules import may_take_over
from ideenlab.history.actions import record
from ideenlab.ideas.actions.following import announce_idea
from ideenlab.ideas.actions.ideas import wording_of
from ideenlab.ideas.models import Call, Idea


def take_over(organiser: Person, *, idea: ForeignIdea, call: Call, title: str, text: str) -> Idea:
    """Show an idea of another city in a call of ours, in these words. It names city, source and licence."""
    at = now()
    require(may_take_over(organiser, idea, call, at))
    ours = Idea(
        call=call, thread=Thread(), origin="import", entered_by=organiser, state="published", published_at=at,
        changed_at=at, source_url=idea.url, external_id=f"{idea.source_id}/{idea.external_id}"[:80], label=idea.topic,
        **wording_of(call, title=title, text=text, topic=None),
    )  # fmt: skip
    db.session.add(ours)
    db.session.flush()
    taken = (
        update(ForeignIdea)
        .where(ForeignIdea.id == idea.id, ForeignIdea.taken_as_id.is_(None))
        .values(taken_as_id=ours.id)
        .execution_options(synchronize_session=False)
    )
    if db.session.execute(taken).rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict(_("This idea has been taken over already."))
    db.session.refresh(idea)
    record(organiser, "exchange.taken_over", ours, note=idea.url)
    announce_idea(ours)
    return ours
