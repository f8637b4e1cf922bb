"""Ideas of a call that are like what somebody types, so that they can support one instead of giving it twice."""

from typing import Any

from ideenlab.core.search import Similar, similar_documents, words_of
from ideenlab.ideas.models import Call
from ideenlab.ideas.queries.cards import IdeaCard, cards_of_numbers
from ideenlab.ideas.queries.filters import count_ideas

MOST_SIMILAR = 5
MOST_READ = 40  # cards whose titles are compared
SHORTEST = 4  # letters; less says nothing


def similar_ideas(call: Call, text: str, *, but: int = 0) -> list[IdeaCard]:
    """The published ideas most like a title, at most five, leaving out the idea `but`.

    An idea must hold a third of the words, by their weight. What stands in its title counts twice.
    """
    if len(text.strip()) < SHORTEST:
        return []
    found = similar_documents(text, group_id=call.id, size=count_ideas(call))
    points = {number: sum for number, sum in found.documents[:MOST_READ] if 3 * sum >= found.most and number != but}
    cards = [card for card in cards_of_numbers(list(points)) if card.state == "published"]
    order: dict[int, Any] = {card.id: points[card.id] + _of_title(card.title, found) for card in cards}
    return sorted(cards, key=lambda card: (-order[card.id], -card.id))[:MOST_SIMILAR]


def _of_title(title: str, found: Similar) -> int:
    stems = words_of(title)
    return sum(
        word.weight * max((word.grades.get(stem, 0) for stem in stems), default=0) for word in found.words
    )  # fmt: skip
