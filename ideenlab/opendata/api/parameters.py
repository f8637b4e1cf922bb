"""What may stand behind the question mark: read strictly, so that a mistyped filter is no wrong answer."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import request

from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.paging import LONGEST_CURSOR
from ideenlab.core.text import clean_line
from ideenlab.opendata.queries import LARGEST, LONGEST_PAGE, ORDERS

SLUG = "^[a-z0-9]+(-[a-z0-9]+)*$"
MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(\.\d{1,6})?(Z|[+-]\d{2}:\d{2})")


@dataclass(frozen=True)
class Parameter:
    """`schema` is shown as it is in the description, and `read` insists on it."""

    name: str
    about: str
    schema: dict[str, Any]
    read: Callable[[str], Any]
    default: Any = None


def _wrong(shown: object) -> ValueError:
    return ValueError(str(shown))


def _slug(text: str) -> str:
    if len(text) > 80 or not re.fullmatch(SLUG, text):
        raise _wrong(_("Please give the short name from the address, such as “buergerlab”."))
    return text


def _words(text: str) -> str:
    words = clean_line(text[:400])[:100]
    if not words:
        raise _wrong(_("Please give at least one word."))
    return words


def _flag(text: str) -> bool:
    if text not in ("true", "false"):
        raise _wrong(_("Please give “true” or “false”."))
    return text == "true"


def _whole(lowest: int, highest: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch("[0-9]{1,10}", text) or not lowest <= int(text) <= highest:
            raise _wrong(
                _("Please give a whole number from %(lowest)s to %(highest)s.", lowest=lowest, highest=highest)
            )
        return int(text)

    return read


def _one_of(known: tuple[str, ...]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in known:
            raise _wrong(_("Please give one of these: %(known)s.", known=", ".join(known)))
        return text

    return read


def _moment(text: str) -> datetime:
    text = text.replace(" ", "+")  # a plus sign in an address is a blank
    match = MOMENT.fullmatch(text)
    try:
        if not match or not match[1].isascii():
            raise ValueError
        return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)
    except (ValueError, OverflowError):
        raise _wrong(_("Please give a time like this: 2027-06-27T16:00:00Z.")) from None


def _cursor(text: str) -> str:
    if len(text) > LONGEST_CURSOR:
        raise _wrong(_("This cursor is not one of ours, or belongs to another order."))
    return text


def slug(name: str, about: str) -> Parameter:
    return Parameter(name, about, {"type": "string", "pattern": SLUG, "maxLength": 80}, _slug)


def number(name: str, about: str) -> Parameter:
    known = {"type": "integer", "minimum": 1, "maximum": LARGEST}
    return Parameter(name, about, known, _whole(1, LARGEST))


def flag(name: str, about: str) -> Parameter:
    return Parameter(name, about, {"type": "boolean"}, _flag)


def choice(name: str, about: str, known: tuple[str, ...], default: str | None = None) -> Parameter:
    schema: dict[str, Any] = {"type": "string", "enum": list(known)}
    return Parameter(name, about, schema | ({"default": default} if default else {}), _one_of(known), default)


def words(name: str, about: str) -> Parameter:
    return Parameter(name, about, {"type": "string", "minLength": 1, "maxLength": 100}, _words)


def moment(name: str, about: str) -> Parameter:
    return Parameter(name, about, {"type": "string", "format": "date-time"}, _moment)


PAGING = (
    choice("order", "By the order in which things were entered.", ORDERS, "newest"),
    Parameter(
        "limit", "How many at once.", {"type": "integer", "minimum": 1, "maximum": LONGEST_PAGE, "default": 20},
        _whole(1, LONGEST_PAGE), 20,
    ),
    Parameter("cursor", "From the `next` link of the page before.", {"type": "string"}, _cursor, ""),
)  # fmt: skip


def read_parameters(known: tuple[Parameter, ...]) -> dict[str, Any]:
    """Each by its name. Raises Invalid for the first that cannot be used or is not known."""
    names = {parameter.name for parameter in known}
    for name in request.args:
        if name not in names:
            there = ", ".join(sorted(names)) or "–"
            field = clean_line(name[:60])
            raise Invalid(_("This parameter does not exist. There are: %(known)s.", known=there), field=field)
        if len(request.args.getlist(name)) > 1:
            raise Invalid(_("Please give this only once."), field=name)
    return {parameter.name: _read(parameter) for parameter in known}


def _read(parameter: Parameter) -> Any:
    text = request.args.get(parameter.name)
    if text is None:
        return parameter.default
    try:
        return parameter.read(text)
    except ValueError as error:
        raise Invalid(str(error), field=parameter.name) from None
