"""From tables of the right sizes to tables with the right people."""

from collections.abc import Sequence
from random import Random

from ideenlab.assignments.maths.packing import blocks_of, ideal_size, in_order, loosened, pack, ways_to_seat
from ideenlab.assignments.maths.shapes import Bin, Block, Guest, OpenTeam, Plan, Table

RANKS = (0, 4, 7)  # what the first, second, third wish costs
NO_WISH = 12  # a challenge that was not wished for
SAVINGS = tuple(NO_WISH - cost for cost in RANKS)
OPEN = 3  # a team that has not chosen a challenge yet
TWICE = 2  # a skill that somebody else at the table has too
SIZE = 1  # for each square of people more or fewer than the ideal size
APART = 1000  # a friend sits in another team: more than all wishes of a table
MOST_WAYS = 3
MOST_TRIES = 18_000


def assign(guests: Sequence[Guest], teams: Sequence[OpenTeam], *, least: int, most: int, seed: int) -> Plan:
    """A seat for every guest. Raises ValueError for limits that cannot be, or a guest who is named twice."""
    if not 1 <= least <= most:
        raise ValueError("a table has at least one place")
    guests = sorted(guests, key=lambda guest: guest.key)
    if len({guest.key for guest in guests}) < len(guests):
        raise ValueError("somebody is named twice")
    if not guests:
        return Plan(())
    teams = sorted((team for team in teams if team.size < most), key=lambda team: team.key)
    dice, ideal = Random(seed), ideal_size(least, most)  # noqa: S311
    dice.shuffle(guests)
    found = _packed(guests, teams, least, most, dice)
    homes = _homes(guests, teams)
    tries = min(MOST_TRIES, 100 * len(guests)) // len(found)
    better = [_improved(bins, homes, ideal, dice, tries) for bins in found]
    tables = min(better, key=lambda bins: _costs(bins, homes, ideal))
    return _plan(tables, teams, least)


def _packed(guests: Sequence[Guest], teams: Sequence[OpenTeam], least: int, most: int, dice: Random) -> list[list[Bin]]:
    """The first tables that keep all friends together; circles let people go only where nothing else helps."""
    ways = ways_to_seat(len(guests), teams, least, most)
    blocks, number = blocks_of(guests, most), 0
    while True:
        found: list[list[Bin]] = []
        for way in ways[: 8 * MOST_WAYS if len(guests) <= 60 or not number else MOST_WAYS]:
            bins = pack(in_order(blocks, teams), way, dice)
            if bins:
                found.append(bins)
            if len(found) == MOST_WAYS:
                break
        if found:
            return found
        number = max(1, 2 * number)
        blocks = loosened(blocks, number)


def _homes(guests: Sequence[Guest], teams: Sequence[OpenTeam]) -> dict[int, set[int]]:
    """By guest the teams in which a friend is already."""
    return {guest.key: {team.key for team in teams if guest.friends & team.people} for guest in guests}


def _improved(bins: list[Bin], homes: dict[int, set[int]], ideal: int, dice: Random, tries: int) -> list[Bin]:
    """Swaps and moves of whole blocks, each kept when it costs less."""
    costs = [_cost(each, homes, ideal) for each in bins]
    seats = [(number, block) for number, each in enumerate(bins) for block in each.blocks]
    for _try in range(tries if len(bins) > 1 else 0):
        here = dice.randrange(len(seats))
        there = dice.randrange(len(seats) + len(bins))
        (one, mine) = seats[here]
        (other, theirs) = seats[there] if there < len(seats) else (there - len(seats), ())
        if one == other or not _is_allowed(bins[one], bins[other], len(theirs) - len(mine)):
            continue
        _exchange(bins[one], bins[other], mine, theirs)
        new_one, new_other = _cost(bins[one], homes, ideal), _cost(bins[other], homes, ideal)
        if new_one + new_other < costs[one] + costs[other]:
            costs[one], costs[other] = new_one, new_other
            seats[here] = (other, mine)
            if theirs:
                seats[there] = (one, theirs)
        else:
            _exchange(bins[other], bins[one], mine, theirs)
    return bins


