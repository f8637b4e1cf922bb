from ideenlab.accounts.models import Person
from ideenlab.ideas.models import Idea
from ideenlab.ideas.queries import co_author_state


def writes(person: Person, idea: Idea) -> bool:
    """Whether the idea is theirs: given by them, or written along with its author."""
    return idea.author_id == person.id or co_author_state(person, idea) == "accepted"


def is_named(person: Person, idea: Idea) -> bool:
    """Whether the author asked them to write along, and they did not say no."""
    return co_author_state(person, idea) in ("invited", "accepted")
