"""What a visitor chose on a list of ideas, as it stands in the address, to be shared."""

import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from flask import request

from ideenlab.accounts.access import visitor
from ideenlab.core.i18n import gettext as _
from ideenlab.core.links import url_for
from ideenlab.core.paging import LONGEST_CURSOR
from ideenlab.core.text import clean_line
from ideenlab.ideas.models import Call
from ideenlab.ideas.queries import Option, Wanted

ORDERS = {
    "zufall": "random", "neueste": "newest", "beliebt": "supported", "diskutiert": "discussed",
    "beantwortet": "answered", "zustimmung": "certainty", "umstritten": "controversy",
}  # fmt: skip
DEFAULT = "zufall"
ONLY_FOR_AGAINST = ("zustimmung", "umstritten")
LISTS = {"thema": "topic", "stadtteil": "district", "stand": "status", "schlagwort": "tag"}  # by slug
ORIGINS = {
    "online": "online", "werkstatt": "workshop", "postkarte": "postcard", "telefon": "telephone", "import": "import",
}  # fmt: skip
YES = "ja"
LONGEST_SEARCH = 100
SEEDS = 1_000_000


def new_draw() -> int:
    return secrets.randbelow(SEEDS)


@dataclass(frozen=True)
class Chip:
    """A filter that is set, and the address of the list without it."""

    name: str
    label: str
    href: str
    count: int | None = None


@dataclass(frozen=True)
class Choice:
    """`filters` holds what is in the address; `titles` how people call it."""

    slug: str
    text: str
    order: str
    filters: Mapping[str, str]
    titles: Mapping[str, str]
    wanted: Wanted
    seed: int | None
    cursor: str

    @property
    def is_default(self) -> bool:
        """The first page of everything, in the order that the server drew itself."""
        return not (self.text or self.filters or self.cursor or self.seed is not None) and self.order == DEFAULT

    @property
    def narrows(self) -> bool:
        return bool(self.text or self.filters)

    def address(self, **changes: object) -> str:
        """The address of the list with some of it changed; a changed filter begins at the first page."""
        whole = {"_external": True} if changes.pop("_external", False) else {}
        here = url_for("ideas.ideas", slug=self.slug, **whole)
        query = urlencode({name: value for name, value in {**self._said, **changes}.items() if value is not None})
        return f"{here}?{query}" if query else here

    @cached_property
    def _said(self) -> dict[str, object]:
        """What stands in the address, always in the same order; a list has twenty such addresses."""
        return {
            "suche": self.text or None,
            **{name: self.filters.get(name) for name in (*LISTS, "herkunft", "stellungnahme", "meine", "gefolgt")},
            "sortierung": self.order if self.order != DEFAULT else None,
            "mischung": self.seed if self.order == DEFAULT else None,
        }

    def chips(self, counts: Mapping[str, int] | None = None) -> Iterator[Chip]:
        """What is set; with the number of ideas that there would be without it, where it is known."""
        if self.text:
            label = _("Search: “%(text)s”", text=self.text)
            yield Chip("suche", label, self.address(suche=None), (counts or {}).get("text"))
        for name, label in self.titles.items():
            yield Chip(name, label, self.address(**{name: None}), (counts or {}).get(FIELDS[name]))


FIELDS = {**LISTS, "herkunft": "origin", "stellungnahme": "answered", "meine": "mine", "gefolgt": "followed"}


def origin_names() -> dict[str, str]:
    return {
        "online": _("Online"), "werkstatt": _("Workshop"), "postkarte": _("Postcard"), "telefon": _("Telephone"),
        "import": _("Taken over from elsewhere"),
    }  # fmt: skip


def labels() -> dict[str, str]:
    return {
        "thema": _("Topic"), "stadtteil": _("District"), "stand": _("Status"), "schlagwort": _("Keyword"),
        "herkunft": _("Came by"),
    }  # fmt: skip


def read_choice(call: Call, options: Mapping[str, list[Option]]) -> Choice:
    """Unknown values are as good as none."""
    given, names = request.args, labels()
    filters, titles, wanted = dict[str, str](), dict[str, str](), dict[str, object]()
    for name, kind in LISTS.items():
        option = next((option for option in options[kind] if option.slug == given.get(name)), None)
        if option:
            filters[name], wanted[kind] = option.slug, option.id
            titles[name] = f"{names[name]}: {option.title}"
    origin = given.get("herkunft", "")
    if origin in ORIGINS:
        filters["herkunft"], wanted["origin"] = origin, ORIGINS[origin]
        titles["herkunft"] = f"{names['herkunft']}: {origin_names()[origin]}"
    if given.get("stellungnahme") == YES:
        filters["stellungnahme"], wanted["answered"] = YES, True
        titles["stellungnahme"] = _("With an answer of the city")
    person = visitor()
    if given.get("meine") == YES and person:
        filters["meine"], wanted["mine"] = YES, person.id
        titles["meine"] = _("My own ideas")
    if given.get("gefolgt") == YES and person:
        filters["gefolgt"], wanted["followed"] = YES, person.id
        titles["gefolgt"] = _("Ideas that I follow")
    return Choice(
        slug=call.slug, text=clean_line(given.get("suche", "")[: 4 * LONGEST_SEARCH])[:LONGEST_SEARCH],
        order=_order(call), filters=filters, titles=titles, wanted=Wanted(**wanted),  # type: ignore[arg-type]
        seed=_seed(), cursor=_cursor(),
    )  # fmt: skip


def orders_of(call: Call) -> list[str]:
    votes = call.support_mode == "for_against"
    return [order for order in ORDERS if votes or order not in ONLY_FOR_AGAINST]


def _order(call: Call) -> str:
    order = request.args.get("sortierung", "")
    return order if order in orders_of(call) else DEFAULT


def _seed() -> int | None:
    seed = request.args.get("mischung", "")
    return int(seed) if re.fullmatch("[0-9]{1,9}", seed) else None


def _cursor() -> str:
    cursor = request.args.get("weiter", "")
    return cursor if len(cursor) <= LONGEST_CURSOR else ""
