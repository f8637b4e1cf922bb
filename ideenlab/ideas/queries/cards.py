"""What a card shows of an idea, as plain rows: the list is the page that is opened most."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from ideenlab.accounts.models import Person
from ideenlab.ideas.models import Idea
from ideenlab.ideas.queries.filters import connection, ideas
from ideenlab.programme.models import Topic


class IdeaCard(NamedTuple):
    id: int
    title: str
    excerpt: str
    topic_title: str | None
    label: str
    support_count: int
    against_count: int
    comment_count: int
    published_at: datetime
    answered_at: datetime | None
    certainty: int
    controversy: int
    state: str
    author: str | None


topics, people = Topic.__table__.c, Person.__table__.c
FROM = (
    Idea.__table__.outerjoin(Topic.__table__, topics.id == ideas.topic_id)
    .outerjoin(Person.__table__, people.id == ideas.author_id)
)  # fmt: skip
CARDS = select(
    ideas.id, ideas.title, ideas.excerpt, topics.title, ideas.label, ideas.support_count, ideas.against_count,
    ideas.comment_count, ideas.published_at, ideas.answered_at, ideas.certainty, ideas.controversy, ideas.state,
    people.pseudonym,
)  # fmt: skip


def fetch_cards(statement: Any, **values: Any) -> list[IdeaCard]:
    return [IdeaCard._make(row) for row in connection().execute(statement, values)]


def cards_of_numbers(numbers: Sequence[int]) -> list[IdeaCard]:
    """These ideas, in this order."""
    if not numbers:
        return []
    cards = {card.id: card for card in fetch_cards(CARDS.select_from(FROM).where(ideas.id.in_(numbers)))}
    return [cards[number] for number in numbers if number in cards]
