"""Ideas of other cities stand in the search in a group of their own, under negative numbers."""

from collections.abc import Collection

from ideenlab.core.search import Document, put_documents, remove_documents
from ideenlab.core.search.index import become_the_only_writer
from ideenlab.exchange.models import ForeignIdea
from ideenlab.exchange.queries import GROUP


def make_findable(ideas: Collection[ForeignIdea]) -> None:
    """Where another worker writes the index just now, the next reading does it."""
    if ideas and become_the_only_writer():
        put_documents([Document(-idea.id, GROUP, idea.id, f"{idea.title}\n{idea.text}") for idea in ideas])


def forget(numbers: Collection[int]) -> None:
    if numbers and become_the_only_writer():
        remove_documents([-number for number in numbers])
