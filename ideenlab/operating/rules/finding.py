from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: whether it is as it should be, a sentence, and the page where it is mended."""

    title: str
    is_fine: bool
    sentence: str
    endpoint: str = ""  # empty where only whoever runs the server can mend it
    values: Mapping[str, str] = field(default_factory=dict)


def fine(title: str, sentence: str, endpoint: str = "", **values: str) -> Finding:
    return Finding(title, is_fine=True, sentence=sentence, endpoint=endpoint, values=values)


def lacking(title: str, sentence: str, endpoint: str = "", **values: str) -> Finding:
    return Finding(title, is_fine=False, sentence=sentence, endpoint=endpoint, values=values)
