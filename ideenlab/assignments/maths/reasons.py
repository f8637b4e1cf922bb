from collections.abc import Iterable, Sequence

from ideenlab.assignments.maths.shapes import Guest, OpenTeam

Reason = tuple[str, Sequence[int | str]]


def why(
    guest: Guest, others: Iterable[Guest], team: OpenTeam | None, challenge: int | None, least: int
) -> list[Reason]:
    """Why somebody sits where they sit, the strongest first. There is always a reason.

    `friends` with their keys, `wish` with its rank, `no_wish`, `lacks` or `brings` with skills nobody else there has,
    `needed` with the number of people missing, `gap`, `new`.
    """
    others = list(others)
    near = {each.key for each in others} | (set(team.people) if team else set())
    reasons: list[Reason] = []
    if friends := sorted(guest.friends & near):
        reasons.append(("friends", friends))
    if challenge in guest.wishes:
        reasons.append(("wish", [guest.wishes.index(challenge) + 1]))
    known = frozenset[str]().union(*(each.skills for each in others), team.skills if team else frozenset())
    if new := sorted(guest.skills - known):
        reasons.append(("lacks" if team else "brings", new))
    if guest.wishes and challenge is not None and challenge not in guest.wishes:
        reasons.append(("no_wish", []))
    if team is None:
        reasons.append(("new", []))
    else:
        reasons.append(("needed", [least - team.size]) if team.size < least else ("gap", []))
    return reasons
