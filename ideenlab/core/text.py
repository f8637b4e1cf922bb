"""Text that people typed: made clean, folded for comparing, shown as safe HTML."""

import re
import unicodedata

import bleach
from email_validator import EmailNotValidError, validate_email
from markdown_it import MarkdownIt
from markupsafe import Markup

LONGEST_MARKDOWN = 20_000
LONGEST_EMAIL = 254
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0"
    "\ufff9-\ufffb]"
)
KEPT_INVISIBLE = "\u200c\u200d"  # joiners that scripts and emoji need
MARKS = "[\u0300-\u036f\u0483-\u0489\u1dc0-\u1dff\u20d0-\u20ff]"
TOO_MANY_MARKS = re.compile(f"({MARKS}{{4}}){MARKS}+")  # "Zalgo"
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")  # half characters too: JSON can hold them
NO_JOINERS = dict.fromkeys(map(ord, KEPT_INVISIBLE))
TAGS = {"p", "br", "ul", "ol", "li", "strong", "em", "a", "blockquote", "code", "pre", "h3", "h4", "h5", "hr", "del"}
ATTRIBUTES = {"a": ["href", "title", "rel"], "ol": ["start"]}
# Cyrillic and Greek letters that look Latin
LOOK_ALIKE = str.maketrans(
    "\u0430\u0432\u0435\u0451\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u0456\u0458\u0455\u0501"
    "\u03b1\u03b5\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7",
    "abeekmhopctyxijsdaeikvoptux",
)
PROTOCOLS = {"http", "https", "mailto"}
WEB_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b(?:/\S*)?", re.IGNORECASE)

_markdown = MarkdownIt(
    "commonmark", {"html": False, "linkify": True, "breaks": True, "maxNesting": 12}
).enable(["linkify", "strikethrough"]).disable(["image"])  # fmt: skip


def clean_text(text: str | None) -> str:
    """What was typed, without what cannot be seen: NFC, `\\n` line ends, no control or bidi characters, trimmed."""
    text = (
        unicodedata.normalize("NFC", _few_marks(text or ""))
        .replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\x0b", "\n")
    )
    text = text.replace("\u2028", "\n").replace("\u2029", "\n")
    text = CONTROL.sub("", text)
    text = INVISIBLE.sub("", text)
    text = TOO_MANY_MARKS.sub(r"\1", text)
    text = "\n".join(line.rstrip() for line in text.split("\n"))  # a regular expression takes hours for 1 MB of blanks
    text = text.strip()
    return text if text.strip(KEPT_INVISIBLE + " \n\t\u00a0") else ""


def _few_marks(text: str) -> str:
    """At most thirty combining marks in a row (Unicode's "stream-safe" text): sorting more takes quadratic time."""
    if text.isascii():
        return text
    kept, row = [], 0
    for sign in text:
        row = row + 1 if unicodedata.combining(sign) else 0
        if row <= 30:
            kept.append(sign)
    return "".join(kept)


def clean_line(text: str | None) -> str:
    """`clean_text` on one line, blanks folded."""
    return re.sub(r"\s+", " ", clean_text(text)).strip()


def fold(text: str) -> str:
    """For comparing names: case, width, accents, umlauts and look-alike letters of other scripts play no part."""
    text = unicodedata.normalize("NFKC", clean_line(text)).casefold()
    text = text.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return clean_line(plain.casefold().translate(LOOK_ALIKE).translate(NO_JOINERS))


def normalise_email(text: str | None) -> str | None:
    """One address in the form that is kept and compared, or None: the domain as IDNA, all of it in small letters.

    `a+tag@x.de` is another address than `a@x.de`. Quoted names, display names and IP addresses are not taken.
    """
    address = clean_line((text or "")[: 4 * LONGEST_EMAIL])
    if len(address) > LONGEST_EMAIL:
        return None
    try:
        valid = validate_email(
            address, check_deliverability=False, allow_smtputf8=False, strict=True, test_environment=True
        )
    except EmailNotValidError:
        return None
    normalised = (valid.ascii_email or "").lower()
    return normalised if 0 < len(normalised) <= LONGEST_EMAIL else None


RESERVED = {"", "neu", "sortierung", "anderswo", "new", "admin", "api", "null", "undefined", "static", "en"}


def slugify(text: str, *, longest: int = 50) -> str:
    """A title as part of an address: `Gute Nachbarschaft!` becomes `gute-nachbarschaft`. Reserved words get a tail."""
    slug = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")[:longest].strip("-")
    return f"{slug}-1".lstrip("-") if slug in RESERVED else slug


def excerpt(text: str, length: int = 180) -> str:
    """The beginning of a Markdown text as one plain line, cut at a word."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    plain = re.sub(r"(?m)^\s*(#{1,6}|[-*+>]|\d+[.)])\s+", "", plain)
    plain = re.sub(r"[*_`~]{1,3}(?=\S)|(?<=\S)[*_`~]{1,3}", "", plain)
    plain = re.sub(r"\s+", " ", plain).strip()
    if len(plain) <= length:
        return plain
    return plain[:length].rsplit(" ", 1)[0].rstrip(" ,.;:–-") + " …"


def without_links(text: str) -> str:
    """A name or title in a mail to an address that nobody has proved: no mail program makes a link of it."""
    return WEB_ADDRESS.sub("[…]", text)


def render_markdown(text: str) -> str:
    """Markdown as HTML that is safe to show: no raw HTML, no images, links marked as foreign.

    The one place that knows bleach; see docs/decisions/0001.
    """
    return bleach.clean(
        _headings_below_the_page(_markdown.render(text[:LONGEST_MARKDOWN])),
        tags=TAGS, attributes=ATTRIBUTES, protocols=PROTOCOLS, strip=True, strip_comments=True,
    ).replace('<a href="http', '<a rel="nofollow ugc noopener" href="http')  # fmt: skip


def _headings_below_the_page(html: str) -> str:
    """A page has one h1 and its own h2: typed headings start at h3."""
    return re.sub(r"<(/?)h([1-6])>", lambda match: f"<{match[1]}h{min(5, int(match[2]) + 2)}>", html)


def safe_html(html: str) -> Markup:
    """HTML that `render_markdown` made and we stored, for a template. Nothing else may be passed."""
    return Markup(html)  # noqa: S704
