"""Everything that has a page for everybody, by number or name, and when it changed."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.events.models import Event
from ideenlab.events.queries import SHOWN
from ideenlab.hackathons.queries import hackathons
from ideenlab.ideas.models import Idea
from ideenlab.ideas.queries import calls
from ideenlab.partners.models import Partner
from ideenlab.prototypes.queries import gallery_of
from ideenlab.prototypes.rules import may_see_every_prototype


class Place(NamedTuple):
    """A page: its endpoint, what stands in its address, and when it changed, where that is known."""

    endpoint: str
    name: str
    value: int | str
    changed_at: datetime | None = None


def places() -> list[Place]:
    at = now()
    found = [Place("ideas.ideas", "slug", call.slug) for call in calls()]
    for hackathon in hackathons():
        found.append(Place("hackathons.hackathon", "slug", hackathon.slug))
        if may_see_every_prototype(None, hackathon, at):
            found += [Place("prototypes.prototype", "prototype_id", each.id) for each, _last in gallery_of(hackathon)]
    partners = select(Partner.slug).where(Partner.published_at.is_not(None)).order_by(Partner.id)
    found += [Place("partners.partner", "slug", slug) for slug in db.session.scalars(partners)]
    return found + _numbered("events.event", "number", Event, SHOWN) + _numbered(
        "ideas.idea", "idea_id", Idea, ("published",)
    )  # fmt: skip


def _numbered(endpoint: str, name: str, model: type[Event] | type[Idea], states: Sequence[str]) -> list[Place]:
    chosen = select(model.id, model.changed_at).where(model.state.in_(states)).order_by(model.id)
    return [Place(endpoint, name, number, changed_at) for number, changed_at in db.session.execute(chosen)]
