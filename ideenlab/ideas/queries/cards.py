"""What a card shows of an idea, as plain rows: the list is the page that is opened most."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select

from ideenlab.accounts.models import Person
from ideenlab.ideas.models import Idea, IdeaImage, IdeaImageSize
from ideenlab.ideas.queries.filters import connection, ideas
from ideenlab.programme.models import Topic


class Thumbnail(NamedTuple):
    """The first picture of an idea in its smallest width."""

    key: str
    alt: str
    width: int
    height: int


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
    image_count: int
    thumbnail: Thumbnail | None = None


topics, people = Topic.__table__.c, Person.__table__.c
FROM = (
    Idea.__table__.outerjoin(Topic.__table__, topics.id == ideas.topic_id)
    .outerjoin(Person.__table__, people.id == ideas.author_id)
)  # fmt: skip
CARDS = select(
    ideas.id, ideas.title, ideas.excerpt, topics.title, ideas.label, ideas.support_count, ideas.against_count,
    ideas.comment_count, ideas.published_at, ideas.answered_at, ideas.certainty, ideas.controversy, ideas.state,
    people.pseudonym, ideas.image_count,
)  # fmt: skip


def fetch_cards(statement: Any, **values: Any) -> list[IdeaCard]:
    return [IdeaCard(*row) for row in connection().execute(statement, values).all()]


def with_thumbnails(cards: Sequence[IdeaCard]) -> Sequence[IdeaCard]:
    """The same cards with their pictures: one statement for all, none where no idea has a picture."""
    numbers = [card.id for card in cards if card.image_count]
    if not numbers:
        return cards
    found: dict[int, Thumbnail] = {}
    for number, *picture in connection().execute(_thumbnails(), {"numbers": numbers}):
        found.setdefault(number, Thumbnail(*picture))
    return [card._replace(thumbnail=found.get(card.id)) for card in cards]


def cards_of_numbers(numbers: Sequence[int]) -> list[IdeaCard]:
    """These ideas, in this order."""
    if not numbers:
        return []
    cards = {card.id: card for card in fetch_cards(CARDS.select_from(FROM).where(ideas.id.in_(numbers)))}
    return [cards[number] for number in numbers if number in cards]


@cache
def _thumbnails() -> Any:
    images, sizes, others = IdeaImage.__table__, IdeaImageSize.__table__, IdeaImage.__table__.alias()
    first = select(func.min(others.c.position)).where(others.c.idea_id == images.c.idea_id).scalar_subquery()
    return (
        select(images.c.idea_id, images.c.key, images.c.alt, sizes.c.width, sizes.c.height)
        .join(sizes, sizes.c.image_id == images.c.id)
        .where(images.c.idea_id.in_(bindparam("numbers", expanding=True)), images.c.position == first)
        .order_by(images.c.idea_id, sizes.c.width)
    )
