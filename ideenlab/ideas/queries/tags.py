from collections.abc import Collection, Sequence

from sqlalchemy import func, select

from ideenlab.core.db import LARGEST_ID, db
from ideenlab.core.errors import NotFound
from ideenlab.ideas.models import Idea, IdeaTag, Tag


def tags() -> list[Tag]:
    """By their title."""
    return sorted(db.session.scalars(select(Tag)), key=lambda tag: (tag.slug, tag.id))


def tags_of(idea: Idea) -> list[Tag]:
    """In the order of the alphabet; without a query where there is none."""
    if not idea.tag_count:
        return []
    given = select(Tag).join(IdeaTag, IdeaTag.tag_id == Tag.id).where(IdeaTag.idea_id == idea.id)
    return sorted(db.session.scalars(given), key=lambda tag: (tag.slug, tag.id))


def tags_with_numbers() -> Sequence[tuple[Tag, int]]:
    """Every tag, and how many ideas have it."""
    number = func.count(IdeaTag.idea_id)
    rows = db.session.execute(select(Tag, number).outerjoin(IdeaTag, IdeaTag.tag_id == Tag.id).group_by(Tag.id))
    return sorted(((tag, count) for tag, count in rows), key=lambda row: (row[0].slug, row[0].id))


def get_tag(tag_id: int) -> Tag:
    tag = db.session.get(Tag, tag_id) if 0 < tag_id <= LARGEST_ID else None
    if tag is None:
        raise NotFound
    return tag


def find_tags(slugs: Collection[str]) -> dict[str, Tag]:
    return {tag.slug: tag for tag in db.session.scalars(select(Tag).where(Tag.slug.in_(slugs)))}
