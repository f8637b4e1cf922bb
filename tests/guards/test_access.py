"""Who may open which route: the whole table, in `routes.txt` beside this file.

A line is `access METHODS address endpoint`. When a route is new or gone, the difference is the message of the failure.
"""

from pathlib import Path

from flask import Flask

from ideenlab import create_app
from tests.conftest import make_settings

TABLE = Path(__file__).with_name("routes.txt")


def declared(app: Flask) -> list[str]:
    lines = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static":
            methods = ",".join(sorted(rule.methods - {"HEAD", "OPTIONS"}))
            access = getattr(app.view_functions[rule.endpoint], "access", "nobody")
            lines.append(f"{access:13} {methods:8} {rule.rule} {rule.endpoint}")
    return sorted(lines)


def test_every_route_says_who_may_open_it(app):
    assert declared(app) == TABLE.read_text().splitlines()


def test_a_route_that_says_nothing_is_refused(app, tmp_path):
    other = create_app(make_settings(app.config["SQLALCHEMY_DATABASE_URI"], tmp_path))
    other.add_url_rule("/oops", view_func=lambda: "secret", endpoint="oops")
    answer = other.test_client().get("/oops")
    assert (answer.status_code, "secret" in answer.text) == (403, False)
