"""Pages that are nothing but words: press, plain language, sign language. And the city's words for other pages."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public
from ideenlab.core.page_cache import same_for_visitors
from ideenlab.texts.rules import shown_page

blueprint = Blueprint("texts", __name__)


@blueprint.get("/presse")
@public
@same_for_visitors
def press() -> ResponseReturnValue:
    return render_template("texts/press.html", words=shown_page("press"))


@blueprint.get("/leichte-sprache")
@public
@same_for_visitors
def plain() -> ResponseReturnValue:
    return render_template("texts/plain.html", words=shown_page("plain"))


@blueprint.get("/gebaerdensprache")
@public
@same_for_visitors
def signs() -> ResponseReturnValue:
    return render_template("texts/signs.html", words=shown_page("signs"))


@blueprint.app_context_processor
def give_words() -> dict[str, object]:
    """For pages of upper floors, such as the imprint: `city_words("imprint")` (decision 0007)."""
    return {"city_words": shown_page}
