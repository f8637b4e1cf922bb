"""Placeholder until the assets land."""

from flask import Flask


def register_assets(app: Flask) -> None:
    app.jinja_env.globals["asset"] = lambda name: f"/static/vendor/{name}"
