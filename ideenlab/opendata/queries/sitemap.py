"""Everything that has a page for everybody, by number or name, and when it changed."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from ideenlab.challenges.queries import challenges_of
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.events.models import Event
from ideenlab.events.queries import SHOWN
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import hackathons
from ideenlab.ideas.models import Idea
from ideenlab.ideas.queries import calls
from ideenlab.insights.rules import may_show_opinions
from ideenlab.jury.queries import find_sealed_or_published
from ideenlab.partners.models import Partner
from ideenlab.programme.queries import editions
from ideenlab.prototypes.queries import gallery_of
from ideenlab.prototypes.rules import may_see_every_prototype
from ideenlab.trails.queries import ideas_with_trails


class Place(NamedTuple):
    """A page: its endpoint, what stands in its address, and when it changed, where that is known."""

    endpoint: str
    name: str
    value: int | str
    changed_at: datetime | None = None


def places() -> list[Place]:
    found = [Place("pages.edition", "slug", edition.slug) for edition in editions()]
    for call in calls():
        found += [Place(endpoint, "slug", call.slug) for endpoint in ("ideas.ideas", "ideas.exposure")]
        if may_show_opinions(call):
            found.append(Place("insights.opinions", "slug", call.slug))
    for hackathon in hackathons():
        found += _of_hackathon(hackathon)
    partners = select(Partner.slug).where(Partner.published_at.is_not(None)).order_by(Partner.id)
    found += [Place("partners.partner", "slug", slug) for slug in db.session.scalars(partners)]
    trails = [Place("trails.trail", "idea_id", number) for number in ideas_with_trails()]
    return found + trails + _numbered("events.event", "number", Event, SHOWN) + _numbered(
        "ideas.idea", "idea_id", Idea, ("published",)
    )  # fmt: skip


def _of_hackathon(hackathon: Hackathon) -> list[Place]:
    """Its pages. Teams are left out: who works with whom need not stand in search engines."""
    of_all = ("hackathons.hackathon", "hackathons.agenda", "challenges.challenges", "jury.rules")
    found = [Place(endpoint, "slug", hackathon.slug) for endpoint in of_all]
    found += [Place("challenges.challenge", "challenge_id", each.id) for each in challenges_of(hackathon)]
    if may_see_every_prototype(None, hackathon, now()):
        found.append(Place("prototypes.gallery", "slug", hackathon.slug))
        found += [Place("prototypes.prototype", "prototype_id", each.id) for each, _last in gallery_of(hackathon)]
    published = find_sealed_or_published(hackathon)
    if published and published.published_at:
        found.append(Place("jury.result", "slug", hackathon.slug))
    return found


def _numbered(endpoint: str, name: str, model: type[Event] | type[Idea], states: Sequence[str]) -> list[Place]:
    chosen = select(model.id, model.changed_at).where(model.state.in_(states)).order_by(model.id)
    return [Place(endpoint, name, number, changed_at) for number, changed_at in db.session.execute(chosen)]
