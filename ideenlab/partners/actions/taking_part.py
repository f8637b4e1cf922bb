"""Which partners take part in a week, as what, and in which order."""

from ideenlab.accounts.models import Person
from ideenlab.core.db import db
from ideenlab.core.text import clean_line
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.partners.models import Participation, Partner
from ideenlab.partners.queries import find_participation, next_place_in, participations_in
from ideenlab.partners.rules import may_manage_partners
from ideenlab.programme.models import Edition


def set_part(organiser: Person, *, partner: Partner, edition: Edition, part: str) -> Participation:
    """A partner takes part in a week, and what it does there in words. Said again, only the words change."""
    require(may_manage_partners(organiser))
    taking = find_participation(partner, edition)
    if taking is None:
        taking = Participation(partner=partner, edition=edition, position=next_place_in(edition))
        db.session.add(taking)
    taking.part = clean_line(part)
    record(organiser, "partners.part_set", taking)
    db.session.flush()
    return taking


def end_participation(organiser: Person, *, taking: Participation) -> None:
    require(may_manage_partners(organiser))
    record(organiser, "partners.part_ended", taking.partner, note=taking.edition.title)
    db.session.delete(taking)
    db.session.flush()


def move_participation(organiser: Person, *, taking: Participation, up: bool) -> None:
    """Change places with the neighbour."""
    require(may_manage_partners(organiser))
    row = participations_in(taking.edition)
    here = row.index(taking)
    there = here - 1 if up else here + 1
    if 0 <= there < len(row):
        row[here], row[there] = row[there], row[here]
        for position, each in enumerate(row, 1):
            each.position = position
    db.session.flush()


def take_partners_along(_organiser: Person, before: Edition, copy: Edition) -> None:
    """Who took part in a week takes part in the one that begins with it, as the same and in the same order."""
    for taking in participations_in(before):
        db.session.add(Participation(edition=copy, partner=taking.partner, part=taking.part, position=taking.position))
    db.session.flush()
