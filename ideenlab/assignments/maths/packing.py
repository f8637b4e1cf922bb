"""How many tables, of which sizes, and groups of friends into them: bin packing with lower and upper bounds."""

from collections.abc import Iterator, Sequence
from random import Random

from ideenlab.assignments.maths.shapes import Bin, Block, Guest, OpenTeam

Ways = list[list[tuple[int, int, OpenTeam | None]]]


def blocks_of(guests: Sequence[Guest], most: int) -> list[Block]:
    """Mutual friends, and their friends, as one block; a circle too large for one table in parts that hold together."""
    known, seen, blocks = {guest.key: guest for guest in guests}, set[int](), list[Block]()
    for guest in guests:
        if guest.key in seen:
            continue
        circle = _circle_of(guest, known)
        seen |= circle
        while circle:
            part = sorted(circle) if len(circle) <= most else _part_of(circle, known, most)
            blocks.append(tuple(known[key] for key in part))
            circle -= set(part)
    return blocks


def _circle_of(guest: Guest, known: dict[int, Guest]) -> set[int]:
    circle, waiting = {guest.key}, [guest]
    while waiting:
        friends = {key for key in waiting.pop().friends if key in known} - circle
        circle |= friends
        waiting += [known[key] for key in sorted(friends)]
    return circle


def _part_of(circle: set[int], known: dict[int, Guest], most: int) -> list[int]:
    """Begin with whoever has the fewest friends here, go on with whoever has most friends inside and fewest outside."""
    part = [min(circle, key=lambda key: (len(known[key].friends & circle), key))]
    while len(part) < most:
        inside = {key: len(known[key].friends & set(part)) for key in circle - set(part)}
        outside = {key: len(known[key].friends & circle) - number for key, number in inside.items()}
        near = [key for key, number in inside.items() if number]
        if not near:
            break
        best = max(near, key=lambda key: (inside[key] - outside[key], -key))
        if len(part) > 1 and outside[best] > inside[best]:
            break
        part.append(best)
    return part


def ways_to_seat(number: int, teams: Sequence[OpenTeam], least: int, most: int) -> Ways:
    """Bounds for the tables, the most fitting number of new ones first.

    Teams that are too small are filled up where possible, as many of them as possible. Where no number of people works
    out – one person is left and no team has a gap – one new table stays below the smallest size.
    """
    short = sorted((team for team in teams if team.size < least), key=lambda team: (least - team.size, team.key))
    for filled in range(len(short), -1, -1):
        lowers = {team.key: least - team.size for team in short[:filled]}
        gaps = [(lowers.get(team.key, 0), most - team.size, team) for team in teams]
        low, high = sum(gap[0] for gap in gaps), sum(gap[1] for gap in gaps)
        fitting = [
            new for new in range(number // least + 1) if low + new * least <= number <= high + new * most
        ]  # fmt: skip
        if fitting:
            ideal = ideal_size(least, most)
            fitting.sort(key=lambda new: (abs(2 * (number - new * ideal) - low - high), new))
            return [[*gaps, *([(least, most, None)] * new)] for new in fitting]
    free = sum(most - team.size for team in teams)
    new = -(-(number - free) // most)
    rest = number - (new - 1) * least
    return [
        [*((0, most - team.size, team) for team in teams), *([(least, most, None)] * (new - 1)), (rest, most, None)]
    ]


def ideal_size(least: int, most: int) -> int:
    return (least + most + 1) // 2


def pack(blocks: Sequence[Block], way: Sequence[tuple[int, int, OpenTeam | None]], dice: Random) -> list[Bin] | None:
    """Every block as a whole at a table within the bounds, or None when none was found in many tries."""
    bins = [Bin(lower, upper, team) for lower, upper, team in way]
    dice.shuffle(bins)
    rest = [sum(len(block) for block in blocks[number:]) for number in range(len(blocks) + 1)]
    chosen: list[Bin] = []
    stack = [_options(blocks[0], bins)]
    for _try in range(200 + 4 * len(blocks)):
        if len(chosen) == len(blocks):
            break
        table = next(stack[-1], None)
        if table is None:
            stack.pop()
            if not stack:
                return None
            last = chosen.pop()
            last.remove(blocks[len(chosen)])
            continue
        table.add(blocks[len(chosen)])
        if _is_hopeless(bins, rest[len(chosen) + 1]):
            table.remove(blocks[len(chosen)])
            continue
        chosen.append(table)
        if len(chosen) < len(blocks):
            stack.append(_options(blocks[len(chosen)], bins))
    return bins if len(chosen) == len(blocks) else None


def _options(block: Block, bins: Sequence[Bin]) -> Iterator[Bin]:
    """Where a block fits: first with friends, then where people are needed, then where it leaves the least room."""
    seen, size = set[tuple[int, int]](), len(block)
    fitting = [(not each.holds_friend_of(block), -min(each.need, size), each.room, each) for each in bins
               if each.room >= size]  # fmt: skip
    for strange, _need, room, each in sorted(fitting, key=lambda option: option[:3]):
        alike = (each.need, room)
        if strange and alike in seen:
            continue
        seen.add(alike)
        yield each


def _is_hopeless(bins: Sequence[Bin], rest: int) -> bool:
    return sum(each.need for each in bins) > rest or sum(each.room for each in bins) < rest


def in_order(blocks: Sequence[Block], teams: Sequence[OpenTeam]) -> list[Block]:
    """Those with a friend in a team first, then the large ones."""
    members = frozenset[int]().union(*(team.people for team in teams))
    return sorted(blocks, key=lambda block: (not any(guest.friends & members for guest in block), -len(block)))


def loosened(blocks: Sequence[Block], number: int) -> list[Block]:
    """The `number` largest blocks each let somebody go, who has the fewest friends in it."""
    ordered = sorted(blocks, key=len, reverse=True)
    loose: list[Block] = []
    for block in ordered[:number]:
        keys = {guest.key for guest in block}
        goes = min(block, key=lambda guest: (len(guest.friends & keys), guest.key))
        stays = tuple(guest for guest in block if guest is not goes)
        loose += [(goes,), stays] if stays else [block]
    return [*loose, *ordered[number:]]
