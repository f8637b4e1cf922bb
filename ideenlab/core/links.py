"""Addresses: quickly for templates; for mails and exports always under the configured base address."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, cast

import flask
from flask import Flask, current_app, request
from werkzeug.routing import BuildError

from ideenlab.config import Settings
from ideenlab.core.i18n import language


def public_url(endpoint: str, *, anchor: str = "", **values: Any) -> str:
    """The full address of a page, in the language spoken now. Never made from a request's Host header.

    What must not stand in any log, a code for example, goes into the `anchor`: docs/decisions/0015.
    """
    return full_address(local_path(endpoint, anchor=anchor, **values))


def public_page(endpoint: str, **values: Any) -> str | None:
    """The same, or None where this house has no such page."""
    try:
        return full_address(local_path(endpoint, **values))
    except BuildError:
        return None


def local_path(endpoint: str, *, anchor: str = "", **values: Any) -> str:
    """The address of a page on this host, without a language."""
    build = cast(Callable[..., str], current_app.extensions["local_path"])
    path = build(endpoint, **values)
    return path + (f"#{anchor}" if anchor else "")


def _path(endpoint: str, **values: Any) -> str:
    path: str = current_app.url_map.bind("localhost").build(endpoint, values)
    return path


def full_address(path: str) -> str:
    """What `local_path` gave, under the configured base address and in the language spoken now."""
    settings: Settings = current_app.config["SETTINGS"]
    return f"{settings.base_url}{'/en' if language() == 'en' else ''}{path}"


SOME_NUMBER = 1_234_567_890


def _remembering(build: Callable[..., str], before: Callable[[], str]) -> Callable[..., str]:
    """`url_for` that builds each address once: a list has fifty, and they never change below the same prefix.

    What has nothing but a number is built once for all numbers: there are more ideas than can be remembered.
    """

    @lru_cache(maxsize=8192)
    def built(_prefix: str, endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
        return build(endpoint, **dict(values))

    def remembered(endpoint: str, **values: Any) -> str:
        if len(values) == 1 and not endpoint.startswith("."):
            ((name, value),) = values.items()
            if type(value) is int and value >= 0:
                address = built(before(), endpoint, ((name, SOME_NUMBER),))
                return address.replace(str(SOME_NUMBER), str(value))
        if None in values.values():
            values = {name: value for name, value in values.items() if value is not None}
        if endpoint.startswith(".") or not all(type(value) in (int, str) for value in values.values()):
            return build(endpoint, **values)
        return built(before(), endpoint, tuple(values.items()))

    return remembered


def url_for(endpoint: str, **values: Any) -> str:
    """The address of a page as `flask.url_for` gives it, remembered."""
    build = cast(Callable[..., str], current_app.jinja_env.globals["url_for"])
    return build(endpoint, **values)


def register_links(app: Flask) -> None:
    app.jinja_env.globals["url_for"] = _remembering(flask.url_for, lambda: request.script_root)
    app.extensions["local_path"] = _remembering(_path, str)
