"""People who are made up: without a password there is no way in, and nobody is told anything."""

from collections.abc import Sequence

from ideenlab.accounts.actions.invitations import free_pseudonym
from ideenlab.accounts.models import Person
from ideenlab.core.db import db
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import fold
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import find_registration
from ideenlab.rehearsals.queries import trial_people_of

TEAMS = 3
TREES = (
    "Ahorn", "Birke", "Buche", "Eibe", "Eiche", "Erle", "Esche", "Fichte", "Hasel", "Kiefer", "Linde", "Pappel",
    "Tanne", "Ulme", "Weide",
)  # fmt: skip


def trial_person(name: str) -> Person:
    pseudonym = free_pseudonym(_("Trial %(name)s", name=name))
    person = Person(pseudonym=pseudonym, pseudonym_folded=fold(pseudonym), state="active", is_trial=True)
    db.session.add(person)
    db.session.flush()
    return person


def tree(number: int) -> str:
    return TREES[number % len(TREES)] + (f" {number // len(TREES) + 1}" if number >= len(TREES) else "")


def team_size(rehearsal: Hackathon) -> int:
    return max(rehearsal.team_size_min, min(3, rehearsal.team_size_max))


def participants(rehearsal: Hackathon) -> Sequence[Person]:
    return [person for person in trial_people_of(rehearsal) if find_registration(person, rehearsal)]
