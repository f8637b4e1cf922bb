from dataclasses import dataclass

from ideenlab.core.errors import NotAllowed


@dataclass(frozen=True)
class Verdict:
    """The answer of a rule: true when allowed, otherwise false with the sentence shown to the person."""

    reason: str = ""

    def __bool__(self) -> bool:
        return not self.reason


YES = Verdict()


def no(reason: str) -> Verdict:
    return Verdict(reason)


def require(verdict: Verdict) -> None:
    if not verdict:
        raise NotAllowed(verdict.reason)
