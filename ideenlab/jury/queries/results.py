"""Results that were sealed, shown, published or withdrawn. Who may see what, `rules` say."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from ideenlab.core.db import LARGEST_ID, db
from ideenlab.core.errors import NotFound
from ideenlab.hackathons.models import Hackathon
from ideenlab.jury.models import Result, Reveal


def find_result(hackathon: Hackathon) -> Result | None:
    """The published result that holds."""
    public = select(Result).where(Result.hackathon_id == hackathon.id, Result.published_at.is_not(None))
    return db.session.scalar(public.where(Result.withdrawn_at.is_(None)).order_by(Result.number.desc()).limit(1))


def find_sealed_or_published(hackathon: Hackathon) -> Result | None:
    """The one that was not withdrawn. Only organisers may know of it before it is published."""
    held = select(Result).where(Result.hackathon_id == hackathon.id, Result.withdrawn_at.is_(None))
    return db.session.scalar(held.order_by(Result.number.desc()).limit(1))


def has_result(hackathon: Hackathon) -> bool:
    """Published, or sealed for the ceremony: from then on no point changes."""
    found = select(func.count()).where(Result.hackathon_id == hackathon.id, Result.withdrawn_at.is_(None))
    return db.session.scalar(found) != 0


def results_of(hackathon: Hackathon) -> Sequence[Result]:
    """All of them, the newest first."""
    return db.session.scalars(
        select(Result)
        .where(Result.hackathon_id == hackathon.id)
        .options(joinedload(Result.published_by), joinedload(Result.withdrawn_by))
        .order_by(Result.number.desc())
    ).all()


def withdrawn_results(hackathon: Hackathon) -> Sequence[Result]:
    """The newest first."""
    return [result for result in results_of(hackathon) if result.withdrawn_at]


def get_result(hackathon: Hackathon, number: int) -> Result:
    """One that is or was published, by its number; 0 for the one that holds."""
    by_number = select(Result).where(
        Result.hackathon_id == hackathon.id, Result.number == min(number, LARGEST_ID), Result.published_at.is_not(None)
    )
    found = db.session.scalar(by_number) if number else find_result(hackathon)
    if found is None:
        raise NotFound
    return found


def revealed_of(result: Result) -> frozenset[tuple[int, int]]:
    """Prize and place of what was shown on stage."""
    rows = db.session.execute(select(Reveal.prize, Reveal.place).where(Reveal.result_id == result.id))
    return frozenset((prize, place) for prize, place in rows)


def latest_reveal(result: Result) -> Reveal | None:
    newest = select(Reveal).where(Reveal.result_id == result.id)
    return db.session.scalar(newest.order_by(Reveal.revealed_at.desc(), Reveal.prize, Reveal.place).limit(1))


def next_number(hackathon: Hackathon) -> int:
    highest = select(func.coalesce(func.max(Result.number), 0)).where(Result.hackathon_id == hackathon.id)
    return int(db.session.scalar(highest) or 0) + 1
