from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from ideenlab.core.db import db
from ideenlab.core.errors import NotFound
from ideenlab.prototypes.models import HandIn, Prototype, Screenshot, ScreenshotSize
from ideenlab.prototypes.queries.prototypes import content_of, latest_hand_in
from ideenlab.teams.models import Team


def screenshots_of(prototype: Prototype) -> Sequence[Screenshot]:
    """The pictures of the draft in their order, each with its sizes."""
    return db.session.scalars(
        select(Screenshot)
        .where(Screenshot.prototype_id == prototype.id, Screenshot.removed_at.is_(None))
        .options(selectinload(Screenshot.sizes).joinedload(ScreenshotSize.file))
        .order_by(Screenshot.position, Screenshot.id)
    ).all()


def count_screenshots(prototype: Prototype) -> int:
    """With those that only older versions hold."""
    mine = select(func.count()).select_from(Screenshot).where(Screenshot.prototype_id == prototype.id)
    return db.session.scalar(mine) or 0


def get_screenshot(key: str, width: int) -> tuple[Screenshot, ScreenshotSize]:
    """One width of a picture by its address, or NotFound."""
    found = db.session.execute(
        select(Screenshot, ScreenshotSize)
        .join(ScreenshotSize, ScreenshotSize.screenshot_id == Screenshot.id)
        .where(Screenshot.key == key, ScreenshotSize.width == min(width, 100_000))
        .options(joinedload(Screenshot.prototype, innerjoin=True), joinedload(ScreenshotSize.file, innerjoin=True))
    ).first()
    if found is None:
        raise NotFound
    return found[0], found[1]


def screenshot_keys_of(hand_in: HandIn) -> set[str]:
    return {picture["key"] for picture in content_of(hand_in).get("screenshots", [])}


def is_screenshot_handed_in(screenshot: Screenshot) -> bool:
    """Whether it belongs to the version that counts."""
    latest = latest_hand_in(screenshot.prototype)
    return latest is not None and screenshot.key in screenshot_keys_of(latest)


def screenshots_of_dissolved() -> Sequence[Screenshot]:
    """Those of teams that were dissolved without having handed in."""
    handed_in = select(HandIn.id).where(HandIn.prototype_id == Prototype.id).exists()
    return db.session.scalars(
        select(Screenshot)
        .join(Prototype, Prototype.id == Screenshot.prototype_id)
        .join(Team, Team.id == Prototype.team_id)
        .where(Team.dissolved_at.is_not(None), ~handed_in)
        .order_by(Screenshot.id)
    ).all()
