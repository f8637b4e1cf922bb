"""The description for programs, OpenAPI 3.1: made of the doors themselves, so that it cannot say anything else."""

import re
from collections.abc import Iterator
from typing import Any

from flask import Response, current_app
from werkzeug.routing import Rule

from ideenlab.accounts.access import public
from ideenlab.core.links import full_address, public_url
from ideenlab.core.security import city
from ideenlab.opendata.api.answering import LICENCE_URL, answer, licence, source
from ideenlab.opendata.api.blueprint import blueprint
from ideenlab.opendata.api.doors import Door, describe, door_of
from ideenlab.opendata.api.parameters import SLUG
from ideenlab.opendata.api.shapes import SHAPES
from ideenlab.opendata.queries import LARGEST
from ideenlab.opendata.rules import SCOPES

PLAIN = {
    "string": {"type": "string"}, "integer": {"type": "integer"}, "number": {"type": "number"},
    "boolean": {"type": "boolean"}, "date-time": {"type": "string", "format": "date-time"},
    "date": {"type": "string", "format": "date"}, "uri": {"type": "string", "format": "uri"},
}  # fmt: skip
PROBLEM = {
    "type": "object", "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {"type": "array", "items": {
            "type": "object", "required": ["field", "message"],
            "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
        }},
    },
}  # fmt: skip
ERRORS = {
    400: "The request cannot be read.", 401: "The key is missing, wrong, or has run out.",
    403: "Not allowed now. `detail` says why, and when it will be.", 404: "There is no such thing.",
    406: "Only JSON is spoken here.", 409: "Somebody else was faster.", 410: "It was taken back.",
    413: "The request is too large.", 415: "Only JSON in UTF-8 is understood here.",
    422: "A parameter or field cannot be used.", 429: "Too many requests; see Retry-After.", 500: "A fault of ours.",
}  # fmt: skip


@blueprint.get("/")
@public
@describe(Door("What there is", "Index"))
def index() -> Response:
    doors = {rule.endpoint.removeprefix("api."): full_address(rule.rule) for rule in _rules() if _is_plain(rule)}
    return answer({"data": doors, "licence": licence(), "source": source()})


@blueprint.get("/openapi.json")
@public
@describe(Door("This description", "Description"))
def openapi() -> Response:
    return answer(whole_description())


def _rules() -> Iterator[Rule]:
    for rule in sorted(current_app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)):
        if rule.endpoint.startswith("api."):
            yield rule


def _is_plain(rule: Rule) -> bool:
    return not rule.arguments and "GET" in (rule.methods or ())


def whole_description() -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for rule in _rules():
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            paths.setdefault(path, {})[method.lower()] = _operation(rule, door_of(rule.endpoint))
    about = "Everything that everybody can read on the pages of the city, for programs. Times are in UTC."
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"Ideenlab {city().city_name}", "version": "1", "description": about,
            "license": {"name": licence()["name"], "url": LICENCE_URL},
        },
        "servers": [{"url": full_address("")}], "externalDocs": {"url": public_url("opendata.open_data")},
        "paths": paths,
        "components": {
            "schemas": {name: _schema(shape) for name, shape in SHAPES.items()} | {"Problem": PROBLEM} | _ANSWERS,
            "securitySchemes": {"key": {
                "type": "http", "scheme": "bearer",
                "description": "; ".join(f"{scope}: {said}" for scope, (said, _label) in SCOPES.items()),
            }},
        },
    }  # fmt: skip


def _operation(rule: Rule, door: Door) -> dict[str, Any]:
    """What one door takes and gives."""
    good, errors = "201" if door.body else "200", [404, 406, 422, 429, 500]
    if door.body:
        errors += [400, 401, 403, 409, 410, 413, 415]
    elif "idea_id" in rule.arguments:
        errors.append(410)
    operation: dict[str, Any] = {
        "operationId": rule.endpoint.removeprefix("api."), "summary": door.about,
        "parameters": [_in_path(rule, name) for name in sorted(rule.arguments)] + [
            {"name": each.name, "in": "query", "description": each.about, "schema": each.schema}
            for each in door.parameters
        ],
        "responses": {
            good: {"description": door.about, "content": {"application/json": {"schema": _given(door)}}},
            **({} if door.body else {"304": {"description": "Nothing has changed."}}),
            **{str(status): _error(status) for status in sorted(errors)},
        },
    }  # fmt: skip
    if door.body:
        body = {"type": "object", "properties": door.body, "required": [*door.needed], "additionalProperties": False}
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
        operation["security"] = [{"key": []}]
        operation["description"] = f"Needs a key with the scope `{door.scope}`."
    return operation


def _in_path(rule: Rule, name: str) -> dict[str, Any]:
    whole = f"<int:{name}>" in rule.rule
    schema = {"type": "integer", "minimum": 1, "maximum": LARGEST} if whole else {"type": "string", "pattern": SLUG}
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _given(door: Door) -> dict[str, Any]:
    if door.shape not in SHAPES:
        return _ref(door.shape)
    data = {"type": "array", "items": _ref(door.shape)} if door.is_list else _ref(door.shape)
    links = _ref("Links" if door.is_list else "Self")
    around = {"data": data, "links": links, "licence": _ref("Licence"), "source": _ref("Source")}
    return {"type": "object", "required": [*around], "properties": around}


def _error(status: int) -> dict[str, Any]:
    return {"description": ERRORS[status], "content": {"application/problem+json": {"schema": _ref("Problem")}}}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _schema(shape: dict[str, str]) -> dict[str, Any]:
    properties = {name: _type(kind) for name, kind in shape.items()}
    return {"type": "object", "required": [*shape], "properties": properties, "additionalProperties": False}


def _type(kind: str) -> dict[str, Any]:
    if kind.endswith("?"):
        known = _type(kind[:-1])
        return {"oneOf": [known, {"type": "null"}]} if "$ref" in known else known | {"type": [known["type"], "null"]}
    if kind.startswith("["):
        return {"type": "array", "items": _type(kind[1:-1])}
    return dict(PLAIN[kind]) if kind in PLAIN else _ref(kind)


_ANSWERS = {
    "Links": _schema({"self": "uri", "next": "uri?"}), "Self": _schema({"self": "uri"}),
    "Licence": _schema({"name": "string", "url": "uri"}), "Source": _schema({"name": "string", "url": "uri"}),
    "Index": {"type": "object", "required": ["data"]}, "Description": {"type": "object", "required": ["openapi"]},
}  # fmt: skip
