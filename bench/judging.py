"""How often the right prototype wins, and how long the arithmetic takes.

`python -m bench.judging [TRIALS] [TABLE.csv]`, with a thousand trials under two minutes.

Juries are made up with a known truth: quality of the teams sd 1, severity of the jurors sd 1, noise 1, in points
without a scale. A table of real ballots (columns project, judge, criterion, score; weights are taken as equal) is one
more on which mean and corrected score have to foretell ballots that were left out.
"""

import csv
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from fractions import Fraction
from random import Random

from ideenlab.jury.maths import (
    CORRECTED,
    MEAN,
    MEDIAN,
    Rule,
    Sheet,
    changes_of,
    plan,
    ranking,
    uncertainty,
    what_if,
)
from ideenlab.jury.maths.draws import Row, corrected_of, mean_of, median_of

Panel = tuple[list[float], list[Row]]  # true quality and ballots by prototype
ENGINES = {MEAN: mean_of, MEDIAN: median_of, CORRECTED: corrected_of}


def a_panel(dice: Random, pairs: list[tuple[int, int]], *, severity: float = 1, sort: str = "") -> Panel:
    """Quality, severity and noise for these pairs of prototype and juror.

    Sorted by "strength" the best team comes first, by "both" the strictest juror too.
    """
    prototypes, jurors = 1 + max(p for p, _j in pairs), 1 + max(j for _p, j in pairs)
    quality = [dice.gauss(0, 1) for _ in range(prototypes)]
    severities = [dice.gauss(0, severity) for _ in range(jurors)]
    if sort:
        quality.sort(reverse=True)
    if sort == "both":
        severities.sort()
    rows: list[Row] = [[] for _ in quality]
    for p, j in sorted(pairs):
        rows[p].append((j, quality[p] + severities[j] + dice.gauss(0, 1)))
    return quality, rows


def full(prototypes: int, jurors: int) -> list[tuple[int, int]]:
    return [(p, j) for p in range(prototypes) for j in range(jurors)]


def planned(prototypes: int, jurors: int, ballots: int, seed: int) -> list[tuple[int, int]]:
    return list(plan(range(prototypes), range(jurors), ballots=ballots, seed=str(seed)).pairs)


