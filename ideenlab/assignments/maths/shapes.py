from dataclasses import dataclass, field


@dataclass(frozen=True)
class Guest:
    """Somebody without a team. `wishes`: up to three challenges, the first wish first; `friends`: mutual ones."""

    key: int
    skills: frozenset[str] = frozenset()
    wishes: tuple[int, ...] = ()
    friends: frozenset[int] = frozenset()


@dataclass(frozen=True)
class OpenTeam:
    """A team that is there. Nobody in it is moved."""

    key: int
    size: int
    challenge: int | None = None
    skills: frozenset[str] = frozenset()
    people: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Table:
    """Who is proposed to come together: newcomers of a team, or a new team (`team` is None).

    `missing`: how many people it is short of the smallest size; only when no arithmetic avoids it.
    """

    people: tuple[int, ...]
    team: int | None = None
    challenge: int | None = None
    missing: int = 0


@dataclass(frozen=True)
class Plan:
    """Every guest sits at exactly one table. `apart`: mutual friends who did not fit together."""

    tables: tuple[Table, ...]
    apart: tuple[tuple[int, int], ...] = ()


Block = tuple[Guest, ...]  # friends who are seated as a whole, or one person


@dataclass(eq=False)
class Bin:
    """A table while it is being filled: from `lower` to `upper` newcomers."""

    lower: int
    upper: int
    team: OpenTeam | None = None
    blocks: list[Block] = field(default_factory=list)
    size: int = 0

    @property
    def room(self) -> int:
        return self.upper - self.size

    @property
    def need(self) -> int:
        return max(0, self.lower - self.size)

    def guests(self) -> list[Guest]:
        return [guest for block in self.blocks for guest in block]

    def add(self, block: Block) -> None:
        self.blocks.append(block)
        self.size += len(block)

    def remove(self, block: Block) -> None:
        self.blocks.remove(block)
        self.size -= len(block)

    def holds_friend_of(self, block: Block) -> bool:
        return self.team is not None and any(guest.friends & self.team.people for guest in block)
