"""Keys for tests."""

from typing import Any

from ideenlab.accounts.models import Person
from ideenlab.core.db import transaction
from ideenlab.opendata.actions import make_key
from ideenlab.opendata.rules import SCOPES


def a_key(person: Person, *, scopes: tuple[str, ...] = tuple(SCOPES), days: int = 30) -> dict[str, Any]:
    """The header with which a program shows its key."""
    with transaction():
        _key, secret = make_key(person, name="Schlüssel", scopes=scopes, days=days)
    return {"Authorization": f"Bearer {secret}"}
