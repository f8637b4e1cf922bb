"""What every page takes from the city: its colour and its logo; and how the city writes."""

import hashlib

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public
from ideenlab.city.maths import css_of
from ideenlab.city.queries import glossary as every_word
from ideenlab.city.queries import logo_file
from ideenlab.core.attachment import shown_picture
from ideenlab.core.errors import NotFound
from ideenlab.core.links import local_path
from ideenlab.core.page_cache import same_for_visitors
from ideenlab.core.security import city

blueprint = Blueprint("city", __name__)


@blueprint.get("/stadt.css")
@public
def theme() -> ResponseReturnValue:
    """The city's colour above the one that comes with Ideenlab. Nothing, where it has chosen none."""
    accent = city().city_accent
    response = Response(css_of(accent) if accent else "", mimetype="text/css")
    response.headers["Cache-Control"] = "public, max-age=300"
    response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:32])
    return response.make_conditional(request.environ)


@blueprint.get("/stadt-logo.webp")
@public
def logo() -> ResponseReturnValue:
    if not city().city_logo:
        raise NotFound
    file = logo_file(city().city_logo)
    return shown_picture(file.key, sha256=file.sha256, size=file.size, everybody=True)


@blueprint.get("/sprache")
@public
@same_for_visitors
def language_help() -> ResponseReturnValue:
    """How the city writes about people, and its list of words."""
    return render_template("city/language_help.html", words=every_word())


def theme_href() -> str:
    """The address changes with the colour, so that no browser shows the old one."""
    accent = city().city_accent
    return f"{local_path('city.theme')}?farbe={accent[1:]}" if accent else ""


def logo_href() -> str:
    key = city().city_logo
    return f"{local_path('city.logo')}?bild={key[:12]}" if key else ""


@blueprint.app_context_processor
def give_look() -> dict[str, object]:
    return {"theme_href": theme_href, "logo_href": logo_href}
