"""How the city's words become a page."""

import re

from markupsafe import Markup, escape

from ideenlab.core.braces import fill_in
from ideenlab.core.i18n import language
from ideenlab.core.text import render_markdown, safe_html
from ideenlab.texts.queries import find_text
from ideenlab.texts.rules.pages import in_use

HEADING = re.compile(r"<(/?)h([345])>")
LINKED = ("{adresse}", "{mail}")  # what may stand in the address of a link; Markdown has escaped it there


def page_html(text: str) -> str:
    """Markdown as it stands on a page: its largest headings come right below the page's own, whatever was typed."""
    html = render_markdown(text)
    up = min((int(match[2]) for match in HEADING.finditer(html)), default=2) - 2
    html = HEADING.sub(lambda match: f"<{match[1]}h{int(match[2]) - up}>", html)
    for name in LINKED:
        html = html.replace(name.replace("{", "%7B").replace("}", "%7D"), name)
    return html


def shown_page(name: str) -> Markup | None:
    """The city's words for a page in the language spoken now, with what stands in braces filled in."""
    text = find_text("page", name, language())
    return with_values(text.html) if text and text.html else None


def with_values(html: str) -> Markup:
    """Values are the city's settings: text, never markup."""
    values = {name: str(escape(value)).replace("\n", "<br>") for name, value in in_use().items()}
    return safe_html(fill_in(html, values))
