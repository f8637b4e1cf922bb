"""What can be reported and moderated: one entry for each kind of thing, known by its table and number.

A new kind needs an entry here, one in `rules` and one in `actions.deeds`.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ideenlab.accounts.models import Person
from ideenlab.comments.models import Comment
from ideenlab.core.db import LARGEST_ID, db
from ideenlab.core.errors import NotFound
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import excerpt
from ideenlab.ideas.models import Idea
from ideenlab.ideas.queries import ideas_of_threads

Key = tuple[str, int]  # table and number


@dataclass(frozen=True)
class Thing:
    """What the moderation sees of something: a row of any kind, and how it is shown and found."""

    table: str
    id: int
    row: Any
    kind: str
    title: str
    text: str
    html: str
    state: str
    written_at: datetime
    author: Person | None
    endpoint: str
    values: dict[str, Any] = field(default_factory=dict)  # of its address
    idea: Idea | None = None  # it belongs to, or is

    @property
    def key(self) -> Key:
        return self.table, self.id

    @property
    def preview(self) -> str:
        return excerpt(self.text, 200)

    @property
    def slug(self) -> str:
        return KINDS[self.table].slug


class Kind(NamedTuple):
    slug: str  # in addresses
    load: Callable[[Collection[int]], Iterable[Thing]]


def _ideas(numbers: Collection[int]) -> Iterable[Thing]:
    authors = joinedload(Idea.author).selectinload(Person.roles)
    chosen = select(Idea).where(Idea.id.in_(numbers)).options(authors, joinedload(Idea.call), joinedload(Idea.thread))
    for idea in db.session.scalars(chosen):
        yield Thing(
            "ideas", idea.id, idea, _("Idea"), idea.title, idea.text, idea.text_html, idea.state,
            idea.published_at or idea.changed_at, idea.author, "ideas.idea", {"idea_id": idea.id}, idea,
        )  # fmt: skip


def _comments(numbers: Collection[int]) -> Iterable[Thing]:
    authors = joinedload(Comment.author).selectinload(Person.roles)
    found = db.session.scalars(select(Comment).where(Comment.id.in_(numbers)).options(authors)).all()
    ideas = ideas_of_threads({comment.thread_id for comment in found})
    for comment in found:
        if idea := ideas.get(comment.thread_id):
            yield Thing(
                "comments", comment.id, comment, _("Comment"), excerpt(comment.text, 80), comment.text,
                comment.text_html, comment.state, comment.created_at, comment.author, "ideas.idea",
                {"idea_id": idea.id, "_anchor": f"comment-{comment.id}"}, idea,
            )  # fmt: skip


def _people(numbers: Collection[int]) -> Iterable[Thing]:
    for person in db.session.scalars(select(Person).where(Person.id.in_(numbers))):
        yield Thing(
            "people", person.id, person, _("Person"), person.pseudonym, person.pseudonym, "", person.state,
            person.created_at, person, "moderation.person", {"person_id": person.id},
        )  # fmt: skip


KINDS = {
    "ideas": Kind("idee", _ideas),
    "comments": Kind("kommentar", _comments),
    "people": Kind("person", _people),
}


def things_of(keys: Iterable[Key]) -> dict[Key, Thing]:
    """All these things with few queries. What is no longer there is missing."""
    numbers = defaultdict(set)
    for table, number in keys:
        numbers[table].add(number)
    return {thing.key: thing for table, some in numbers.items() for thing in KINDS[table].load(some)}


def find_thing(table: str, number: int) -> Thing | None:
    if table not in KINDS or not 0 < number <= LARGEST_ID:
        return None
    return next(iter(KINDS[table].load([number])), None)


def get_thing(slug: str, number: int) -> Thing:
    """By the word that stands in addresses: `idee`, `kommentar`."""
    table = next((table for table, kind in KINDS.items() if kind.slug == slug), "")
    thing = find_thing(table, number)
    if thing is None:
        raise NotFound
    return thing