def _is_allowed(one: Bin, other: Bin, more: int) -> bool:
    """`more` people come to `one`, as many fewer to `other`."""
    return one.lower <= one.size + more <= one.upper and other.lower <= other.size - more <= other.upper


def _exchange(one: Bin, other: Bin, mine: Block, theirs: Block) -> None:
    one.remove(mine)
    other.add(mine)
    if theirs:
        other.remove(theirs)
        one.add(theirs)


def _costs(bins: Sequence[Bin], homes: dict[int, set[int]], ideal: int) -> tuple[int, int]:
    """Friends apart count before everything else."""
    return len(_apart(bins)), sum(_cost(each, homes, ideal) for each in bins)


def _cost(table: Bin, homes: dict[int, set[int]], ideal: int) -> int:
    guests, team = table.guests(), table.team
    here = team.key if team else None
    cost = sum(APART for guest in guests if homes[guest.key] and here not in homes[guest.key])
    size = len(guests) + (team.size if team else 0)
    cost += SIZE * (size - ideal) ** 2 + TWICE * _doubled(guests, team)
    if team is None:
        return cost + _best_challenge(guests)[1]
    if team.challenge is None:
        return cost + OPEN * sum(1 for guest in guests if guest.wishes)
    return cost + sum(_wish_cost(guest, team.challenge) for guest in guests)


def _doubled(guests: Sequence[Guest], team: OpenTeam | None) -> int:
    """How often somebody brings a skill that is there already."""
    different = frozenset[str]().union(*(guest.skills for guest in guests))
    known = len(different & team.skills) if team else 0
    return sum(len(guest.skills) for guest in guests) - len(different) + known


def _wish_cost(guest: Guest, challenge: int) -> int:
    if not guest.wishes:
        return 0
    return RANKS[guest.wishes.index(challenge)] if challenge in guest.wishes else NO_WISH


def _best_challenge(guests: Sequence[Guest]) -> tuple[int | None, int]:
    """What meets most wishes of a new table, and what that costs; none where nobody wished for one."""
    saved: dict[int, int] = {}
    wishing = 0
    for guest in guests:
        wishing += bool(guest.wishes)
        for challenge, saving in zip(guest.wishes, SAVINGS, strict=False):
            saved[challenge] = saved.get(challenge, 0) + saving
    if not saved:
        return None, 0
    best = max(saved.values())
    return min(challenge for challenge, number in saved.items() if number == best), NO_WISH * wishing - best


def _apart(bins: Sequence[Bin]) -> tuple[tuple[int, int], ...]:
    """Mutual friends who could sit together but do not, each pair once."""
    places: dict[int, int] = {}
    for number, table in enumerate(bins):
        members = table.team.people if table.team else frozenset[int]()
        places |= dict.fromkeys([*(guest.key for guest in table.guests()), *members], number)
    pairs = set[tuple[int, int]]()
    for guest in (guest for table in bins for guest in table.guests()):
        for friend in guest.friends & places.keys():
            if places[friend] != places[guest.key]:
                pairs.add((min(guest.key, friend), max(guest.key, friend)))
    return tuple(sorted(pairs))


def _plan(bins: Sequence[Bin], teams: Sequence[OpenTeam], least: int) -> Plan:
    """Teams that are there first, then new tables; only where somebody comes to."""
    tables = []
    for each in bins:
        guests = each.guests()
        if not guests:
            continue
        size = len(guests) + (each.team.size if each.team else 0)
        tables.append(
            Table(
                people=tuple(sorted(guest.key for guest in guests)), team=each.team.key if each.team else None,
                challenge=each.team.challenge if each.team else _best_challenge(guests)[0],
                missing=max(0, least - size),
            )
        )  # fmt: skip
    tables.sort(key=lambda table: (table.team is None, table.team or 0, table.people))
    return Plan(tuple(tables), _apart(bins))
