"""Where the columns of a picture stand, and which numbers of people are too small to be shown."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

WIDTH, HEIGHT, TOP = 320, 128, 16  # of the columns and the line they stand on
GAP = 0.2  # of a column's place that stays empty
FEWEST_PEOPLE = 5
MOST_DAYS = 62  # more are gathered into weeks

Column = tuple[float, float, float, float]  # x, y, width, height


def columns(numbers: Sequence[int]) -> list[Column]:
    """Columns side by side, the highest as high as the picture allows."""
    most = max(numbers, default=0)
    step = WIDTH / max(1, len(numbers))
    drawn = []
    for place, number in enumerate(numbers):
        height = (HEIGHT - TOP) * number / most if most else 0.0
        drawn.append((round(place * step, 2), round(HEIGHT - height, 2), round(step * (1 - GAP), 2), round(height, 2)))
    return drawn


def days_between(counted: Mapping[date, int]) -> list[tuple[date, int]]:
    """Every day from the first to the last, also those with nothing; more than two months by weeks, their Mondays."""
    if not counted:
        return []
    first, last = min(counted), max(counted)
    if (last - first).days < MOST_DAYS:
        return [(day, counted.get(day, 0)) for day in _days(first, last, 1)]
    weeks: dict[date, int] = {}
    for day, number in counted.items():
        weeks[_monday(day)] = weeks.get(_monday(day), 0) + number
    return [(day, weeks.get(day, 0)) for day in _days(_monday(first), last, 7)]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _days(first: date, last: date, step: int) -> list[date]:
    return [first + timedelta(days=number) for number in range(0, (last - first).days + 1, step)]


def without_small(numbers: Sequence[int]) -> list[int | None]:
    """The numbers of people in the parts of a whole, without those that would say something about single people.

    Parts with one to four people are hidden (None). So that a hidden part cannot be found by subtraction from the
    whole, the smallest others go with it until at least two parts are hidden that hold five people together. A part
    with nobody in it says nothing and stays.
    """
    hidden = {place for place, number in enumerate(numbers) if 0 < number < FEWEST_PEOPLE}
    others = sorted((number, place) for place, number in enumerate(numbers) if number >= FEWEST_PEOPLE)
    while hidden and others and (len(hidden) < 2 or sum(numbers[place] for place in hidden) < FEWEST_PEOPLE):
        hidden.add(others.pop(0)[1])
    return [None if place in hidden else number for place, number in enumerate(numbers)]
