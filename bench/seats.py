"""How long a proposal for 200 people takes, arithmetic only: `python -m bench.seats`. Median of five seeds."""

import statistics
import time
from random import Random

from ideenlab.assignments.maths import Guest, OpenTeam, Plan, assign

SKILLS = ("Design", "Programmieren", "Vortragen", "Recht", "Karten", "Schreiben")
PEOPLE, CHALLENGES, PAIRS, TEAMS = 200, 8, 60, 10


def world() -> tuple[list[Guest], list[OpenTeam]]:
    dice = Random(3)
    friend = {key: key + 1 if key % 2 == 0 else key - 1 for key in range(2 * PAIRS)}
    guests = [
        Guest(
            key, frozenset(dice.sample(SKILLS, 2)), tuple(dice.sample(range(1, CHALLENGES + 1), 3)),
            frozenset({friend[key]} if key in friend else ()),
        )
        for key in range(PEOPLE)
    ]  # fmt: skip
    return guests, [OpenTeam(1000 + n, 1 + n % 4, 1 + n % CHALLENGES) for n in range(TEAMS)]


def main() -> None:
    guests, teams = world()
    seconds, plan = list[float](), Plan(())
    for seed in range(5):
        begin = time.perf_counter()
        plan = assign(guests, teams, least=3, most=5, seed=seed)
        seconds.append(time.perf_counter() - begin)
    ranks = [guests[key].wishes.index(table.challenge) if table.challenge in guests[key].wishes else 3
             for table in plan.tables for key in table.people]  # fmt: skip
    print(
        f"{PEOPLE} people, {TEAMS} teams with a gap: {statistics.median(seconds):.2f} s, at most {max(seconds):.2f} s"
    )
    small = sum(table.missing > 0 for table in plan.tables)
    print(f"{len(plan.tables)} tables, {small} too small, {len(plan.apart)} pairs apart")
    print("first, second, third wish, none:", *(ranks.count(rank) for rank in range(4)))


if __name__ == "__main__":
    main()
