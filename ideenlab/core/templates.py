"""How templates are kept, and pieces of pages that are written out once."""

from collections.abc import MutableMapping
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, request
from flask.templating import Environment
from markupsafe import Markup

from ideenlab.core.i18n import language
from ideenlab.core.text import without_links


class Templates(Environment):
    """Jinja's, except that a template without names of its own takes everybody's as they are.

    Jinja chains them, and compares the chain with itself for each import of a macro: a tenth of a page's time.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


def written(template: str, macro: str, *values: Any) -> Markup:
    """What a macro writes for these values. The same values are written out once, in each language.

    Only for macros that know nothing but their arguments: neither who looks, nor which page it is, nor the time.
    """
    return _written(template, macro, language(), request.script_root, *values)


@lru_cache(maxsize=8192)
def _written(template: str, macro: str, _language: str, _prefix: str, *values: Any) -> Markup:
    page: Any = current_app.jinja_env.get_template(template).module
    text: Markup = getattr(page, macro)(*values)
    return text


def register_templates(app: Flask) -> None:
    """Before anything else looks for the templates."""
    app.jinja_environment = Templates
    app.jinja_env.globals["written"] = written
    app.jinja_env.filters["without_links"] = without_links
