from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from ideenlab.accounts.models import Person
from ideenlab.challenges.models import Challenge
from ideenlab.core.db import db
from ideenlab.fits.models import Fit
from ideenlab.ideas.models import CoAuthor, Idea
from ideenlab.prototypes.models import Prototype, PrototypeChallenge


@dataclass(frozen=True)
class Echo:
    """What the people of the ideas say, and how many supported these ideas. Never part of a score."""

    ideas: Sequence[Idea]
    meets_it: int
    misses_it: int

    @property
    def supports(self) -> int:
        return sum(idea.support_count for idea in self.ideas)


def ideas_behind(prototype_ids: Collection[int]) -> dict[int, list[Idea]]:
    """By prototype the ideas that its challenges grew from, as far as everybody may read them."""
    rows = db.session.execute(
        select(PrototypeChallenge.prototype_id, Idea)
        .join(Challenge, Challenge.id == PrototypeChallenge.challenge_id)
        .join(Idea, Idea.id == Challenge.idea_id)
        .where(
            PrototypeChallenge.prototype_id.in_(prototype_ids), Idea.state == "published",
            Challenge.published_at.is_not(None), Challenge.withdrawn_at.is_(None),
        )
        .order_by(Idea.id)
    )  # fmt: skip
    found: dict[int, list[Idea]] = {}
    for prototype_id, idea in rows:
        known = found.setdefault(prototype_id, [])
        if idea not in known:
            known.append(idea)
    return found


def wrote_an_idea_behind(person: Person, prototype: Prototype) -> bool:
    """Also for those who wrote along, and for ideas that were joined with it."""
    ideas = [idea.id for idea in ideas_behind([prototype.id]).get(prototype.id, [])]
    parts = select(Idea.id).where(or_(Idea.id.in_(ideas), Idea.merged_into_id.in_(ideas)))
    wrote = select(Idea.id).where(Idea.id.in_(parts), Idea.author_id == person.id)
    along = select(CoAuthor.idea_id).where(
        CoAuthor.idea_id.in_(parts), CoAuthor.person_id == person.id, CoAuthor.state == "accepted"
    )
    return bool(ideas) and db.session.scalar(wrote.union(along).limit(1)) is not None


def find_fit(person: Person, prototype: Prototype) -> Fit | None:
    return db.session.get(Fit, (prototype.id, person.id))


def echoes_of(prototype_ids: Collection[int]) -> dict[int, Echo]:
    """By prototype; those that grew from no idea are not in it."""
    ideas = ideas_behind(prototype_ids)
    counted = select(Fit.prototype_id, Fit.meets_it, func.count()).where(Fit.prototype_id.in_(ideas))
    rows = db.session.execute(counted.group_by(Fit.prototype_id, Fit.meets_it)) if ideas else ()
    counts = {(prototype_id, meets): number for prototype_id, meets, number in rows}
    return {
        prototype_id: Echo(behind, counts.get((prototype_id, True), 0), counts.get((prototype_id, False), 0))
        for prototype_id, behind in ideas.items()
    }
