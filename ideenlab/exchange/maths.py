"""What another city answers, compared strictly with what an Ideenlab answers, and made clean.

A page is `{"data": [idea, …], "links": {"next": address or null}, "licence": {"name": …}}`. An idea that lacks
something is no idea; a page of another shape ends the reading. Nothing in it is trusted: texts are cleaned and cut,
addresses stay on the host of the source.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from ideenlab.core.outgoing import Outside
from ideenlab.core.text import clean_line, clean_text

MOST_A_PAGE = 200
LONGEST_ID, LONGEST_URL, LONGEST_TITLE, LONGEST_TEXT, LONGEST_TOPIC, LONGEST_LICENCE = 80, 500, 120, 10_000, 80, 120
MOST_SUPPORT = 2**31 - 1
YEARS = range(1990, 2101)


@dataclass(frozen=True)
class Found:
    """An idea as another city tells it, clean."""

    external_id: str
    url: str
    title: str
    text: str
    topic: str
    licence: str
    support_count: int
    published_at: datetime | None


@dataclass(frozen=True)
class FoundPage:
    ideas: tuple[Found, ...]
    next: str


def first_address(base_url: str) -> str:
    return f"{base_url}/api/v1/ideas?limit=100"


def read_page(answer: Any, *, address: str) -> FoundPage:
    """The ideas of a page and the address of the next, which stays where `address` is. Raises Outside."""
    given, links = (answer.get("data"), answer.get("links")) if isinstance(answer, dict) else (None, None)
    if not isinstance(given, list) or not isinstance(links, dict) or len(given) > MOST_A_PAGE:
        raise Outside("no_ideas")
    if not all(isinstance(each, dict) for each in given):
        raise Outside("no_ideas")
    licence = _title(answer.get("licence"), "name")[:LONGEST_LICENCE]
    found = [_idea(each, address, licence) for each in given if _is_open(each)]
    return FoundPage(tuple(each for each in found if each is not None), _next(links.get("next"), address))


def _is_open(given: Mapping[str, Any]) -> bool:
    """Shown there, in a call that still runs, and that city's own: not one it took over from a third."""
    call = given.get("call")
    stage = call.get("stage", "open") if isinstance(call, dict) else "open"
    return given.get("state", "published") == "published" and stage == "open" and given.get("origin") != "import"


def _next(given: object, address: str) -> str:
    if given is None:
        return ""
    if not isinstance(given, str) or not 0 < len(given) <= 2000:
        raise Outside("no_ideas")
    return _here(given, address) or _elsewhere()


def _elsewhere() -> str:
    raise Outside("elsewhere")


def _here(given: str, address: str) -> str:
    """An address on the same host, or nothing."""
    try:
        whole = urljoin(address, given)
        ours, theirs = urlsplit(address), urlsplit(whole)
    except ValueError:
        return ""
    same = (ours.scheme, ours.netloc) == (theirs.scheme, theirs.netloc)
    return whole if same and whole.isascii() and whole.isprintable() and not set(whole) & set(" <>\"'\\") else ""


def _idea(given: Mapping[str, Any], address: str, licence: str) -> Found | None:
    """`licence` holds where the idea itself names none."""
    number, title, text, url = (given.get(name) for name in ("id", "title", "text", "url"))
    if not isinstance(number, int | str) or isinstance(number, bool):
        return None
    external_id = clean_line(str(number)[:200])
    if not (isinstance(title, str) and isinstance(text, str) and isinstance(url, str)):
        return None
    title, text = clean_line(title[: 4 * LONGEST_TITLE]), clean_text(text[: 4 * LONGEST_TEXT])  # else it takes its time
    title, text, url = title[:LONGEST_TITLE], text[:LONGEST_TEXT], _here(url, address)
    if not (0 < len(external_id) <= LONGEST_ID and title and text and 0 < len(url) <= LONGEST_URL):
        return None
    return Found(
        external_id=external_id, url=url, title=title, text=text,
        topic=_title(given.get("topic"), "title")[:LONGEST_TOPIC],
        licence=(_title(given.get("licence"), "name") or licence)[:LONGEST_LICENCE],
        support_count=_count(given.get("support_count")), published_at=_moment(given.get("published_at")),
    )  # fmt: skip


def _title(given: object, name: str) -> str:
    """A line that may stand by itself or in an object under this name."""
    if isinstance(given, dict):
        given = given.get(name)
    return clean_line(given[:1000]) if isinstance(given, str) else ""


def _count(given: object) -> int:
    return given if type(given) is int and 0 <= given <= MOST_SUPPORT else 0


def _moment(given: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(given) if isinstance(given, str) and len(given) < 40 else None
    except ValueError:
        return None
    if found is None or found.tzinfo is None or found.year not in YEARS:
        return None
    return found.astimezone(UTC)
