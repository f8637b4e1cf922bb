from sqlalchemy import func, select, text

from ideenlab.core.db import db
from ideenlab.ideas.models import TO_INDEX, Idea


def ideas_to_index() -> int:
    """How many ideas wait for the search: published, changed or hidden since it last looked."""
    return db.session.scalar(select(func.count(Idea.id)).where(text(TO_INDEX))) or 0
