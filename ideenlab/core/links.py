"""Addresses that leave the house, in mails and exports: always under the configured base address."""

from flask import current_app

from ideenlab.config import Settings
from ideenlab.core.i18n import language


def public_url(endpoint: str, *, anchor: str = "", **values: object) -> str:
    """The full address of a page, in the language spoken now. Never made from a request's Host header."""
    settings: Settings = current_app.config["SETTINGS"]
    path = current_app.url_map.bind("localhost").build(endpoint, values)
    prefix = "/en" if language() == "en" else ""
    return f"{settings.base_url}{prefix}{path}" + (f"#{anchor}" if anchor else "")
