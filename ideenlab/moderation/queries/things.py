"""What can be reported and moderated, in one form: a row of any table, and what its kind says about it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from ideenlab.accounts.models import Person
from ideenlab.core.text import excerpt
from ideenlab.core.verdict import YES, Verdict
from ideenlab.ideas.models import Idea

Key = tuple[str, int]  # table and number


class Deed(NamedTuple):
    """One measure about one kind of thing: who may, and what happens. The room that the thing lives in does it."""

    may: Callable[[Person, Any], Verdict]
    do: Callable[[Person, Any, str], object]  # who, the row, the reason


def _nothing(_person: Person) -> Collection[int]:
    return ()


def _everybody(_person: Person | None, _row: Any) -> Verdict:
    return YES


@dataclass(frozen=True, eq=False)
class Kind:
    """One entry is all it takes for a kind of thing to be reported, decided about and appealed for: see `kinds`."""

    table: str
    slug: str  # in addresses
    name: Callable[[], str]
    load: Callable[[Collection[int]], Iterable["Thing"]]
    shown: Collection[str]  # the states in which everybody sees it, and can report it
    deeds: Mapping[str, Deed]  # by the kind of measure
    forget: Callable[["Thing"], None]  # takes it out of notices once it is out of sight
    owned_by: Callable[[Person], Collection[int]] = _nothing  # where several people own it together: their things
    hidden: Callable[[int], Iterable[int]] = _nothing  # type: ignore[assignment]  # the latest that are out of sight
    is_titled: bool = False  # its title is no part of its text
    may_see: Callable[[Person | None, Any], Verdict] = _everybody  # where not everybody sees what is shown


@dataclass(frozen=True)
class Thing:
    """What the moderation sees of something, and where it is found."""

    of: Kind
    id: int
    row: Any
    title: str
    text: str
    html: str
    state: str
    written_at: datetime
    author: Person | None
    endpoint: str
    values: dict[str, Any]  # of its address
    anchor: str = ""
    idea: Idea | None = None  # it belongs to, or is
    owners: tuple[Person, ...] = ()  # where it belongs to several people

    @property
    def table(self) -> str:
        return self.of.table

    @property
    def slug(self) -> str:
        return self.of.slug

    @property
    def kind(self) -> str:
        return self.of.name()

    @property
    def address(self) -> dict[str, Any]:
        """For `url_for` beside the endpoint."""
        return {**self.values, "_anchor": self.anchor} if self.anchor else self.values

    @property
    def key(self) -> Key:
        return self.table, self.id

    @property
    def concerned(self) -> tuple[Person, ...]:
        """Whom a decision about it is told, who can appeal, and who decides nothing about it."""
        return self.owners or ((self.author,) if self.author else ())

    @property
    def preview(self) -> str:
        return excerpt(self.text, 200)

    @property
    def words(self) -> str:
        return f"{self.title}\n{self.text}" if self.of.is_titled else self.text
