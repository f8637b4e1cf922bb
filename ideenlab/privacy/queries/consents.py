"""What somebody has agreed to, from the rows where it is kept anyway."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ideenlab.accounts.models import Person
from ideenlab.core.db import db
from ideenlab.hackathons.models import Consent, Registration
from ideenlab.history.models import Entry
from ideenlab.ideas.actions.ideas import LICENCE
from ideenlab.ideas.models import Idea
from ideenlab.jury.models import Juror

MOST = 200


@dataclass(frozen=True)
class Licence:
    """That an idea may be shown and used by everybody, under this licence."""

    idea: Idea
    licence: str
    given_at: datetime


def hackathon_consents(person: Person) -> list[Consent]:
    """The latest first, withdrawn ones too: they prove that they held until then."""
    mine = select(Consent).join(Consent.registration).where(Registration.person_id == person.id)
    mine = mine.options(joinedload(Consent.registration).joinedload(Registration.hackathon))
    return list(db.session.scalars(mine.order_by(Consent.given_at.desc(), Consent.id.desc()).limit(MOST)))


def licences_of(person: Person) -> list[Licence]:
    given = select(Idea, Entry.note, Entry.at).join(Entry, (Entry.thing == "ideas") & (Entry.thing_id == Idea.id))
    given = given.where(Entry.actor_id == person.id, Entry.note == LICENCE, Idea.author_id == person.id)
    rows = db.session.execute(given.order_by(Entry.id.desc()).limit(MOST)).all()
    return [Licence(idea, licence, at) for idea, licence, at in rows]


def shown_seats(person: Person) -> list[tuple[Juror, datetime | None]]:
    """Where a juror agreed to stand on the public page, and since when."""
    seats = db.session.scalars(
        select(Juror).where(Juror.person_id == person.id, Juror.is_shown).options(joinedload(Juror.hackathon))
        .order_by(Juror.id)
    ).all()  # fmt: skip
    shown = select(Entry.thing_id, Entry.at).where(
        Entry.thing == "jurors", Entry.deed == "jury.profile_shown", Entry.thing_id.in_([seat.id for seat in seats])
    )
    since = {number: at for number, at in db.session.execute(shown.order_by(Entry.id))} if seats else {}
    return [(seat, since.get(seat.id)) for seat in seats]