def neighbours(prototypes: int, jurors: int, ballots: int) -> list[tuple[int, int]]:
    """The strong teams have other jurors than the weak ones; neighbours in strength share all but one."""
    return [(p, min(p * (jurors - ballots + 1) // prototypes, jurors - ballots) + n)
            for p in range(prototypes) for n in range(ballots)]  # fmt: skip


def winners(trials: int, make: Callable[[int], Panel]) -> dict[str, float]:
    """In which share of the trials each aggregate gives the truly best prototype the highest score."""
    right = dict.fromkeys(ENGINES, 0.0)
    for trial in range(trials):
        quality, rows = make(trial)
        jurors = 1 + max(j for row in rows for j, _x in row)
        best = quality.index(max(quality))
        for name, engine in ENGINES.items():
            scores = [x for x in engine(rows)([1] * jurors) if x is not None]
            top = [p for p, x in enumerate(scores) if max(scores) - x < 1e-9]
            right[name] += (best in top) / len(top)
    return {name: number / trials for name, number in right.items()}


def synthetic(trials: int) -> None:
    designs: dict[str, Callable[[int], Panel]] = {
        "full panel, 6 x 7": lambda t: a_panel(Random(t), full(6, 7)),
        "full panel, 12 x 9": lambda t: a_panel(Random(t), full(12, 9)),
        "12 x 9, four ballots each, by plan": lambda t: a_panel(Random(t), planned(12, 9, 4, t)),
        "40 x 12, five ballots each, by plan": lambda t: a_panel(Random(t), planned(40, 12, 5, t % 20)),
        "12 x 9, four each, strong teams had other jurors": lambda t: a_panel(
            Random(t), neighbours(12, 9, 4), sort="strength"
        ),
        "12 x 9, four each, strong teams had strict jurors": lambda t: a_panel(
            Random(t), neighbours(12, 9, 4), sort="both"
        ),
    }
    print(f"the truly best prototype wins, {trials} trials".ljust(52), *(name.rjust(10) for name in ENGINES))
    for name, make in designs.items():
        found = winners(trials, make)
        print(name.ljust(52), *(f"{share:10.1%}" for share in found.values()))


def foretold(dice: Random, rows: list[Row]) -> dict[str, float]:
    """Root mean square error for a fifth of the ballots, left out at random, where the prototype keeps one."""
    ballots = [(p, j, x) for p, row in enumerate(rows) for j, x in row]
    out = set(dice.sample(range(len(ballots)), len(ballots) // 5))
    kept: list[Row] = [[] for _ in rows]
    for number, (p, j, x) in enumerate(ballots):
        if number not in out:
            kept[p].append((j, x))
    times, errors = [1] * (1 + max(j for _p, j, _x in ballots)), {}
    for name, engine in ENGINES.items():
        scores = engine(kept)(times)
        squares = [(score - x) ** 2 for n in out for p, _j, x in [ballots[n]] if (score := scores[p]) is not None]
        errors[name] = (sum(squares) / len(squares)) ** 0.5
    return errors


def left_out(name: str, panels: list[list[Row]]) -> None:
    found = [foretold(Random(trial), rows) for trial, rows in enumerate(panels)]
    means = [sum(errors[name] for errors in found) / len(found) for name in ENGINES]
    nearer = sum(errors[CORRECTED] <= errors[MEAN] for errors in found)
    print(name.ljust(52), *(f"{error:10.3f}" for error in means), f"  corrected not worse in {nearer / len(found):.0%}")


def real_table(path: str) -> list[Row]:
    given: dict[tuple[str, str], list[float]] = defaultdict(list)
    with open(path, encoding="utf-8") as file:
        for line in csv.DictReader(file):
            if line["score"]:
                given[line["project"], line["judge"]].append(float(line["score"]))
    jurors = sorted({juror for _project, juror in given})
    rows: dict[str, Row] = defaultdict(list)
    for (project, juror), points in sorted(given.items()):
        rows[project].append((jurors.index(juror), sum(points) / len(points)))
    return list(rows.values())


def errors(trials: int, paths: list[str]) -> None:
    print("error for ballots that were left out, in points".ljust(52), *(name.rjust(10) for name in ENGINES))
    for severity in (0.0, 0.5, 1.0):
        for name, pairs in {"full panel, 13 x 7": full(13, 7), "40 x 12, five each": planned(40, 12, 5, 0)}.items():
            panels = [a_panel(Random(trial), pairs, severity=severity)[1] for trial in range(trials)]
            left_out(f"{name}, severity sd {severity}", panels)
    for path in paths:
        rows = real_table(path)
        left_out(f"real ballots, {len(rows)} prototypes", [rows] * trials)


def seconds() -> None:
    for missing in (0, 10, 50):
        dice = Random(3)
        sheets = [
            Sheet(p, j, {c: Fraction(dice.randrange(11), 2) for c in range(5)})
            for p, j in full(60, 30)
            if dice.randrange(100) >= missing
        ]
        assigned, weights = dict.fromkeys(range(60), 30), {c: Fraction(6 - c) for c in range(5)}
        for name in ENGINES:
            rule: Rule[int, int] = Rule(weights, aggregate=name)
            begin = time.perf_counter()
            standings = ranking(sheets, rule, assigned=assigned)
            between = time.perf_counter()
            uncertainty(sheets, rule, standings, assigned=assigned, jurors=range(30), seed="bench")
            drawn = time.perf_counter()
            changes = changes_of(rule, range(30))
            for change in changes:
                what_if(sheets, rule, standings, change, assigned=assigned)
            print(
                f"60 x 30, {missing:2} % missing, {name:10} exact {between - begin:.2f} s, 1,000 draws "
                f"{drawn - between:.2f} s, {len(changes)} what-ifs {time.perf_counter() - drawn:.2f} s"
            )


def main() -> None:
    trials = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    seconds()
    synthetic(trials)
    errors(trials, sys.argv[2:])


if __name__ == "__main__":
    main()
