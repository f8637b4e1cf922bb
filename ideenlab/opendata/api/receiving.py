"""How a request that writes is read: first the key, then the body, and only then a transaction that may write."""

import json
import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.problems import problem
from ideenlab.core.security import needs_no_token
from ideenlab.core.verdict import require
from ideenlab.core.web import begin_writing, slow_first
from ideenlab.opendata.actions import note_use
from ideenlab.opendata.api.doors import Door, describe
from ideenlab.opendata.queries import find_key
from ideenlab.opendata.rules import is_living, may_use_key

V = TypeVar("V", bound=Callable[..., Any])
BEARER = re.compile(r"Bearer ([\w-]{20,100})", re.ASCII)
LARGEST_BODY = 200_000
KINDS = {"string": str, "boolean": bool, "integer": int}
SURROGATE = re.compile("[\ud800-\udfff]")


def sends(
    about: str, shape: str, *, scope: str, body: dict[str, dict[str, Any]], needed: tuple[str, ...]
) -> Callable[[Callable[..., ResponseReturnValue]], Any]:
    """The view gets the person whose key it is and what was sent. No cookie is looked at, so none can be abused."""
    door = Door(about, shape, scope=scope, body=body, needed=needed)

    def mark(view: Callable[..., ResponseReturnValue]) -> Any:
        @wraps(view)
        def opened(**address: Any) -> ResponseReturnValue:
            secret = BEARER.fullmatch(request.headers.get("Authorization", ""))
            if secret is None:
                return _who_are_you()
            sent = read_body(door)
            begin_writing()
            key = find_key(secret[1])
            if key is None or not is_living(key, now()):
                return _who_are_you()
            require(may_use_key(key, scope))
            note_use(key)
            return view(key.person, sent, **address)

        return describe(door)(slow_first(needs_no_token(opened)))

    return mark


def _who_are_you() -> ResponseReturnValue:
    said = _("Please send a valid key in the header “Authorization: Bearer …”. You make keys on your account page.")
    return problem(401, said, headers=[("WWW-Authenticate", 'Bearer realm="Ideenlab"')])


def read_body(door: Door) -> dict[str, Any]:
    """What was sent, each field as the description says. Raises what becomes 400, 413, 415 or 422."""
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if request.mimetype != "application/json" or charset not in ("utf-8", "utf8") or request.content_encoding:
        raise UnsupportedMediaType
    body = request.get_data()
    if len(body) > LARGEST_BODY:
        raise RequestEntityTooLarge
    try:
        sent = json.loads(body.decode(), object_pairs_hook=_each_once, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise BadRequest from None
    if not isinstance(sent, dict):
        raise Invalid(_("Please send an object with fields."))
    _check_names(sent, door)
    for name, value in sent.items():
        _check(name, value, door.body[name])
    return {name: value for name, value in sent.items() if value is not None}


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name that comes twice")
    return found


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _check_names(sent: dict[str, Any], door: Door) -> None:
    for name in sent:
        if name not in door.body:
            known = ", ".join(door.body)
            shown = SURROGATE.sub("", name[:60])
            raise Invalid(_("This field does not exist. There are: %(known)s.", known=known), field=shown)
    for name in door.needed:
        if sent.get(name) is None:
            raise Invalid(_("This field is missing."), field=name)


def _check(name: str, value: Any, schema: dict[str, Any]) -> None:
    if type(value) is not KINDS[schema["type"]]:
        raise Invalid(_("This must be of the type “%(type)s”.", type=schema["type"]), field=name)
    if isinstance(value, str):
        _check_text(name, value, schema)
    if "enum" in schema and value not in schema["enum"]:
        raise Invalid(_("Please give one of these: %(known)s.", known=", ".join(schema["enum"])), field=name)
    lowest, highest = schema.get("minimum"), schema.get("maximum")
    if lowest is not None and highest is not None and not lowest <= value <= highest:
        said = _("Please give a whole number from %(lowest)s to %(highest)s.", lowest=lowest, highest=highest)
        raise Invalid(said, field=name)


def _check_text(name: str, value: str, schema: dict[str, Any]) -> None:
    if SURROGATE.search(value):
        raise Invalid(_("This text holds half a character."), field=name)
    shortest, longest = schema.get("minLength", 0), schema.get("maxLength")
    if len(value) < shortest or (longest and len(value) > longest):
        said = _("Please give %(shortest)s to %(longest)s characters.", shortest=shortest, longest=longest)
        raise Invalid(said, field=name)
