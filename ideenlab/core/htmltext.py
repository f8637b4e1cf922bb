"""HTML from other systems as Markdown, as far as people wrote with it: paragraphs, lists, emphasis, links."""

import re
from html import unescape
from html.parser import HTMLParser

TAGS = (
    "a|b|blockquote|br|div|em|font|h[1-6]|hr|i|img|li|ol|p|pre|s|script|small|span|strong|style|sub|sup|table|td|th|tr|u|"
    "ul"
)
LOOKS_LIKE_HTML = re.compile(rf"</?({TAGS})(\s[^<>]*)?/?>|<!--", re.IGNORECASE)
HAS_ENTITIES = re.compile(r"&(#\d{2,7}|#x[0-9a-f]{2,6}|[a-z]{2,8}\d?);", re.IGNORECASE)
CODE_POINT = re.compile(r"<U\+([0-9A-Fa-f]{4,8})>")  # how R writes what it cannot show
MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~"}
BLOCKS = {"p", "div", "ul", "ol", "blockquote", "table", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre"}
SILENT = {"script", "style"}


def markdown_from_html(text: str) -> str:
    """`text` as Markdown when it holds HTML, otherwise as it is; written-out code points become characters."""
    text = CODE_POINT.sub(_character, text)
    if not LOOKS_LIKE_HTML.search(text):
        return unescape(text) if HAS_ENTITIES.search(text) else text
    reader = _Reader(keep_lines=not re.search(r"<(p|br|div|li)\b", text, re.IGNORECASE))
    reader.feed(text)
    reader.close()
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", "".join(reader.parts))).strip()


def _character(match: re.Match[str]) -> str:
    number = int(match[1], 16)
    if 0x80 <= number < 0xA0:  # Windows-1252 taken for Latin-1
        return bytes([number]).decode("cp1252", "ignore")
    return "" if number > 0x10FFFF or 0xD800 <= number < 0xE000 else chr(number)


class _Reader(HTMLParser):
    def __init__(self, *, keep_lines: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.keep_lines = keep_lines
        self.links: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent += 1
        elif tag == "br":
            self.parts.append("\n")
        elif tag in ("li", "tr"):
            self.parts.append("\n- " if tag == "li" else "\n")
        elif tag in BLOCKS:
            self.parts.append("\n\n")
        elif tag == "a":
            self._open_link(dict(attrs).get("href") or "")
        else:
            self.parts.append(MARKS.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in BLOCKS:
            self.parts.append("\n\n")
        elif tag == "a" and self.links:
            target = self.links.pop()
            self.parts.append(f"](<{target}>)" if target else "")
        elif tag == "td":
            self.parts.append(" ")
        else:
            self._close_mark(MARKS.get(tag, ""))

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data if self.keep_lines else re.sub(r"\s+", " ", data))

    def _open_link(self, target: str) -> None:
        usable = re.match(r"(https?://|mailto:)[^\s<>]+$", target)
        self.links.append(target if usable else "")
        self.parts.append("[" if usable else "")

    def _close_mark(self, mark: str) -> None:
        """`**bold **` is no emphasis in Markdown: the blank goes behind."""
        if mark and self.parts and self.parts[-1].endswith(" "):
            self.parts[-1] = self.parts[-1].rstrip(" ")
            mark += " "
        self.parts.append(mark)
