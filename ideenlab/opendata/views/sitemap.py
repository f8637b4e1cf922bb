"""For search engines: every page that is for everybody, in each language."""

from collections.abc import Iterator
from typing import Any

from flask import Response, current_app
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public
from ideenlab.core.errors import NotFound
from ideenlab.core.i18n import LANGUAGES, offered
from ideenlab.core.links import local_path
from ideenlab.core.page_cache import same_for_visitors
from ideenlab.core.security import city
from ideenlab.core.web import streamed
from ideenlab.insights.rules import CHAPTERS
from ideenlab.opendata.maths.atom import moment, xml
from ideenlab.opendata.queries import Place, places
from ideenlab.opendata.views.door import blueprint

MOST = 50_000  # addresses in one file, as search engines take them
PER_FILE = MOST // len(LANGUAGES)
STANDING = (
    "pages.start", "pages.editions", "events.programme", "ideas.calls", "ideas.sorting", "exchange.elsewhere",
    "hackathons.hackathons", "partners.partners", "pages.results", "insights.overview", "pages.help", "pages.imprint",
    "pages.privacy", "privacy.objection", "pages.accessibility", "barriers.report", "texts.plain", "texts.signs",
    "texts.press", "city.language_help", "moderation.rules", "moderation.figures", "opendata.open_data",
)  # fmt: skip
# A line closes all that begins with it: "/moderation/" leaves the rules of the moderation open
CLOSED = (
    "/konto", "/anmelden", "/registrieren", "/moderation/", "/organisation", "/administration", "/jury",
    "/mein-bereich", "/demo",
)  # fmt: skip
INLINE = {"Content-Disposition": "inline"}
NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'


@blueprint.get("/robots.txt")
@public
@same_for_visitors
def robots() -> ResponseReturnValue:
    closed = [f"Disallow: {prefix}{path}" for prefix in ("", "/en") for path in CLOSED]
    lines = ["User-agent: *", *closed, f"Sitemap: {city().base_url}/sitemap.xml", ""]
    return Response("\n".join(lines), mimetype="text/plain")


@blueprint.get("/sitemap.xml")
@public
def sitemap() -> ResponseReturnValue:
    """The pages themselves, or where there are too many, the files that hold them."""
    parts = _parts()
    if len(parts) <= 1:
        return streamed(lambda: _addresses(1), "application/xml", **INLINE)
    entries = [f"<sitemap><loc>{city().base_url}/sitemap-{n}.xml</loc></sitemap>" for n in range(1, len(parts) + 1)]
    head = ['<?xml version="1.0" encoding="utf-8"?>', f"<sitemapindex {NAMESPACES}>"]
    return Response("\n".join([*head, *entries, "</sitemapindex>", ""]), mimetype="application/xml")


@blueprint.get("/sitemap-<int:number>.xml")
@public
def sitemap_part(number: int) -> ResponseReturnValue:
    if not 1 <= number <= len(_parts()):
        raise NotFound
    return streamed(lambda: _addresses(number), "application/xml", **INLINE)


def _parts() -> list[list[Place]]:
    every = [Place(endpoint, "", "") for endpoint in STANDING]
    every += [Place("insights.chapter", "chapter", chapter) for chapter in CHAPTERS] + places()
    every = [place for place in every if place.endpoint in current_app.view_functions]
    return [every[start : start + PER_FILE] for start in range(0, len(every), PER_FILE)]


def _addresses(number: int) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="utf-8"?>\n<urlset {NAMESPACES}>\n'
    for place in _parts()[number - 1]:
        values: dict[str, Any] = {place.name: place.value} if place.name else {}
        yield _address(local_path(place.endpoint, **values), place)
    yield "</urlset>\n"


def _address(path: str, place: Place) -> str:
    """One entry for each language, and each names all of them."""
    base = city().base_url
    both = {code: base + ("" if code == "de" else f"/{code}") + path for code in offered()}
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{name}" href="{xml(address)}"/>' for name, address in both.items()
    )
    changed = f"<lastmod>{moment(place.changed_at)}</lastmod>" if place.changed_at else ""
    return "".join(f"<url><loc>{xml(address)}</loc>{changed}{links}</url>\n" for address in both.values())
