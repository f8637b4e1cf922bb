"""Each door of the API says what it gives; the description for programs is made of that."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from flask import current_app, request

from ideenlab.opendata.api.parameters import PAGING, Parameter, read_parameters

V = TypeVar("V", bound=Callable[..., Any])


@dataclass(frozen=True)
class Door:
    """`shape` is the thing that comes back; `body` and `scope` only where something is sent."""

    about: str
    shape: str
    is_list: bool = False
    parameters: tuple[Parameter, ...] = ()
    scope: str = ""
    body: dict[str, dict[str, Any]] = field(default_factory=dict)
    needed: tuple[str, ...] = ()


def one(about: str, shape: str) -> Callable[[V], V]:
    return describe(Door(about, shape))


def many(about: str, shape: str, *parameters: Parameter) -> Callable[[V], V]:
    return describe(Door(about, shape, is_list=True, parameters=(*parameters, *PAGING)))


def describe(door: Door) -> Callable[[V], V]:
    def mark(view: V) -> V:
        view.door = door  # type: ignore[attr-defined]
        return view

    return mark


def door_of(endpoint: str) -> Door:
    view: Any = current_app.view_functions[endpoint]
    door: Door = view.door
    return door


def given() -> dict[str, Any]:
    """The parameters of this request. Raises Invalid."""
    return read_parameters(door_of(request.endpoint or "").parameters)


def filters_and_paging() -> tuple[dict[str, Any], dict[str, Any]]:
    values = given()
    paging = {parameter.name: values.pop(parameter.name) for parameter in PAGING}
    return values, paging
