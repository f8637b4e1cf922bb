"""What a team keeps on its page: links, and what happened."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from ideenlab.accounts.models import Person
from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound
from ideenlab.history.models import Entry
from ideenlab.history.queries import entries_of
from ideenlab.teams.models import Membership, Team, TeamLink


@dataclass(frozen=True)
class Deed:
    """One line of the log: who did what to whom."""

    entry: Entry
    actor: Person | None
    other: Person | None


def links_of(team: Team) -> Sequence[TeamLink]:
    return db.session.scalars(select(TeamLink).where(TeamLink.team_id == team.id).order_by(TeamLink.id)).all()


def get_link(link_id: int) -> TeamLink:
    found = find(TeamLink, link_id)
    if found is None:
        raise NotFound
    return found


def get_membership(person: Person, team: Team) -> Membership:
    found = db.session.scalar(
        select(Membership).where(Membership.team_id == team.id, Membership.person_id == person.id)
    )
    if found is None:
        raise NotFound
    return found


def deeds_of(team: Team, *, most: int = 100) -> list[Deed]:
    """What happened to a team, newest first, with the people where they still have an account."""
    entries = entries_of(team, most=most)
    numbers = {entry.actor_id for entry in entries if entry.actor_id} | {_other(entry) for entry in entries}
    people = {person.id: person for person in db.session.scalars(select(Person).where(Person.id.in_(numbers)))}
    return [Deed(entry, people.get(entry.actor_id or 0), people.get(_other(entry))) for entry in entries]


def _other(entry: Entry) -> int:
    """Where a deed is about another member, its note is their number."""
    return int(entry.note) if re.fullmatch("[0-9]{1,9}", entry.note) else 0
