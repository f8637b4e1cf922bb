"""What has been kept long enough, in numbers."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select

from ideenlab.core.db import Model, db
from ideenlab.core.security import city
from ideenlab.hackathons.queries import count_private, hackathons_to_forget
from ideenlab.ideas.models import Idea
from ideenlab.ideas.queries import unconfirmed_since
from ideenlab.ideas.rules import DRAFT_KEPT, DRAFT_WARNING


def count_over(model: type[Model], over: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(over)) or 0


def count_drafts(at: datetime) -> int:
    """Drafts whose time is over and whose authors know."""
    over = (Idea.state == "draft", Idea.changed_at < at - DRAFT_KEPT, Idea.draft_warned_at < at - DRAFT_WARNING)
    return db.session.scalar(select(func.count()).where(*over)) or 0


def count_unconfirmed_ideas(at: datetime) -> int:
    return len(unconfirmed_since(at))


def count_contacts(at: datetime) -> int:
    """Registrations of hackathons whose names, food and guardians are due to be forgotten."""
    due = hackathons_to_forget(at - timedelta(days=city().days_for_hackathon_data))
    return sum(count_private(hackathon) for hackathon in due)
