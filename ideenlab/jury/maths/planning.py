"""How a plan is found: ballots given one by one, loads levelled, parts connected, overlaps evened out.

Prototypes and jurors are positions here; everything goes through them in this order, so that the outcome is certain.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import combinations

from ideenlab.jury.maths.groups import groups_of

Pair = tuple[int, int]  # prototype, juror
LONGEST_SEARCH = 300_000  # exchanges that are looked at


class Planning:
    """`chosen` are the jurors of each prototype; `fixed` pairs never move."""

    def __init__(self, allowed: Sequence[set[int]], jurors: int, fixed: set[Pair]) -> None:
        self.allowed, self.fixed = allowed, fixed
        self.chosen: list[set[int]] = [set() for _ in allowed]
        self.loads = [0] * jurors
        self.overlaps = [[0] * jurors for _ in range(jurors)]
        for prototype, juror in sorted(fixed):
            self._add(prototype, juror)

    def _add(self, prototype: int, juror: int, number: int = 1) -> None:
        """Gives a ballot, or with −1 takes it away."""
        self.chosen[prototype].discard(juror)
        for other in self.chosen[prototype]:
            self.overlaps[juror][other] += number
            self.overlaps[other][juror] += number
        if number > 0:
            self.chosen[prototype].add(juror)
        self.loads[juror] += number

    def _move(self, prototype: int, juror: int, other: int) -> None:
        self._add(prototype, juror, -1)
        self._add(prototype, other)

    def _free(self, prototype: int) -> list[int]:
        return sorted(self.allowed[prototype] - self.chosen[prototype])

    def _pairs(self) -> list[Pair]:
        """What may be moved."""
        pairs = [(prototype, juror) for prototype, row in enumerate(self.chosen) for juror in sorted(row)]
        return [pair for pair in pairs if pair not in self.fixed]

    def give(self, ballots: int) -> None:
        """Round by round one ballot to each prototype, from the juror with the least to do who met the others least."""
        for number in range(1, ballots + 1):
            for prototype, row in enumerate(self.chosen):
                free = self._free(prototype)
                if len(row) < number and free:
                    met = {juror: sum(self.overlaps[juror][other] for other in row) for juror in free}
                    self._add(prototype, min(free, key=lambda juror: (self.loads[juror], met[juror], juror)))

    def level_loads(self) -> None:
        """Hands prototypes on along chains of jurors until no chain evens the loads; these are then the evenest."""
        while chain := self._chain():
            for prototype, juror, other in chain:
                self._move(prototype, juror, other)

    def _chain(self) -> list[tuple[int, int, int]]:
        for start in sorted(range(len(self.loads)), key=lambda juror: (-self.loads[juror], juror)):
            came: dict[int, tuple[int, int, int]] = {}
            waiting = deque([start])
            while waiting:
                juror = waiting.popleft()
                if self.loads[juror] <= self.loads[start] - 2:
                    return self._way_back(start, juror, came)
                for prototype, other in self._steps(juror):
                    if other != start and other not in came:
                        came[other] = (prototype, juror, other)
                        waiting.append(other)
        return []

    def _steps(self, juror: int) -> Iterator[Pair]:
        for prototype, row in enumerate(self.chosen):
            if juror in row and (prototype, juror) not in self.fixed:
                for other in self._free(prototype):
                    yield prototype, other

    @staticmethod
    def _way_back(start: int, juror: int, came: dict[int, tuple[int, int, int]]) -> list[tuple[int, int, int]]:
        chain = []
        while juror != start:
            chain.append(came[juror])
            juror = came[juror][1]
        return chain

    def _parts(self) -> list[set[int]]:
        """The prototypes of each connected part."""
        return [set(group.prototypes) for group in groups_of(dict(enumerate(self.chosen)))]

    def connect(self) -> None:
        """Joins the parts: two pairs of different parts exchange their jurors, one of which the part can spare."""
        while len(parts := self._parts()) > 1:
            exchange = self._joining(parts)
            if exchange is None:
                return
            self._exchange(*exchange)

    def _joining(self, parts: Sequence[set[int]]) -> tuple[Pair, Pair] | None:
        part_of = {prototype: number for number, part in enumerate(parts) for prototype in part}
        pairs = self._pairs()
        for one in pairs:
            if self._can_spare(one, len(parts)):
                for other in pairs:
                    if part_of[one[0]] != part_of[other[0]] and self._may_exchange(one, other):
                        return one, other
        return None

    def _can_spare(self, pair: Pair, parts: int) -> bool:
        rows = {
            prototype: row - {pair[1]} if prototype == pair[0] else row for prototype, row in enumerate(self.chosen)
        }
        found = groups_of(rows)
        return len(found) == parts and bool(rows[pair[0]]) and any(pair[1] in group.jurors for group in found)

    def _may_exchange(self, one: Pair, other: Pair) -> bool:
        (p, a), (q, b) = one, other
        return (
            p != q and a != b and b in self.allowed[p] and a in self.allowed[q]
            and b not in self.chosen[p] and a not in self.chosen[q]
        )  # fmt: skip

    def _exchange(self, one: Pair, other: Pair) -> None:
        (p, a), (q, b) = one, other
        self._move(p, a, b)
        self._move(q, b, a)

    def even_out(self) -> None:
        """Exchanges jurors as long as it makes the overlaps of the pairs of jurors more even and breaks nothing."""
        parts, looked_at, better = len(self._parts()), 0, True
        while better and looked_at < LONGEST_SEARCH:
            better = False
            for one, other in combinations(self._pairs(), 2):
                looked_at += 1
                still_there = one[1] in self.chosen[one[0]] and other[1] in self.chosen[other[0]]
                if still_there and self._may_exchange(one, other) and self._gain(one, other) > 0:
                    better = self._tried(one, other, parts) or better

    def _tried(self, one: Pair, other: Pair, parts: int) -> bool:
        self._exchange(one, other)
        if len(self._parts()) <= parts:
            return True
        self._exchange((one[0], other[1]), (other[0], one[1]))
        return False

    def _gain(self, one: Pair, other: Pair) -> int:
        """By how much the sum of the squared overlaps would shrink, halved."""
        (p, a), (q, b) = one, other
        of_a, of_b = self.overlaps[a], self.overlaps[b]
        gain = 0
        for juror in self.chosen[p] - self.chosen[q] - {a}:
            gain += of_a[juror] - of_b[juror] - 1
        for juror in self.chosen[q] - self.chosen[p] - {b}:
            gain += of_b[juror] - of_a[juror] - 1
        return gain
