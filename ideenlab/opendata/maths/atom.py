"""Feeds: RFC 4287, written out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

MEDIA_TYPE = "application/atom+xml"
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Entry:
    """`url` is its page and its name for ever."""

    url: str
    title: str
    summary: str
    published: datetime
    updated: datetime
    author: str = ""


@dataclass(frozen=True)
class Feed:
    url: str
    page: str
    title: str
    author: str
    language: str
    rights: str
    entries: tuple[Entry, ...]


def xml(text: str) -> str:
    """Text inside an element: without what XML cannot hold."""
    return escape(NOT_IN_XML.sub("", text))


def quoted(text: str) -> str:
    """A value with its quotation marks."""
    return quoteattr(NOT_IN_XML.sub("", text))


def moment(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def write_feed(feed: Feed) -> str:
    updated = max((entry.updated for entry in feed.entries), default=BEGINNING)
    head = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoted(feed.language)}>',
        f"<id>{xml(feed.url)}</id>", f"<title>{xml(feed.title)}</title>", f"<updated>{moment(updated)}</updated>",
        f'<link rel="self" type="{MEDIA_TYPE}" href={quoted(feed.url)}/>',
        f'<link rel="alternate" type="text/html" href={quoted(feed.page)}/>',
        f"<author><name>{xml(feed.author)}</name></author>", f"<rights>{xml(feed.rights)}</rights>",
    ]  # fmt: skip
    return "\n".join([*head, *_entries(feed.entries), "</feed>", ""])


def _entries(entries: Iterable[Entry]) -> Iterable[str]:
    for entry in entries:
        author = f"<author><name>{xml(entry.author)}</name></author>" if entry.author else ""
        yield (
            f"<entry><id>{xml(entry.url)}</id><title>{xml(entry.title)}</title>"
            f"<link rel=\"alternate\" href={quoted(entry.url)}/><published>{moment(entry.published)}</published>"
            f"<updated>{moment(entry.updated)}</updated>{author}<summary>{xml(entry.summary)}</summary></entry>"
        )  # fmt: skip
